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
import uk.fpw.nightly.run.MigratedWarehouse;
import uk.fpw.nightly.spark.WarmSpark;

/**
 * Killing any process of a night at any moment and running the night again gives the warehouse of undisturbed nights:
 * release, tables, {@code raw}, {@code current} and {@code ops}.
 *
 * <p>Nights follow each other in two warehouses. In one of them each is killed before it may finish, in one phase after
 * the other; each class kills in some of them. The moment is some milliseconds after a line of the night's progress;
 * both follow from {@code -Dfpw.kill.seed}, which is printed. A night that was over before the kill is killed again.
 * Undisturbed nights are made once for all classes that kill as many. {@link KilledNights} kills in all phases.
 */
abstract class KilledRun {

    static final LocalDate FIRST = LocalDate.of(2025, 3, 1);

    private static final Duration ORPHAN_ENDS_WITHIN = Duration.ofSeconds(30);
    private static final int MAX_ATTEMPTS = 8;

    @TempDir
    private static Path folder;

    /** A force whose warehouse is in that folder. */
    static TrialForce force(Path under) {
        return TrialForce.in(under).withTwoSources();
    }

    /**
     * The same, whose nights are killed. It has its tables before the first night, unless that is killed while it loads
     * or creates them.
     */
    TrialForce disturbed(Path under) {
        TrialForce force = force(under);
        if (phases().get(0) != KillPhase.LOADED) {
            MigratedWarehouse.in(force.warehouse());
        }
        return force;
    }

    /** The phases in which nights are killed, one night each. */
    abstract List<KillPhase> phases();

    /** The progress of a night, and everything that the warehouse then contains. */
    record Night(List<String> said, List<String> content) {

        void write(Path folder, int night) throws IOException {
            Files.write(folder.resolve(night + "-said.txt"), said);
            Files.write(folder.resolve(night + "-content.txt"), content);
        }

        static Night read(Path folder, int night) throws IOException {
            return new Night(
                    Files.readAllLines(folder.resolve(night + "-said.txt")),
                    Files.readAllLines(folder.resolve(night + "-content.txt")));
        }
    }

    @Test
    void aNightThatWasKilledAndRunAgainGivesTheSameWarehouse() throws IOException {
        long seed = seed();
        Installation fpw = Installation.in(folder);
        List<Night> undisturbed = keptNights(phases().size());
        TrialForce disturbed = disturbed(Files.createDirectories(folder.resolve("disturbed")));
        for (int night = 0; night < phases().size(); night++) {
            LocalDate date = FIRST.plusDays(night);
            drop(disturbed, date);
            Kill kill = new Kill(date, phases().get(night), undisturbed.get(night), seed + night);
            disturbed = killed(fpw, disturbed, kill, attempt -> {
                TrialForce another = disturbed(Files.createDirectories(folder.resolve("disturbed-" + attempt)));
                drop(another, date);
                return another;
            });
        }
    }

    static long seed() {
        long seed = Long.getLong("fpw.kill.seed", System.nanoTime());
        System.out.println("Kill moments from seed " + seed + " (-Dfpw.kill.seed=" + seed + " repeats them)");
        return seed;
    }

    /** Makes the force again. */
    @FunctionalInterface
    interface Anew {
        TrialForce force(int attempt) throws IOException;
    }

    /**
     * The night to kill.
     *
     * @param undisturbed the same night without a kill
     * @param seed selects the moment
     */
    record Kill(LocalDate date, KillPhase phase, Night undisturbed, long seed) {}

    /**
     * Kills the night of a date in a phase, and runs it again, which must give the undisturbed one. If the first night
     * was over before the kill, it is killed in another warehouse, because a run after a release compares itself with
     * it.
     *
     * @return the force of the killed night
     */
    static TrialForce killed(Installation fpw, TrialForce force, Kill kill, Anew anew) throws IOException {
        LocalDate date = kill.date();
        KillPhase phase = kill.phase();
        Night undisturbed = kill.undisturbed();
        Random random = new Random(kill.seed());
        TrialForce disturbed = force;
        List<String> progress = words(undisturbed.said());
        String before = disturbed.currentRelease();
        String killed = null;
        for (int attempt = 0; killed == null; attempt++) {
            assertThat(attempt)
                    .as("kills that hit no process that lived: " + phase)
                    .isLessThan(MAX_ATTEMPTS);
            if (attempt > 0 && date.equals(FIRST)) {
                disturbed = anew.force(attempt);
            }
            List<String> lines = phase.lines(undisturbed.said());
            String line = lines.get(random.nextInt(lines.size()));
            int further = random.nextInt(phase.maxMillisAfterALine()) / (attempt + 1);
            killed = kill(fpw, disturbed, date, phase, line, further);
            if (killed == null) {
                System.out.println(date + ": the night was over " + further + " ms after '" + line + "'; killed again");
            }
        }
        System.out.println(date + ": " + killed + "; release then " + disturbed.currentRelease());
        readersSeeOneRelease(fpw.here(), disturbed, before, date);
        List<String> again =
                words(Installation.progress(succeed(fpw.here(), disturbed, date).out()));
        String as = "seed of the night " + kill.seed() + ", " + killed;
        if (phase == KillPhase.APPLICATION_WAITS_FOR_SPARK || phase == KillPhase.APPLICATION_WAITS_FOR_AUDIT) {
            assertThat(again).as(as).noneMatch(line -> line.startsWith(KillPhase.LOADING));
            assertThat(again.stream().filter(line -> line.startsWith("feed ")).count())
                    .as(as)
                    .isEqualTo(progress.stream()
                            .filter(line -> line.startsWith(KillPhase.LOADING))
                            .count());
        }
        assertThat(all(disturbed)).as(as).isEqualTo(undisturbed.content());
        return disturbed;
    }

    private static List<Night> keptNights(int count) throws IOException {
        Path kept = KeptNights.folder("undisturbed-" + count, made -> {
            List<Night> nights = undisturbed(Installation.here(made), force(made), count);
            for (int night = 0; night < nights.size(); night++) {
                nights.get(night).write(made, night);
            }
        });
        List<Night> nights = new ArrayList<>();
        for (int night = 0; night < count; night++) {
            nights.add(Night.read(kept, night));
        }
        return nights;
    }

    static List<Night> undisturbed(Installation fpw, TrialForce force, int count) throws IOException {
        List<Night> nights = new ArrayList<>();
        for (int night = 0; night < count; night++) {
            LocalDate date = FIRST.plusDays(night);
            drop(force, date);
            nights.add(undisturbed(fpw, force, date));
        }
        return nights;
    }

    static Night undisturbed(Installation fpw, TrialForce force, LocalDate date) throws IOException {
        List<String> said = Installation.progress(succeed(fpw, force, date).out());
        return new Night(said, all(force));
    }

    /** The current release, and every row. */
    static List<String> all(TrialForce force) throws IOException {
        return Stream.concat(content(force).stream(), WarehouseContent.of(force).stream())
                .flatMap(String::lines)
                .toList();
    }

    /** Valid files except for one row that is refused. */
    static void drop(TrialForce force, LocalDate date) {
        force.drop(date);
        force.writeDevices(date, devices(date));
    }

    static List<String> devices(LocalDate date) {
        List<String> devices = TrialForce.devices(date);
        devices.add("D9999,S001,2025-02-30,,phone,");
        return devices;
    }

    static Installation.Outcome succeed(Installation fpw, TrialForce force, LocalDate date) {
        return fpw.succeed("nightly", "--force", force.folder().toString(), "--date", date.toString());
    }

    /**
     * Starts the night and kills one of its processes while it runs; returns in words what was killed and when, or null
     * if the night was over.
     *
     * @param further milliseconds after that line of progress
     */
    private static @Nullable String kill(
            Installation fpw, TrialForce force, LocalDate date, KillPhase phase, String line, int further) {
        boolean isApplication = phase.isOfTheApplication();
        Path sparkHome = phase.isWithoutSpark() ? WarmSpark.home() : null;
        try (Installation.Running night =
                fpw.start(sparkHome, "nightly", "--force", force.folder().toString(), "--date", date.toString())) {
            while (night.isRunning()
                    && ((!line.isEmpty() && !words(night.progress()).contains(line))
                            || (!isApplication && child(night, phase.program()).isEmpty()))) {
                pause(20);
            }
            pause(further);
            ProcessHandle victim = isApplication
                    ? night.handle()
                    : child(night, phase.program()).orElse(null);
            List<ProcessHandle> children = night.handle().descendants().toList();
            boolean wasAlive = victim != null && victim.isAlive() && victim.destroyForcibly();
            Installation.Outcome outcome = night.await();
            String what = (isApplication ? "the application" : phase.program()) + " killed " + further + " ms after '"
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
            // 137: killed; a night that ends normally was over, even if its process was still seen
            boolean hit = wasAlive && (isApplication ? outcome.exitCode() == 137 : outcome.exitCode() != 0);
            return hit ? what : null;
        }
    }

    /** Progress lines without times and figures. */
    static List<String> words(List<String> progress) {
        return progress.stream()
                .map(line -> line.strip()
                        .substring(8)
                        .strip()
                        .replaceFirst("\\d.*", "")
                        .strip())
                .toList();
    }

    private static Optional<ProcessHandle> child(Installation.Running night, String program) {
        return night.handle()
                .descendants()
                .filter(child -> child.info().commandLine().orElse("").contains(program))
                .findFirst();
    }

    /** Readers see the old release or the new one, completely. */
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
