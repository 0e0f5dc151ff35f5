package uk.fpw.nightly.cli.look;

import java.io.PrintStream;
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

    /** Prints nothing if there is no such feed. */
    static void print(List<LoadStatus.Comparison> feeds, PrintStream out) {
        if (feeds.isEmpty()) {
            return;
        }
        out.println();
        out.println("Incremental database feeds");
        for (LoadStatus.Comparison feed : feeds) {
            out.println("  " + feed.feed() + "  " + compared(feed));
            if (feed.aboveGap() > 0) {
                out.println(String.format(
                        Locale.ROOT,
                        "    %s above a gap of the cursor %s read every night",
                        Plural.grouped(feed.aboveGap(), "row"),
                        feed.aboveGap() == 1 ? "is" : "are"));
            }
        }
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
