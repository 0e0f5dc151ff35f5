package uk.fpw.nightly.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import uk.fpw.nightly.acceptance.KilledRun.Night;

/**
 * Kills many nights, each of their processes in all its phases and every ninth night while it rewrites the current
 * rows, and between them {@code fpw relocate} and {@code fpw pin}. After each kill the same command must give the
 * warehouse of undisturbed nights. {@code killed-nights.sh} next to the sources runs it.
 *
 * <p>{@code -Dfpw.kill.nights} is the number of nights, and {@code -Dfpw.kill.seed} selects the moments; with
 * {@code -Dfpw.kill.folder} the next call continues where the previous one stopped after {@code -Dfpw.kill.minutes}.
 */
class KilledNights {

    private static final int MAX_ATTEMPTS = 8;

    /** Exit code of a process ended by SIGKILL. */
    private static final int KILLED = 137;

    /** A command takes some seconds; do not kill it while its JVM starts. */
    private static final int MIN_MILLIS = 500;

    private static final int MAX_MILLIS = 2500;

    /** Rewriting the current rows of 200 devices takes about this long. */
    private static final int MAX_MILLIS_REWRITING = 150;

    /** By then the export of a release has been deleted, and pinning it writes the export again. */
    private static final int NIGHTS_BEFORE = 4;

    @TempDir
    private static Path temporary;

    @Test
    void whatWasKilledAndRunAgainGivesTheSameWarehouse() throws IOException {
        Path folder = Files.createDirectories(Path.of(System.getProperty("fpw.kill.folder", temporary.toString())))
                .toRealPath();
        int nights = Integer.getInteger("fpw.kill.nights", 36);
        long seed = KilledRun.seed();
        long end = System.nanoTime()
                + Duration.ofMinutes(Long.getLong("fpw.kill.minutes", 600)).toNanos();
        Installation fpw = Installation.in(folder);
        Path kept = folder.resolve("undisturbed");
        TrialForce undisturbed = force(kept);
        Path place = place(folder);
        TrialForce disturbed = force(place);
        List<KillPhase> phases = List.of(KillPhase.values());
        for (int index = done(folder); index < nights && System.nanoTime() < end; index++) {
            LocalDate date = KilledRun.FIRST.plusDays(index);
            int phase = index % (phases.size() + 1);
            boolean isRewriting = phase == phases.size();
            if (!Files.exists(kept.resolve(index + "-content.txt"))) {
                drop(undisturbed, date, isRewriting);
                KilledRun.undisturbed(fpw.here(), undisturbed, date).write(kept, index);
            }
            Night night = Night.read(kept, index);
            Random random = new Random(seed + index);
            if (index > NIGHTS_BEFORE && index % 3 == 0) {
                place = relocate(fpw, place, random);
                Files.writeString(folder.resolve("place"), place.toString());
                disturbed = TrialForce.existing(place.resolve("force"));
                assertThat(KilledRun.all(disturbed))
                        .as("relocated before " + date)
                        .isEqualTo(Night.read(kept, index - 1).content());
            }
            if (index > NIGHTS_BEFORE && index % 3 == 1) {
                pin(fpw, place, date.minusDays(random.nextBoolean() ? 1 : NIGHTS_BEFORE), random);
            }
            drop(disturbed, date, isRewriting);
            if (isRewriting) {
                killRewriting(fpw, disturbed, date, random);
                KilledRun.succeed(fpw.here(), disturbed, date);
                assertThat(KilledRun.all(disturbed))
                        .as("killed while it rewrote, " + date)
                        .isEqualTo(night.content());
            } else {
                // a repeated audit does not compare releases, and passes
                KillPhase killed = phases.get(phase) == KillPhase.AUDIT_COUNTS && index > 0
                        ? KillPhase.APPLICATION_WAITS_FOR_AUDIT
                        : phases.get(phase);
                KilledRun.Kill kill = new KilledRun.Kill(date, killed, night, seed + index);
                disturbed = KilledRun.killed(fpw, disturbed, kill, attempt -> {
                    TrialForce another = force(folder.resolve("disturbed-" + attempt));
                    KilledRun.drop(another, date);
                    return another;
                });
            }
            place = Objects.requireNonNull(disturbed.folder().getParent());
            Files.writeString(folder.resolve("place"), place.toString());
            Files.writeString(folder.resolve("done"), Integer.toString(index + 1));
        }
        System.out.println(done(folder) + " nights were killed");
    }

    private static int done(Path folder) throws IOException {
        Path file = folder.resolve("done");
        return Files.exists(file) ? Integer.parseInt(Files.readString(file)) : 0;
    }

    private static Path place(Path folder) throws IOException {
        Path file = folder.resolve("place");
        return Files.exists(file) ? Path.of(Files.readString(file)) : folder.resolve("disturbed");
    }

    private static TrialForce force(Path under) throws IOException {
        return Files.exists(under.resolve("force"))
                ? TrialForce.existing(under.resolve("force"))
                : KilledRun.force(Files.createDirectories(under))
                        .edit("force.yml", "pages:\n  made: false", "pages:\n  made: true")
                        .edit("feeds/devices.yml", "limits:\n", "limits:\n  max_changed_share: 1\n");
    }

    /** The files of a date; if most devices, but not all, have another suspect, the current rows are rewritten. */
    private static void drop(TrialForce force, LocalDate date, boolean isRewriting) {
        KilledRun.drop(force, date);
        if (isRewriting) {
            List<String> devices = KilledRun.devices(date);
            devices.replaceAll(line -> line.replaceFirst("([1-9]),S(\\d)", "$1,T$2"));
            force.writeDevices(date, devices);
        }
    }

    /** Kills the night a moment after the first file of the rewritten rows has appeared. */
    private static void killRewriting(Installation fpw, TrialForce force, LocalDate date, Random random) {
        Path files = force.warehouse().resolve("data");
        Set<Path> before = rewritten(files);
        int millis = random.nextInt(MAX_MILLIS_REWRITING);
        try (Installation.Running night =
                fpw.start(null, "nightly", "--force", force.folder().toString(), "--date", date.toString())) {
            while (night.isRunning() && before.containsAll(rewritten(files))) {
                KilledRun.pause(1);
            }
            KilledRun.pause(millis);
            night.handle().destroyForcibly();
            int code = night.await().exitCode();
            System.out.println(date + ": killed " + millis + " ms after the first rewritten file: exit code " + code);
            assertThat(code).isEqualTo(KILLED);
        }
    }

    private static Set<Path> rewritten(Path files) {
        try (Stream<Path> all = Files.walk(files)) {
            return all.filter(file -> file.getFileName().toString().contains("compact-"))
                    .collect(Collectors.toSet());
        } catch (IOException | UncheckedIOException changing) {
            return Set.of();
        }
    }

    /** Moves force folder and warehouse, and kills the command that makes them usable there; returns the place. */
    private static Path relocate(Installation fpw, Path place, Random random) throws IOException {
        Path moved = place;
        boolean isKilled = false;
        for (int attempt = 0; !isKilled; attempt++) {
            assertThat(attempt).as("relocations that were over").isLessThan(MAX_ATTEMPTS);
            moved = Files.move(
                    moved, place.resolveSibling("moved-" + Long.toHexString(random.nextLong() & Integer.MAX_VALUE)));
            fpw.here().succeed("trust", "--force", path(moved));
            isKilled = isKilled(fpw, millis(random, attempt), "relocate", "--moved", "--force", path(moved));
        }
        Installation.Outcome status = fpw.here().run("status", "--force", path(moved));
        System.out.println("fpw status then: exit code " + status.exitCode() + " " + status.err());
        assertThat(status.exitCode()).as(status.toString()).isIn(0, 2);
        fpw.here().succeed("relocate", "--moved", "--force", path(moved));
        fpw.here().succeed("verify", "--files", "--force", path(moved));
        return moved;
    }

    /** Pins a release of that date with a command that is killed. */
    private static void pin(Installation fpw, Path place, LocalDate date, Random random) throws IOException {
        String release;
        try (Stream<Path> releases = Files.list(place.resolve("warehouse/releases"))) {
            release = releases.map(path -> path.getFileName().toString())
                    .filter(name -> name.startsWith(date + "."))
                    .max(Comparator.naturalOrder())
                    .orElseThrow();
        }
        String name = "kept-" + date;
        boolean isKilled = false;
        for (int attempt = 0; !isKilled; attempt++) {
            assertThat(attempt).as("pins that were over").isLessThan(MAX_ATTEMPTS);
            if (attempt > 0) {
                fpw.here().succeed("unpin", name, "--force", path(place));
            }
            isKilled = isKilled(fpw, millis(random, attempt), "pin", release, name, "--force", path(place));
        }
        fpw.here().succeed("pin", release, name, "--force", path(place));
        assertThat(fpw.here().succeed("releases", "--force", path(place)).out()).contains(name);
        assertThat(place.resolve("warehouse/exports").resolve(release)).isNotEmptyDirectory();
        fpw.here().succeed("verify", "--files", "--force", path(place));
    }

    private static int millis(Random random, int attempt) {
        return MIN_MILLIS + random.nextInt(MAX_MILLIS) / (attempt + 1);
    }

    private static boolean isKilled(Installation fpw, int millis, String... command) {
        try (Installation.Running running = fpw.start(null, command)) {
            KilledRun.pause(millis);
            running.handle().destroyForcibly();
            int code = running.await().exitCode();
            System.out.println(
                    "fpw " + String.join(" ", command) + " killed after " + millis + " ms: exit code " + code);
            return code == KILLED;
        }
    }

    private static String path(Path place) {
        return place.resolve("force").toString();
    }
}
