package uk.fpw.ingest.file;

import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.stream.Collectors;
import uk.fpw.text.Plural;
import uk.fpw.warehouse.force.Force;
import uk.fpw.warehouse.force.feed.Delivery;
import uk.fpw.warehouse.force.feed.Feed;
import uk.fpw.warehouse.force.feed.Freshness;
import uk.fpw.warehouse.force.feed.Origin;
import uk.fpw.warehouse.store.ledger.feed.LoadLedger;

/** Reports missing files that did not stop a run. */
public final class MissedDeliveries {

    private static final int DAYS = 28;
    private static final int SHOWN = 7;

    private MissedDeliveries() {}

    /**
     * Feeds known only to an earlier date because no later file was due or arrived, and dates without a file before
     * later loaded ones.
     *
     * @param businessDate latest known date; the report covers the 28 days before it
     * @return a heading, then one line each; empty if there is nothing to report
     */
    public static List<String> describe(Force force, LoadLedger ledger, LocalDate businessDate) {
        List<String> found = new ArrayList<>();
        for (Feed feed : force.feeds()) {
            Origin.DroppedFile dropped = feed.droppedFile();
            if (dropped == null) {
                continue;
            }
            NavigableMap<LocalDate, Boolean> attempted = ledger.sourceDates(feed.name());
            LocalDate known = OutstandingFiles.lastLoaded(attempted, businessDate);
            if (known == null) {
                continue;
            }
            Delivery delivery = feed.delivery();
            Freshness freshness = feed.freshness();
            LocalDate due = feed.dueTo(businessDate);
            if (delivery != null && known.isBefore(businessDate) && (due == null || !known.isBefore(due))) {
                LocalDate next = delivery.after(known);
                found.add("feed " + feed.name() + ", complete to " + known + ": no later file was due ("
                        + delivery.describe() + (next == null ? "" : "; the next is that of " + next) + ")");
            } else if (freshness != null
                    && freshness.isLimited()
                    && known.isBefore(businessDate)
                    && !freshness.isTooOld(known, businessDate)
                    && !ledger.processedFiles().isReadFor(feed.name(), businessDate)) {
                found.add("feed " + feed.name() + ", complete to " + known + ": no newer file came, and the last is "
                        + Plural.of(ChronoUnit.DAYS.between(known, businessDate), "day") + " old, at most "
                        + Plural.of(freshness.maxAgeDays(), "day"));
            }
            List<LocalDate> skipped = skipped(feed, attempted, known, businessDate);
            if (!skipped.isEmpty()) {
                found.add("feed " + feed.name() + ": no file of "
                        + skipped.stream().limit(SHOWN).map(LocalDate::toString).collect(Collectors.joining(", "))
                        + (skipped.size() > SHOWN ? " and " + (skipped.size() - SHOWN) + " more dates" : "")
                        + " arrived before later ones were loaded, and feeds/" + feed.name()
                        + ".yml does not define when one is due (delivery); a late file is loaded when it arrives");
            }
        }
        if (found.isEmpty()) {
            return List.of();
        }
        List<String> lines = new ArrayList<>(List.of("Deliveries"));
        found.forEach(line -> lines.add("  " + line));
        return lines;
    }

    /**
     * Dates without a file of changes, for a feed without a delivery schedule, including dates on which no run looked
     * for one.
     */
    private static List<LocalDate> skipped(
            Feed feed, NavigableMap<LocalDate, Boolean> attempted, LocalDate known, LocalDate businessDate) {
        if (!feed.hasUndeclaredDelivery() || feed.extract() != Feed.Extract.CHANGES) {
            return List.of();
        }
        LocalDate first = attempted.firstKey();
        LocalDate earliest = businessDate.minusDays(DAYS);
        return (first.isBefore(earliest) ? earliest : first)
                .datesUntil(known)
                .filter(date -> !attempted.getOrDefault(date, false))
                .toList();
    }
}
