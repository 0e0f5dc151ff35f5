package uk.fpw.nightly.cli.status;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import uk.fpw.text.Plural;
import uk.fpw.warehouse.store.ledger.feed.LoadStatus;

/**
 * The part of {@code fpw status} about incremental database feeds: when each was last compared with its whole source,
 * and which changes are never found.
 */
final class ChangesStatus {

    private ChangesStatus() {}

    /** One or two lines for each such feed. */
    static List<String> lines(List<LoadStatus.Comparison> feeds) {
        List<String> lines = new ArrayList<>();
        for (LoadStatus.Comparison feed : feeds) {
            lines.add(feed.feed() + "  " + compared(feed));
            if (feed.aboveGap() > 0) {
                lines.add(String.format(
                        Locale.ROOT,
                        "  %s above a gap of the cursor %s read every night",
                        Plural.grouped(feed.aboveGap(), "row"),
                        feed.aboveGap() == 1 ? "is" : "are"));
            }
        }
        return lines;
    }

    private static String compared(LoadStatus.Comparison feed) {
        String last = feed.on() == null
                ? "never compared in full"
                : String.format(
                        Locale.ROOT,
                        "compared in full on %s (missed by the cursor: %,d added, %,d changed, %,d deleted)",
                        feed.on(),
                        feed.added(),
                        feed.changed(),
                        feed.deleted());
        return last
                + (feed.nextOn() == null
                        ? "; hard deletions and missed changes are found only where a range of the cursor shows "
                                + "them, since reconcile is none"
                        : ", next on " + feed.nextOn());
    }
}
