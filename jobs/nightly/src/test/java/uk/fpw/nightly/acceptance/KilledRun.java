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
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import uk.fpw.nightly.run.MigratedWarehouse;
import uk.fpw.nightly.spark.WarmSpark;

/**
 * Killing any process of a night at any moment and running the night again gives the warehouse of nights that were
 * never disturbed: release, tables, {@code raw}, {@code current} and {@code ops}.
 *
 * <p>Nights follow each other in two warehouses. In one of them each is killed before it is let through, in one phase
 * after the other: every class kills in some of them. The moment is some milliseconds after a line of the night's
 * progress; both come from {@code -Dfpw.kill.seed}, which is printed. A night that was over before the kill is killed
 * again. The undisturbed nights are made once for all classes. {@code -Dfpw.kill.nights} says how many nights are
 * killed, in all phases; {@code killed-nights.sh} beside the sources kills thirty.
 */
abstract class KilledRun {

    private static final LocalDate FIRST = LocalDate.of(2025, 3, 1);
    private static final Duration ORPHAN_ENDS_WITHIN = Duration.ofSeconds(30);
    private static final int MAX_ATTEMPTS = 8;

    /** No class kills more. */
    private static final int KEPT_NIGHTS = 2;

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
    enum Phase {
        /** In the first night only: in others the audit is repeated without comparing releases, and passes. */
        AUDIT_COUNTS(AUDIT, 500),
        PUBLISHED(APPLICATION, 1500),
        SPARK_COMPUTES(SPARK, 3000),
        LOADED(APPLICATION, 3000),
        APPLICATION_WAITS_FOR_SPARK(APPLICATION, 3000),
        APPLICATION_WAITS_FOR_AUDIT(APPLICATION, 1000),
        TWO_FEEDS_ARE_LOADED(APPLICATION, 400);

        /** After the computation: which Spark process made the candidate makes no difference any more. */
        private static final Set<Phase> WITHOUT_SPARK =
                EnumSet.of(PUBLISHED, APPLICATION_WAITS_FOR_AUDIT, AUDIT_COUNTS);

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
                case SPARK_COMPUTES, APPLICATION_WAITS_FOR_SPARK -> beforeTables(progress, computing);
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
    static TrialForce force(Path under) {
        return TrialForce.in(under).withTwoSources();
    }

    /**
     * The same, whose nights are killed. It has its tables before the first, but where that is killed while it loads or
     * makes them.
     */
    TrialForce disturbed(Path under) {
        TrialForce force = force(under);
        if (phases().get(0) != Phase.LOADED) {
            MigratedWarehouse.in(force.warehouse());
        }
        return force;
    }

    /** In which phases nights are killed, a night each. */
    abstract List<Phase> phases();

    /** What a night has said of its progress, and all that the warehouse then holds. */
    record Night(List<String> said, List<String> content) {}

    @Test
    void aNightThatWasKilledAndRunAgainGivesTheSameWarehouse() throws IOException {
        long seed = Long.getLong("fpw.kill.seed", System.nanoTime());
        int nights = Integer.getInteger("fpw.kill.nights", 0);
        List<Phase> phases = nights == 0 ? phases() : List.of(Phase.values());
        System.out.println("Kill moments from seed " + seed + " (-Dfpw.kill.seed=" + seed + " repeats them)");
        Installation fpw = Installation.in(folder);
        List<Night> undisturbed = nights == 0
                ? keptNights()
                : undisturbed(fpw.here(), force(Files.createDirectories(folder.resolve("undisturbed"))), nights);
        TrialForce disturbed = disturbed(Files.createDirectories(folder.resolve("disturbed")));
        for (int night = 0; night < (nights == 0 ? phases.size() : nights); night++) {
            LocalDate date = FIRST.plusDays(night);
            Random random = new Random(seed + night);
            Phase planned = phases.get(night % phases.size());
            Phase phase = planned == Phase.AUDIT_COUNTS && night > 0 ? Phase.APPLICATION_WAITS_FOR_AUDIT : planned;
            drop(disturbed, date);
            List<String> said = undisturbed.get(night).said();
            List<String> progress = words(said);
            String before = disturbed.currentRelease();
            String killed = null;
            for (int attempt = 0; killed == null; attempt++) {
                assertThat(attempt)
                        .as("kills that hit no process that lived: " + phase)
                        .isLessThan(MAX_ATTEMPTS);
                if (attempt > 0 && night == 0) {
                    // one that is over is released, and what runs after a release compares itself with it
                    disturbed = disturbed(Files.createDirectories(folder.resolve("disturbed-" + attempt)));
                    drop(disturbed, date);
                }
                killed = kill(fpw, disturbed, date, phase, phase.lines(said), random, attempt);
            }
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
            assertThat(all(disturbed)).as(as).isEqualTo(undisturbed.get(night).content());
        }
    }

    private static List<Night> keptNights() throws IOException {
        Path kept = KeptNights.folder("undisturbed", made -> {
            List<Night> nights = undisturbed(Installation.here(made), force(made), KEPT_NIGHTS);
            for (int night = 0; night < nights.size(); night++) {
                Files.write(made.resolve(night + "-said.txt"), nights.get(night).said());
                Files.write(
                        made.resolve(night + "-content.txt"), nights.get(night).content());
            }
        });
        List<Night> nights = new ArrayList<>();
        for (int night = 0; night < KEPT_NIGHTS; night++) {
            nights.add(new Night(
                    Files.readAllLines(kept.resolve(night + "-said.txt")),
                    Files.readAllLines(kept.resolve(night + "-content.txt"))));
        }
        return nights;
    }

    static List<Night> undisturbed(Installation fpw, TrialForce force, int count) throws IOException {
        List<Night> nights = new ArrayList<>();
        for (int night = 0; night < count; night++) {
            LocalDate date = FIRST.plusDays(night);
            drop(force, date);
            List<String> said = Installation.progress(succeed(fpw, force, date).out());
            nights.add(new Night(said, all(force)));
        }
        return nights;
    }

    /** The current release, and every row. */
    static List<String> all(TrialForce force) throws IOException {
        return Stream.concat(content(force).stream(), WarehouseContent.of(force).stream())
                .flatMap(String::lines)
                .toList();
    }

    /** Sound files but for one row that is refused. */
    static void drop(TrialForce force, LocalDate date) {
        force.drop(date);
        List<String> devices = new ArrayList<>(TrialForce.devices(date));
        devices.add("D9999,S001,2025-02-30,,phone,");
        force.writeDevices(date, devices);
    }

    static Installation.Outcome succeed(Installation fpw, TrialForce force, LocalDate date) {
        return fpw.succeed("nightly", "--force", force.folder().toString(), "--date", date.toString());
    }

    /**
     * Starts the night and kills one of its processes while it runs; returns in words what was killed and when, or null
     * if the night was over.
     */
    private static @Nullable String kill(
            Installation fpw,
            TrialForce force,
            LocalDate date,
            Phase phase,
            List<String> lines,
            Random random,
            int attempt) {
        String line = lines.get(random.nextInt(lines.size()));
        int further = random.nextInt(phase.maxMillisAfterALine) / (attempt + 1);
        String killed = kill(fpw, force, date, phase, line, further);
        if (killed == null) {
            System.out.println(date + ": the night was over " + further + " ms after '" + line + "'; killed again");
        }
        return killed;
    }

    private static @Nullable String kill(
            Installation fpw, TrialForce force, LocalDate date, Phase phase, String line, int further) {
        boolean isApplication = phase.killed.equals(APPLICATION);
        Path sparkHome = Phase.WITHOUT_SPARK.contains(phase) ? WarmSpark.home() : null;
        try (Installation.Running night =
                fpw.start(sparkHome, "nightly", "--force", force.folder().toString(), "--date", date.toString())) {
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
     * The lines of progress from that place on until Spark names the first table: it names three dozen at once when it
     * is
     * about to end, and a kill after most of these would come too late, and the whole night be run for nothing.
     */
    private static List<String> beforeTables(List<String> progress, int from) {
        return progress.stream()
                .skip(from)
                .takeWhile(line -> !line.matches("metrics: (core|mart)[.].*"))
                .toList();
    }

    /** Lines of progress without time, figures and what comes after them. */
    static List<String> words(List<String> progress) {
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
    static List<String> content(TrialForce force) throws IOException {
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

    static void pause(long millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(interrupted);
        }
    }
}
