package uk.fpw.nightly.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Killing either process at any moment and running the night again gives the tables of a night that was never disturbed.
 *
 * <p>A night is run undisturbed in one warehouse. In another it is killed at random moments, the application and the Spark process in turn, before it is let through. A moment is a line of
 * the night's progress and up to some seconds more, so that a busy machine does not move it to after the end. The moments come from {@code -Dfpw.kill.seed}, which is printed; {@code -Dfpw.kill.nights} says how many nights follow each other and {@code -Dfpw.kills} how often each is killed. {@code killed-nights.sh}
 * beside the sources kills ten times.
 */
class KilledNightIT {

    private static final LocalDate FIRST = LocalDate.of(2025, 3, 1);
    private static final Duration ORPHAN_ENDS_WITHIN = Duration.ofSeconds(30);
    private static final int MOST_MILLIS_AFTER_A_LINE = 5000;
    private static final int MOST_MILLIS_WHILE_PUBLISHING = 1500;

    @TempDir
    private static Path folder;

    /** A force whose warehouse lies in that folder. */
    TrialForce force(Path under) {
        return TrialForce.in(under);
    }

    @Test
    void aNightThatWasKilledAndRunAgainGivesTheSameTables() throws IOException {
        long seed = Long.getLong("fpw.kill.seed", System.nanoTime());
        int kills = Integer.getInteger("fpw.kills", 2);
        int nights = Integer.getInteger("fpw.kill.nights", 1);
        System.out.println("Kill moments from seed " + seed + " (-Dfpw.kill.seed=" + seed + " repeats them)");
        Random random = new Random(seed);
        Installation fpw = Installation.in(folder);
        TrialForce undisturbed = force(Files.createDirectories(folder.resolve("undisturbed")));
        TrialForce disturbed = force(Files.createDirectories(folder.resolve("disturbed")));
        boolean sparkIsNext = false;
        for (int night = 0; night < nights; night++) {
            LocalDate date = FIRST.plusDays(night);
            undisturbed.drop(date);
            disturbed.drop(date);
            List<String> progress =
                    Installation.progress(succeed(fpw, undisturbed, date).out());
            for (int kill = 0; kill < kills; kill++) {
                String before = disturbed.currentRelease();
                String killed = kill(fpw, disturbed, date, progress, sparkIsNext, random);
                System.out.println(date + ": " + killed + "; release then " + disturbed.currentRelease());
                sparkIsNext = !sparkIsNext;
                readersSeeOneRelease(fpw, disturbed, before, date);
            }
            succeed(fpw, disturbed, date);
            assertThat(content(disturbed)).as("seed " + seed).isEqualTo(content(undisturbed));
            assertThat(loads(fpw, disturbed)).as("seed " + seed).isEqualTo(loads(fpw, undisturbed));
        }
    }

    private static Installation.Outcome succeed(Installation fpw, TrialForce force, LocalDate date) {
        return fpw.succeed("nightly", "--force", force.folder().toString(), "--date", date.toString());
    }

    /** Starts the night and kills one of its processes; returns in words what was killed and when. */
    private static String kill(
            Installation fpw, TrialForce force, LocalDate date, List<String> progress, boolean spark, Random random) {
        int sparkStarts = indexOf(progress, "in the Spark process");
        int auditing = indexOf(progress, "auditing");
        // every third kill of the application falls into the seconds in which the release is published
        int line = spark
                ? sparkStarts + random.nextInt(auditing - sparkStarts)
                : random.nextInt(3) == 0 ? auditing : random.nextInt(auditing);
        int further = random.nextInt(line == auditing ? MOST_MILLIS_WHILE_PUBLISHING : MOST_MILLIS_AFTER_A_LINE);
        try (Installation.Running night =
                fpw.start("nightly", "--force", force.folder().toString(), "--date", date.toString())) {
            while (night.isRunning()
                    && (night.progress().size() <= line
                            || (spark && sparkProcess(night).isEmpty()))) {
                pause(50);
            }
            pause(further);
            List<ProcessHandle> children = new ArrayList<>();
            ProcessHandle victim = spark ? sparkProcess(night).orElse(night.handle()) : night.handle();
            night.handle().descendants().forEach(children::add);
            boolean wasAlive = victim.destroyForcibly();
            String what = (spark ? "Spark" : "the application") + " killed " + further + " ms after '"
                    + progress.get(line).strip().substring(10) + "'" + (wasAlive ? "" : " (it had ended before)");
            Installation.Outcome outcome = night.await();
            if (spark && wasAlive && outcome.exitCode() != 0) {
                assertThat(outcome.err()).as(what).doesNotContain("\tat ");
            }
            long patience = System.nanoTime() + ORPHAN_ENDS_WITHIN.toNanos();
            while (children.stream().anyMatch(ProcessHandle::isAlive) && System.nanoTime() < patience) {
                pause(100);
            }
            assertThat(children.stream().filter(ProcessHandle::isAlive).map(ProcessHandle::pid))
                    .as("processes that outlive their parent; " + what)
                    .isEmpty();
            return what + ", exit code " + outcome.exitCode();
        }
    }

    private static int indexOf(List<String> progress, String words) {
        for (int line = 0; line < progress.size(); line++) {
            if (progress.get(line).contains(words)) {
                return line;
            }
        }
        throw new AssertionError("the night's progress does not say '" + words + "': " + progress);
    }

    private static Optional<ProcessHandle> sparkProcess(Installation.Running night) {
        return night.handle()
                .descendants()
                .filter(child -> child.info().commandLine().orElse("").contains("uk.fpw.metrics"))
                .findFirst();
    }

    /** Readers see the old release or the new one, whole. */
    private static void readersSeeOneRelease(
            Installation fpw, TrialForce force, @Nullable String before, LocalDate date) {
        String now = force.currentRelease();
        if (now == null) {
            return;
        }
        assertThat(now.equals(before) || now.startsWith(date + "."))
                .as("release " + now + " after " + before)
                .isTrue();
        assertThat(fpw.query(force.folder(), "select distinct release_id from mart.queue_daily")
                        .toString())
                .isEqualTo("[{\"release_id\":\"" + now + "\"}]");
    }

    /** Digest of the release that stands, and name, rows and digest of each of its tables. */
    private static List<String> content(TrialForce force) throws IOException {
        JsonNode release = new ObjectMapper()
                .readTree(force.warehouse()
                        .resolve("releases/" + force.currentRelease() + "/release.json")
                        .toFile());
        List<String> content = new ArrayList<>();
        content.add(release.get("business_date").asText() + " "
                + release.get("digest").asText());
        release.get("tables")
                .forEach(table -> content.add(table.get("name").asText() + " "
                        + table.get("row_count").asText() + " "
                        + table.get("digest").asText()));
        return content;
    }

    /** What the excluded and used rows were: counted by readers, not by the night itself. */
    private static String loads(Installation fpw, TrialForce force) {
        return fpw.query(force.folder(), """
                        select (select count(*) from core.event) as events, (select count(*) from core.spell) as spells,
                            (select count(*) from core.exclusion) as excluded, (select sum(waiting_count) from mart.queue_daily) as waiting
                        """).toString();
    }

    private static void pause(long millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
    }
}
