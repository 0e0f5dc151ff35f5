package uk.fpw.nightly.run.change;

import java.io.PrintStream;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import uk.fpw.warehouse.message.FigureChangeSummary;
import uk.fpw.warehouse.message.FigureChangeSummary.ChangedFigure;
import uk.fpw.warehouse.message.StatisticChangeSummary;

/** Prints how many past figures changed since the previous release, and the largest change. */
public final class FigureChangeReport {

    private final PrintStream out;

    /** Creates a report that prints to a stream. */
    public FigureChangeReport(PrintStream out) {
        this.out = out;
    }

    /** Prints nothing if there was no release to compare with. */
    public void print(@Nullable FigureChangeSummary changes) {
        if (changes == null) {
            return;
        }
        line("");
        line("Counts of past months, compared with release %s", changes.replacedReleaseId());
        ChangedFigure largest = changes.largest();
        if (changes.notCompared() != null) {
            line("  not compared, since %s", changes.notCompared());
        } else if (changes.changedCount() == 0) {
            line("  none of %,d has changed", changes.figureCount());
        } else {
            line(
                    "  %,d of %,d have changed; the query what_changed lists them with their causes",
                    changes.changedCount(), changes.figureCount());
        }
        if (changes.unnamedCount() > 0) {
            line(
                    "  reference data: %,d changed spells refer to no row that changed, so the cause is only likely",
                    changes.unnamedCount());
        }
        changes.notes().forEach(note -> line("  %s", note));
        if (largest != null) {
            line("  largest   %s", describe(largest));
        }
        if (changes.notCompared() == null && changes.statistics() != null) {
            statistics(changes.statistics());
        }
    }

    /** Changes by the passage of time alone are not counted. */
    private void statistics(StatisticChangeSummary changes) {
        if (changes.notCompared() != null) {
            line("  quantiles and shares were not compared, since %s", changes.notCompared());
        } else if (changes.changedCount() > 0) {
            line(
                    "  %,d quantiles and shares have moved, not by time alone; the query what_changed_statistics "
                            + "lists them",
                    changes.changedCount());
        }
    }

    /**
     * A figure in words, such as
     * {@code awaiting_examination, all, 2015-10: waiting_count 754 instead of 751 (deleted -1, recorded late +4)}.
     */
    static String describe(ChangedFigure figure) {
        return String.format(
                Locale.ROOT,
                "%s, %s, %s: %s %,d instead of %,d (%s)",
                figure.queue(),
                figure.slice(),
                figure.month().substring(0, "2015-10".length()),
                figure.measure(),
                figure.newValue(),
                figure.replacedValue(),
                figure.causes().stream()
                        .map(part -> String.format(Locale.ROOT, "%s %+,d", part.cause(), part.part()))
                        .collect(Collectors.joining(", ")));
    }

    private void line(String format, Object... values) {
        out.println(String.format(Locale.ROOT, format, values));
    }
}
