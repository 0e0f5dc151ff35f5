package uk.fpw.nightly.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Kills {@code fpw erase} at random moments, half of them near the switch, and runs it again: nothing of the person is
 * left then. In between readers see the released figures, and other commands that write either work or stop.
 */
@Tag("thorough")
class KilledErasureIT {

    private static final int TIMES = Integer.getInteger("fpw.kill.erasures", 10);
    private static final int KILLED = 137;
    private static final int MIN_MILLIS = 800;
    private static final int MAX_MILLIS = 6_000;
    private static final int MAX_MILLIS_AFTER_THE_LAST_RELEASE = 1_500;
    private static final String FIGURES = "select * from mart.queue_monthly order by all";

    @TempDir
    private static Path folder;

    @Test
    void killedAndRunAgainItLeavesNothing() throws Exception {
        Path real = folder.toRealPath();
        Path list = real.resolve("keys/erasures.json");
        Installation fpw = Installation.in(real).set("FPW_ERASURES_FILE", list.toString());
        ErasureForce force = ErasureForce.in(real.resolve("killed"), true);
        assertThat(force.night(fpw.here(), ErasureForce.FIRST).exitCode()).isZero();
        String values = force.values(real).toString();
        Path pristine = real.resolve("pristine");
        RekeyKills.copy(force.warehouse(), pristine);
        List<JsonNode> figures = fpw.here().query(Path.of(force.path()), FIGURES);
        Random random = new Random(KilledRun.seed());
        int afterTheSwitch = 0;
        for (int index = 0; index < TIMES; index++) {
            RekeyKills.delete(force.warehouse());
            RekeyKills.copy(pristine, force.warehouse());
            Files.deleteIfExists(list);
            fpw.here().succeed("trust", "--force", force.path());
            boolean wasKilled = isKilled(fpw, force, values, random, index % 2 == 1);
            String kill = "kill " + index + (wasKilled ? "" : ", too late");
            assertThat(fpw.here().query(Path.of(force.path()), FIGURES))
                    .as(kill)
                    .isEqualTo(figures);
            Installation.Outcome other = fpw.here().run("unpin", "no-such-name", "--force", force.path());
            assertThat(other.exitCode()).as(kill + other).isEqualTo(2);
            boolean isUnfinished = other.err().contains("was interrupted. Nothing was written. Run 'fpw erase");
            afterTheSwitch += isUnfinished ? 1 : 0;
            fpw.here().succeed("erase", "--finish", "--force", force.path());
            if (!ErasureIT.search(force).hits().isEmpty()) {
                assertThat(isUnfinished).as(kill).isFalse();
                // killed right before the switch, it is on the list already
                fpw.here()
                        .succeed(
                                Files.exists(list)
                                        ? new String[] {"erase", "--again", "--confirm", "--force", force.path()}
                                        : ErasureIT.erase(force, values));
            }
            assertThat(ErasureIT.search(force).hits()).as(kill).isEmpty();
            assertThat(fpw.here().query(Path.of(force.path()), FIGURES))
                    .as(kill)
                    .isEqualTo(figures);
        }
        fpw.here().succeed("verify", "--files", "--force", force.path());
        System.out.println(TIMES + " kills, of which " + afterTheSwitch + " between the switch and the end");
    }

    /** False if it was over before. */
    private static boolean isKilled(
            Installation fpw, ErasureForce force, String values, Random random, boolean isNearTheSwitch) {
        int millis = isNearTheSwitch
                ? random.nextInt(MAX_MILLIS_AFTER_THE_LAST_RELEASE)
                : MIN_MILLIS + random.nextInt(MAX_MILLIS);
        try (Installation.Running running = fpw.start(null, ErasureIT.erase(force, values))) {
            while (isNearTheSwitch
                    && running.isRunning()
                    && running.said().lines().noneMatch(line -> line.startsWith("release "))) {
                KilledRun.pause(5);
            }
            KilledRun.pause(millis);
            running.handle().destroyForcibly();
            return running.await().exitCode() == KILLED;
        }
    }
}
