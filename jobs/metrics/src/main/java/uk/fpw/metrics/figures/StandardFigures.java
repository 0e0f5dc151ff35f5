package uk.fpw.metrics.figures;

import java.util.ArrayList;
import java.util.List;
import uk.fpw.metrics.cube.KeyedCounts;
import uk.fpw.metrics.cube.StandardCounts;
import uk.fpw.metrics.series.ObservedSpell.Outcome;
import uk.fpw.metrics.series.Period;
import uk.fpw.metrics.table.TableRows;
import uk.fpw.statistics.StandardShare;

/**
 * The rows of {@code mart.wait_standard}: outcomes of the items of a series under each standard, by month of entry,
 * for months with an entry to which the standard applies. Also the control charts of the shares that met it.
 */
final class StandardFigures {

    private StandardFigures() {}

    static void write(Series series, MartTable table, MartTable signals) {
        for (int standard = 0; standard < series.queue().standards().size(); standard++) {
            String name = series.queue().standards().get(standard).name();
            StandardCounts.ByMonth counts =
                    series.cube().standards().standards().getOrDefault(standard, new StandardCounts.ByMonth());
            List<StandardSignals.Month> months = new ArrayList<>(series.frozen().standard(name));
            for (long month : counts.lastDueOn.keys()) {
                if (month >= series.firstPeriod(Period.MONTH)
                        && month <= series.lastPeriod(Period.MONTH)
                        && !series.frozen().isFrozen((int) month)) {
                    months.add(write(series, table, standard, counts, (int) month));
                }
            }
            StandardSignals.write(series, signals, name, months);
        }
    }

    private static StandardSignals.Month write(
            Series series, MartTable table, int standard, StandardCounts.ByMonth counts, int month) {
        int start = Period.MONTH.firstDay(month);
        long met = count(counts, month, Outcome.MET);
        long failed = count(counts, month, Outcome.FAILED);
        long leftUnseen = count(counts, month, Outcome.LEFT_UNSEEN);
        long unknown = count(counts, month, Outcome.UNKNOWN);
        long notYetDue = count(counts, month, Outcome.NOT_YET_DUE);
        long due = met + failed + leftUnseen + unknown;
        long perhapsUnknown = count(counts, month, Outcome.PERHAPS_UNKNOWN);
        // undecided items are in both: each bound makes the range as wide as possible
        long perhapsMet = count(counts, month, Outcome.PERHAPS_MET) + perhapsUnknown;
        long perhapsNotMet = count(counts, month, Outcome.PERHAPS_NOT_MET) + perhapsUnknown;
        long perhaps = perhapsMet + perhapsNotMet - perhapsUnknown;
        boolean isProvisional = series.isProvisional(
                Math.min(counts.lastDueOn.get(month), series.queue().dataAsAt()));
        TableRows.Row row = table.row(series, series.measuredTo(Period.MONTH, month));
        new StandardShare(due, met, unknown, perhapsMet, perhapsNotMet)
                .figures()
                .forEach(row::set);
        row.set("standard", series.queue().standards().get(standard).name())
                .setDay("month_start_on", start)
                .set("received_count", due + notYetDue)
                .set("due_count", due)
                .set("met_count", met)
                .set("failed_count", failed)
                .set("left_unseen_count", leftUnseen)
                .set("unknown_count", unknown)
                .set("not_yet_due_count", notYetDue)
                .set("perhaps_due_count", perhaps)
                .set("perhaps_met_count", perhapsMet)
                .set("perhaps_not_met_count", perhapsNotMet)
                .set("is_partial", series.isPartial(Period.MONTH, month))
                .set("is_provisional", isProvisional)
                .set("contributor_count", counts.contributors.get(month))
                .end();
        return new StandardSignals.Month(
                month,
                due,
                met,
                leftUnseen,
                unknown,
                perhaps,
                notYetDue,
                isProvisional,
                counts.contributors.get(month));
    }

    private static long count(StandardCounts.ByMonth counts, int month, Outcome outcome) {
        return counts.items.get(KeyedCounts.key(month, outcome.number()));
    }
}
