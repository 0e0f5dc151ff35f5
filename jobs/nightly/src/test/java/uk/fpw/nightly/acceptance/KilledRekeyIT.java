package uk.fpw.nightly.acceptance;

import java.nio.file.Path;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** As {@link RekeyKills}, which kills more often when run by hand: {@code killed-rekeys.sh}. */
@Tag("thorough")
class KilledRekeyIT {

    @TempDir
    private static Path folder;

    @Test
    void killedAndRunAgainItGivesTheSameWarehouse() throws Exception {
        new RekeyKills(folder.toRealPath()).kill(Integer.getInteger("fpw.kill.rekeys", 4), KilledRun.seed());
    }
}
