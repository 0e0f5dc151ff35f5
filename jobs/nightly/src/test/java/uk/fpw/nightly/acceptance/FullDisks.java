package uk.fpw.nightly.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import uk.fpw.nightly.spark.WarmSpark;

/**
 * Fills the disk of the warehouse at many moments of many nights: {@code full-disks.sh} next to the sources runs it, as
 * root, because the disk is a file system of its own. A night's messages, its exit code, {@code fpw status} and what
 * readers see must agree, and reading must work while the disk is full. With free space again, the same night must give
 * the warehouse of undisturbed nights.
 *
 * <p>The moment is some milliseconds after a line of the night's progress; both follow from {@code -Dfpw.disk.seed},
 * which is printed. {@code -Dfpw.disk.nights} is the number of nights.
 */
class FullDisks {

    private static final LocalDate FIRST = LocalDate.of(2025, 3, 1);
    private static final int MAX_MILLIS_AFTER_A_LINE = 700;
    private static final byte[] BLOCK = new byte[1 << 16];

    @TempDir
    private static Path folder;

    private Path disk = Path.of("");

    @BeforeEach
    void mount() throws Exception {
        disk = Files.createDirectories(folder.resolve("disk"));
        run("mount", "-t", "tmpfs", "-o", "size=256m", "fpw-full-disk", disk.toString());
    }

    @AfterEach
    void unmount() throws Exception {
        run("umount", "--lazy", disk.toString());
    }

    @Test
    void whatIsSaidIsWhatIs() throws IOException {
        long seed = Long.getLong("fpw.disk.seed", System.nanoTime());
        int nights = Integer.getInteger("fpw.disk.nights", 60);
        System.out.println("Moments from seed " + seed + " (-Dfpw.disk.seed=" + seed + " repeats them)");
        Installation fpw = Installation.in(folder);
        List<KilledRun.Night> undisturbed = KilledRun.undisturbed(
                fpw.here(), KilledRun.force(Files.createDirectories(folder.resolve("undisturbed"))), nights);
        TrialForce force = KilledRun.force(disk);
        Map<String, Integer> ends = new TreeMap<>();
        for (int night = 0; night < nights; night++) {
            LocalDate date = FIRST.plusDays(night);
            KilledRun.drop(force, date);
            List<String> lines =
                    new ArrayList<>(KilledRun.words(undisturbed.get(night).said()));
            // the lines of about a dozen tables appear at once
            lines.removeIf(line -> line.matches("metrics: (core|mart)[.].*"));
            Random random = new Random(seed + night);
            String line = lines.get(random.nextInt(lines.size()));
            int further = random.nextInt(MAX_MILLIS_AFTER_A_LINE);
            String before = force.currentRelease();
            String end = night(fpw, force, date, line, further, before);
            ends.merge(end, 1, Integer::sum);
            System.out.println(date + ": full " + further + " ms after '" + line + "': " + end);
            Files.delete(disk.resolve("filler"));
            KilledRun.succeed(fpw.here(), force, date);
            assertThat(KilledRun.all(force))
                    .as("seed " + seed + ", " + date + ", " + line)
                    .isEqualTo(undisturbed.get(night).content());
        }
        ends.forEach((end, count) -> System.out.println(count + " x " + end));
    }

    /** Runs a night whose disk fills up; returns how it ended. */
    private String night(
            Installation fpw, TrialForce force, LocalDate date, String line, int further, @Nullable String before)
            throws IOException {
        String path = force.folder().toString();
        Installation.Outcome outcome;
        try (Installation.Running night =
                fpw.start(WarmSpark.home(), "nightly", "--force", path, "--date", date.toString())) {
            while (night.isRunning() && !KilledRun.words(night.progress()).contains(line)) {
                KilledRun.pause(10);
            }
            KilledRun.pause(further);
            fill();
            outcome = night.await();
        }
        String what = line + ": " + outcome;
        assertThat(outcome.err()).as(what).doesNotContain("\tat ").doesNotContain("probably a bug");
        Installation.Outcome status = fpw.run("status", "--force", path);
        if (before != null) {
            if (status.exitCode() != 0) {
                // the embedded database needs a file to serve other processes
                assertThat(status.err()).as(what).startsWith("fpw: a disk is full: ");
            }
            assertThat(fpw.query(force.folder(), "select count(*) as n from mart.queue_daily"))
                    .as(what)
                    .hasSize(1);
        }
        Files.write(disk.resolve("filler"), new byte[0]);
        String shown = fpw.run("status", "--force", path).out();
        boolean isReleased = shown.contains("Release: " + date + ".");
        assertThat(shown).as(what).contains("Running: none");
        int code = outcome.exitCode();
        assertThat(code).as(what).isIn(0, 4, 8, 9);
        if (code == 4) {
            assertThat(outcome.err()).as(what).contains("a disk is full");
            String told = outcome.err().contains("no release was created")
                    ? "no release"
                    : outcome.err().contains("is not known") ? "not known" : "else";
            assertThat(told).as(what).isNotEqualTo("else");
            if (told.equals("no release")) {
                assertThat(isReleased).as(what + shown).isFalse();
            }
            return "exit code 4, " + told;
        }
        assertThat(isReleased).as(what + shown).isTrue();
        assertThat(outcome.out() + outcome.err()).as(what).doesNotContain("no release was created");
        return "exit code " + code + ", released";
    }

    private void fill() throws IOException {
        try (OutputStream out = Files.newOutputStream(
                disk.resolve("filler"), StandardOpenOption.CREATE, StandardOpenOption.TRUNCATE_EXISTING)) {
            while (true) {
                out.write(BLOCK);
            }
        } catch (IOException full) {
            assertThat(full).hasMessageContaining("No space left");
        }
    }

    private static void run(String... command) throws IOException, InterruptedException {
        Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
        String said =
                new String(Objects.requireNonNull(process.getInputStream()).readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(said).isZero();
    }
}
