package uk.fpw.nightly.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import uk.fpw.process.RunFiles;
import uk.fpw.warehouse.force.ForceFolder;
import uk.fpw.warehouse.message.MetricsResult;
import uk.fpw.warehouse.message.MetricsResult.QueueChange;
import uk.fpw.warehouse.store.limit.AcceptableLimit;

/**
 * Ordinary nights, from the sources to the release, each after the previous one: no limit stops any. Prints how close
 * each queue came, which the operator's guide mentions. {@code usual-nights.sh} next to the sources runs it; each build
 * runs three ordinary nights of Fenmarch, those of the demonstration.
 *
 * <p>{@code -Dfpw.usual.force=fenmarch} (or {@code boston}, by month, or {@code late}, a force that records weeks
 * late), {@code -Dfpw.usual.nights=60}, {@code -Dfpw.usual.last=2015-12-31} (the devices of the late force arrive in
 * 2024). Default: the night on which Fenmarch's outsourcing begins, and the one before.
 */
class UsualReleases {

    private static final int NIGHTS = Integer.getInteger("fpw.usual.nights", 2);
    private static final String FORCE = System.getProperty("fpw.usual.force", "fenmarch");
    private static final LocalDate LAST =
            LocalDate.parse(System.getProperty("fpw.usual.last", FORCE.equals("late") ? "2024-12-29" : "2015-04-13"));

    @TempDir
    private static Path folder;

    private static final class Nearest {
        int nights;
        double spells;
        double total;
        double closures;
    }

    @Test
    void ordinaryNightsAreReleased() throws IOException {
        Installation fpw = Installation.here(folder);
        UsualSource source =
                switch (FORCE) {
                    case "boston" -> UsualSource.bostonByMonth(folder);
                    case "late" -> UsualSource.lateRecording(folder, LAST, NIGHTS);
                    default -> UsualSource.fenmarch(fpw, LAST, NIGHTS);
                };
        List<String> stopped = new ArrayList<>();
        List<String> notes = new ArrayList<>();
        Map<String, Nearest> queues = new TreeMap<>();
        for (LocalDate night : source.nights()) {
            source.goOnTo(night);
            Installation.Outcome outcome = fpw.run(
                    "nightly", "--force", source.force().toString(), "--date", night.toString(), "--confirm-date");
            if (outcome.exitCode() != 0) {
                stopped.add(night + " " + outcome.err());
            }
            outcome.out()
                    .lines()
                    .filter(line -> line.matches(".*( " + String.join("| ", AcceptableLimit.codesOfQueues())
                            + "| DEFINITION|unusually |no earlier row had| limits[.]).*"))
                    .forEach(line -> notes.add(night + " " + line.strip()));
            for (QueueChange change : result(source.force()).changes()) {
                note(queues.computeIfAbsent(change.queue(), unused -> new Nearest()), change);
            }
            System.out.println("usual night " + night + ": " + outcome.exitCode() + ", "
                    + outcome.took().toSeconds() + " s");
        }

        System.out.println("queue | nights | nearest to the limits of spells, total, closures (1 stops)");
        queues.forEach((queue, nearest) -> System.out.println(String.format(
                Locale.ROOT,
                "%s | %d | %.2f %.2f %.2f",
                queue,
                nearest.nights,
                nearest.spells,
                nearest.total,
                nearest.closures)));
        notes.forEach(note -> System.out.println("warning " + note));
        assertThat(stopped).isEmpty();
    }

    private static void note(Nearest nearest, QueueChange change) {
        nearest.nights++;
        nearest.spells = Math.max(
                nearest.spells, nearness(change.goneCount() + change.changedCount(), 20, change.spellCount(), 0.1));
        nearest.total = Math.max(
                nearest.total,
                nearness(Math.abs(change.totalNow() - change.totalBefore()), 50, change.totalBefore(), 0.25));
        nearest.closures = Math.max(nearest.closures, nearness(change.closedCount(), 50, change.totalBefore(), 0.8));
    }

    /** How close a count comes to a limit of a minimum count and a share: 1 if it reaches both. */
    private static double nearness(long count, long least, long of, double share) {
        return Math.min((double) count / least, of == 0 ? 1 : count / (share * of));
    }

    /** What the latest run computed. */
    private static MetricsResult result(Path force) throws IOException {
        Path runs = ForceFolder.read(force).storage().warehouse().resolve("runs");
        try (Stream<Path> folders = Files.list(runs)) {
            Path latest = folders.map(run -> run.resolve("result.json"))
                    .filter(Files::exists)
                    .max(Comparator.comparing(file -> file.toFile().lastModified()))
                    .orElseThrow();
            return RunFiles.read(latest, MetricsResult.class);
        }
    }
}
