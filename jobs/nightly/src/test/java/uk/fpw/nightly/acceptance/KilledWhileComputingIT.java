package uk.fpw.nightly.acceptance;

import java.util.List;
import org.junit.jupiter.api.Tag;

/** The Spark process is killed while it computes, and the application that waits for it. */
@Tag("thorough")
class KilledWhileComputingIT extends KilledRun {

    @Override
    List<KillPhase> phases() {
        return List.of(KillPhase.SPARK_COMPUTES, KillPhase.APPLICATION_WAITS_FOR_SPARK);
    }
}
