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
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Killing any process of a night at any moment and running the night again gives the warehouse of nights that were
 * never disturbed: release, tables, {@code raw}, {@code current} and {@code ops}.
 *
 * <p>Nights follow each other in two warehouses. In one of them each is killed before it is let through: in the first
 * night while the release is published, in the next the Spark process while it computes, then the application while it
 * loads, while Spark computes, while the audit counts, then the audit itself, then the application while it loads two
 * feeds at once, and so on. The moment is some milliseconds after a line of the night's progress; both come from
 * {@code -Dfpw.kill.seed}, which is printed. A night that was over before the kill is killed again.
 * {@code -Dfpw.kill.nights} says how many nights are killed; {@code killed-nights.sh} beside the sources kills thirty.
 */
class KilledRunIT {

    private static final LocalDate FIRST = LocalDate.of(2025, 3, 1);
    private static final Duration ORPHAN_ENDS_WITHIN = Duration.ofSeconds(30);
    private static final int MAX_ATTEMPTS = 8;

    /** Of a night's progress, by the words with which its lines begin. */
    private static final String LOADING = "loading feed";

    private static final String COMPUTING = "computing";

    private static final String AUDITING = "auditing";

    private static final String PUBLISHING = "publishing";

    /** What is in the command line of a process of a night. */
    private static final String APPLICATION = "";

    private static final String SPARK = "uk.fpw.metrics";
    private static final String AUDIT = "uk.fpw.audit";

    /** What is killed, and between which lines of progress. */
    private enum Phase {
        PUBLISHED(APPLICATION, 1500),
        SPARK_COMPUTES(SPARK, 3000),
        LOADED(APPLICATION, 3000),
        APPLICATION_WAITS_FOR_SPARK(APPLICATION, 3000),
        APPLICATION_WAITS_FOR_AUDIT(APPLICATION, 1000),
        AUDIT_COUNTS(AUDIT, 500),
        TWO_FEEDS_ARE_LOADED(APPLICATION, 400);

        private final String killed;
        private final int maxMillisAfterALine;

        Phase(String killed, int maxMillisAfterALine) {
            this.killed = killed;
            this.maxMillisAfterALine = maxMillisAfterALine;
        }

        /** The lines of progress after one of which the kill comes; "" is the start. */
        List<String> lines(List<String> said) {
            List<String> progress = words(said);
            int computing = indexOf(progress, COMPUTING);
            int auditing = indexOf(progress, AUDITING);
            int publishing = indexOf(progress, PUBLISHING);
            return switch (this) {
                case LOADED ->
                    Stream.concat(Stream.of(""), progress.subList(0, computing).stream())
                            .toList();
                case SPARK_COMPUTES, APPLICATION_WAITS_FOR_SPARK -> beforePauses(said, computing, auditing);
                case APPLICATION_WAITS_FOR_AUDIT, AUDIT_COUNTS -> progress.subList(auditing, publishing);
                case PUBLISHED -> progress.subList(publishing, publishing + 1);
                case TWO_FEEDS_ARE_LOADED ->
                    progress.stream().filter(line -> line.startsWith(LOADING)).toList();
            };
        }
    }

    @TempDir
    private static Path folder;

    /** A force whose warehouse lies in that folder. */
    TrialForce force(Path under) {
        return TrialForce.in(under).withTwoSources();
    }

    /** Nights that are killed unless a run says otherwise. */
    int nights() {
        return 3;
    }

    /** Place of the phase in which the first of them is killed. */
    int firstPhase() {
        return 0;
    }

    @Test
    void aNightThatWasKilledAndRunAgainGivesTheSameWarehouse() throws IOException {
        long seed = Long.getLong("fpw.kill.seed", System.nanoTime());
        int nights = Integer.getInteger("fpw.kill.nights", nights());
        System.out.println("Kill moments from seed " + seed + " (-Dfpw.kill.seed=" + seed + " repeats them)");
        Installation fpw = Installation.in(folder);
        TrialForce undisturbed = force(Files.createDirectories(folder.resolve("undisturbed")));
        TrialForce disturbed = force(Files.createDirectories(folder.resolve("disturbed")));
        for (int night = 0; night < nights; night++) {
            LocalDate date = FIRST.plusDays(night);
            Random random = new Random(seed + night);
            Phase phase = Phase.values()[(firstPhase() + night) % Phase.values().length];
            drop(undisturbed, date);
            drop(disturbed, date);
            List<String> said =
                    Installation.progress(succeed(fpw.here(), undisturbed, date).out());
            List<String> progress = words(said);
            String before = disturbed.currentRelease();
            String killed = kill(fpw, disturbed, date, phase, phase.lines(said), random);
            System.out.println(date + ": " + killed + "; release then " + disturbed.currentRelease());
            readersSeeOneRelease(fpw.here(), disturbed, before, date);
            List<String> again = words(
                    Installation.progress(succeed(fpw.here(), disturbed, date).out()));
            String as = "seed " + seed + ", " + killed;
            if (phase == Phase.APPLICATION_WAITS_FOR_SPARK || phase == Phase.APPLICATION_WAITS_FOR_AUDIT) {
                assertThat(again).as(as).noneMatch(line -> line.startsWith(LOADING));
                assertThat(again.stream()
                                .filter(line -> line.startsWith("feed "))
                                .count())
                        .as(as)
                        .isEqualTo(progress.stream()
                                .filter(line -> line.startsWith(LOADING))
                                .count());
            }
            assertThat(content(disturbed)).as(as).isEqualTo(content(undisturbed));
            assertThat(WarehouseContent.of(disturbed)).as(as).isEqualTo(WarehouseContent.of(undisturbed));
        }
    }

    /** Sound files but for one row that is refused. */
    private static void drop(TrialForce force, LocalDate date) {
        force.drop(date);
        List<String> devices = new ArrayList<>(TrialForce.devices(date));
        devices.add("D9999,S001,2025-02-30,,phone,");
        force.writeDevices(date, devices);
    }

    private static Installation.Outcome succeed(Installation fpw, TrialForce force, LocalDate date) {
        return fpw.succeed("nightly", "--force", force.folder().toString(), "--date", date.toString());
    }

    /** Starts the night and kills one of its processes while it runs; returns in words what was killed and when. */
    private static String kill(
            Installation fpw, TrialForce force, LocalDate date, Phase phase, List<String> lines, Random random) {
        for (int attempt = 0; attempt < MAX_ATTEMPTS; attempt++) {
            String line = lines.get(random.nextInt(lines.size()));
            int further = random.nextInt(phase.maxMillisAfterALine) / (attempt + 1);
            String killed = kill(fpw, force, date, phase, line, further);
            if (killed != null) {
                return killed;
            }
            System.out.println(date + ": the night was over " + further + " ms after '" + line + "'; killed again");
        }
        throw new AssertionError("no kill hit a process that lived: " + phase);
    }

    private static @Nullable String kill(
            Installation fpw, TrialForce force, LocalDate date, Phase phase, String line, int further) {
        boolean isApplication = phase.killed.equals(APPLICATION);
        try (Installation.Running night =
                fpw.start("nightly", "--force", force.folder().toString(), "--date", date.toString())) {
            while (night.isRunning()
                    && ((!line.isEmpty() && !words(night.progress()).contains(line))
                            || (!isApplication && child(night, phase.killed).isEmpty()))) {
                pause(20);
            }
            pause(further);
            ProcessHandle victim =
                    isApplication ? night.handle() : child(night, phase.killed).orElse(null);
            List<ProcessHandle> children = night.handle().descendants().toList();
            boolean wasAlive = victim != null && victim.isAlive() && victim.destroyForcibly();
            Installation.Outcome outcome = night.await();
            String what = (isApplication ? "the application" : phase.killed) + " killed " + further + " ms after '"
                    + line + "', exit code " + outcome.exitCode();
            if (!isApplication && wasAlive) {
                assertThat(outcome.err()).as(what).doesNotContain("\tat ");
            }
            long deadline = System.nanoTime() + ORPHAN_ENDS_WITHIN.toNanos();
            while (children.stream().anyMatch(ProcessHandle::isAlive) && System.nanoTime() < deadline) {
                pause(100);
            }
            assertThat(children.stream().filter(ProcessHandle::isAlive).map(ProcessHandle::pid))
                    .as("processes that outlive their parent; " + what)
                    .isEmpty();
            // 137: killed; a night that ends well was over, whatever was still seen of its process
            boolean hit = wasAlive && (isApplication ? outcome.exitCode() == 137 : outcome.exitCode() != 0);
            return hit ? what : null;
        }
    }

    /**
     * Of some lines of progress those after which a second or more begins before the next one. Spark names three
     * dozen tables at once when it is about to end: a kill after most of the lines would come too late, and the whole
     * night be run for nothing.
     */
    private static List<String> beforePauses(List<String> said, int from, int to) {
        List<String> found = new ArrayList<>();
        for (int line = from; line < to - 1; line++) {
            if (!time(said.get(line)).equals(time(said.get(line + 1)))) {
                found.add(words(said).get(line));
            }
        }
        return found.isEmpty() ? List.of(words(said).get(from)) : found;
    }

    private static String time(String line) {
        return line.strip().substring(0, 8);
    }

    /** Lines of progress without time, figures and what comes after them. */
    private static List<String> words(List<String> progress) {
        return progress.stream()
                .map(line -> line.strip()
                        .substring(8)
                        .strip()
                        .replaceFirst("\\d.*", "")
                        .strip())
                .toList();
    }

    private static int indexOf(List<String> progress, String words) {
        for (int line = 0; line < progress.size(); line++) {
            if (progress.get(line).startsWith(words)) {
                return line;
            }
        }
        throw new AssertionError("the night's progress does not say '" + words + "': " + progress);
    }

    private static Optional<ProcessHandle> child(Installation.Running night, String program) {
        return night.handle()
                .descendants()
                .filter(child -> child.info().commandLine().orElse("").contains(program))
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

    /** Digest of the current release, and name, rows and digest of each of its tables. */
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

    private static void pause(long millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
    }
}
