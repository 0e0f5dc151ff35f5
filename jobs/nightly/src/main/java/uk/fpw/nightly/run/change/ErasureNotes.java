package uk.fpw.nightly.run.change;

import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import uk.fpw.text.Plural;
import uk.fpw.warehouse.store.ledger.Erasures;
import uk.fpw.warehouse.store.ledger.Erasures.Erasure;
import uk.fpw.warehouse.store.ledger.Release;

/**
 * What is said about erased rows beside figures: one total a year, and which releases still count such rows. Never
 * more: a figure that changed by an erasure would name who asked for it. In figures, erased rows are among the
 * deleted ones.
 */
public final class ErasureNotes {

    private ErasureNotes() {}

    /**
     * Lines for the summary of a run; none if nothing was erased.
     *
     * @param all all erasures; of those after their time ({@code fpw retain}) nothing is said, since no published
     * period changes
     * @param zone time zone of the years
     * @param pinned releases whose figures may have been quoted
     */
    public static List<String> summary(List<Erasure> all, ZoneId zone, List<Release> pinned) {
        List<Erasure> erasures = without(all, Erasures.Kind.RETENTION);
        if (erasures.isEmpty()) {
            return List.of();
        }
        Map<Integer, long[]> years = new TreeMap<>();
        for (Erasure erasure : erasures) {
            long[] total = years.computeIfAbsent(
                    erasure.cause().startedAt().atZone(zone).getYear(), year -> new long[2]);
            total[0]++;
            total[1] += erasure.counts().rowCount();
        }
        List<String> lines = new ArrayList<>(List.of("Erased rows"));
        years.forEach((year, total) -> lines.add("  in " + year + ": " + Plural.grouped(total[1], "row") + " by "
                + Plural.grouped(total[0], "erasure") + "; in figures they are among the deleted ones"));
        for (Release pin : pinned) {
            if (isOlder(pin, erasures)) {
                lines.add("  " + pin.name() + ", release " + pin.releaseId()
                        + ": rows were erased since; its figures count them");
            }
        }
        return lines;
    }

    /** A note about two releases that are compared; null if no rows were erased between them. */
    public static @Nullable String between(List<Erasure> erasures, Release earlier, Release later) {
        List<Erasure> before = erasures.stream()
                .filter(erasure -> !isOlder(later, List.of(erasure)))
                .toList();
        if (isOlder(earlier, without(before, Erasures.Kind.RETENTION))) {
            return "rows were erased after release " + earlier.releaseId()
                    + "; what its figures counted of them is among the deleted ones";
        }
        return isOlder(earlier, before)
                ? "rows whose time was over were removed after release " + earlier.releaseId()
                        + "; periods before are copies of it (frozen), and cohorts of removed items are gone"
                : null;
    }

    private static List<Erasure> without(List<Erasure> erasures, Erasures.Kind kind) {
        return erasures.stream()
                .filter(erasure -> erasure.cause().kind() != kind)
                .toList();
    }

    private static boolean isOlder(Release release, List<Erasure> erasures) {
        return erasures.stream()
                .map(Erasure::switchedAt)
                .anyMatch(at -> at != null && at.isAfter(release.releasedAt()));
    }
}
