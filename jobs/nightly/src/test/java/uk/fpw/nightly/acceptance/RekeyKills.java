package uk.fpw.nightly.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Kills {@code fpw rekey} at random moments, half of them near the switch to the new keys, and runs it again, which
 * must give the warehouse of an undisturbed rekey. In between readers see the released figures, and other writing
 * commands either work or stop with exit code 2. Each kill starts from the same, restored warehouse.
 */
final class RekeyKills {

    private static final int KILLED = 137;

    /** When the application begins to work. */
    private static final int MIN_MILLIS = 800;

    private static final int MAX_MILLIS = 6_000;
    private static final int MAX_MILLIS_AFTER_THE_LAST_RELEASE = 1_500;
    private static final String FIGURES = "select * exclude (release_id) from mart.queue_monthly order by all";

    private final Installation fpw;
    private final RekeyForce force;
    private final Path pristine;
    private final List<JsonNode> figures;
    private final List<String> expected;
    private int afterTheSwitch;

    /**
     * Two nights of a warehouse with long keys, and the same warehouse with short ones.
     *
     * @param folder in which they are
     */
    RekeyKills(Path folder) throws Exception {
        fpw = Installation.in(folder);
        force = RekeyForce.afterTwoNights(RekeyForce.Keys.HEX, fpw.here(), folder.resolve("killed"));
        figures = fpw.here().query(force.trial().folder(), FIGURES);
        pristine = folder.resolve("pristine");
        copy(force.trial().warehouse(), pristine);
        fpw.here().succeed("rekey", "--force", force.path(), "--confirm");
        expected = force.content();
    }

    void kill(int times, long seed) throws IOException {
        for (int index = 0; index < times; index++) {
            putBack();
            Random random = new Random(seed + index);
            String killed = null;
            for (int attempt = 1; killed == null; attempt++) {
                killed = killed(random, index % 2 == 1, attempt);
                if (killed == null) {
                    putBack();
                }
            }
            System.out.println(index + ": " + killed);
            assertThat(fpw.here().query(force.trial().folder(), FIGURES))
                    .as(killed)
                    .isEqualTo(figures);
            Installation.Outcome other = fpw.here().run("unpin", "no-such-name", "--force", force.path());
            assertThat(other.exitCode()).as(killed + other).isEqualTo(2);
            afterTheSwitch += other.err().contains("was interrupted. Nothing was written. Run 'fpw rekey'") ? 1 : 0;
            fpw.here().succeed("rekey", "--force", force.path(), "--confirm");
            assertThat(force.content()).as(killed).isEqualTo(expected);
            assertThat(fpw.here().query(force.trial().folder(), FIGURES))
                    .as(killed)
                    .isEqualTo(figures);
        }
        fpw.here().succeed("verify", "--files", "--force", force.path());
        System.out.println(times + " kills, of which " + afterTheSwitch + " between the switch and the end");
    }

    /** What was killed, in words; null if it was over before. */
    private @Nullable String killed(Random random, boolean isNearTheSwitch, int attempt) {
        int millis = isNearTheSwitch
                ? random.nextInt(MAX_MILLIS_AFTER_THE_LAST_RELEASE) / attempt
                : MIN_MILLIS + random.nextInt(MAX_MILLIS) / attempt;
        try (Installation.Running running = fpw.start(null, "rekey", "--force", force.path(), "--confirm")) {
            while (isNearTheSwitch
                    && running.isRunning()
                    && running.said()
                                    .lines()
                                    .filter(line -> line.startsWith("release "))
                                    .count()
                            < 2) {
                KilledRun.pause(5);
            }
            KilledRun.pause(millis);
            running.handle().destroyForcibly();
            int code = running.await().exitCode();
            return code == KILLED
                    ? "killed " + millis + " ms after " + (isNearTheSwitch ? "the last release" : "the start")
                    : null;
        }
    }

    private void putBack() throws IOException {
        delete(force.trial().warehouse());
        copy(pristine, force.trial().warehouse());
        fpw.here().succeed("trust", "--force", force.path());
    }

    static void delete(Path folder) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    static void copy(Path from, Path to) throws IOException {
        try (Stream<Path> files = Files.walk(from)) {
            files.forEach(file -> {
                try {
                    Files.copy(
                            file,
                            to.resolve(from.relativize(file).toString()),
                            StandardCopyOption.COPY_ATTRIBUTES,
                            LinkOption.NOFOLLOW_LINKS);
                } catch (IOException failed) {
                    throw new UncheckedIOException(failed);
                }
            });
        }
    }
}
