package uk.fpw.metrics.figures;

import java.util.List;
import org.jspecify.annotations.Nullable;
import uk.fpw.metrics.series.Period;

/**
 * The rows of {@code mart.standard_signal}: the control chart of the share of due items that met one standard, by
 * month of entry, for the months of {@code mart.wait_standard}.
 */
final class StandardSignals {

    /** With fewer due items a month is not charted: one item in twenty moves the share by five points. */
    static final int FEWEST_DUE = 20;

    private StandardSignals() {}

    /** The counts of a month. */
    record Month(
            int number,
            long due,
            long met,
            long leftUnseen,
            long unknown,
            long perhaps,
            long notYetDue,
            boolean isProvisional,
            long contributors) {

        private @Nullable String reason(Series series) {
            String reason = MonthChart.reason(series, number, isProvisional);
            if (reason != null) {
                return reason;
            }
            if (notYetDue > 0) {
                return notYetDue + " of " + (due + notYetDue) + " items are not yet due";
            }
            if (unknown > 0) {
                return "of " + unknown + " of " + due + " items it is not known whether they met the standard";
            }
            if (perhaps > 0) {
                return "of " + perhaps + " due items it is not known whether the standard applies to them";
            }
            return due < FEWEST_DUE ? due + " items are due, fewer than " + FEWEST_DUE : null;
        }
    }

    static void write(Series series, MartTable table, String standard, List<Month> months) {
        MonthChart.Builder points = new MonthChart.Builder("met the standard", "did not meet the standard");
        for (Month month : months) {
            String reason = month.reason(series);
            if (reason == null) {
                points.add(month.number(), (double) month.met() / month.due(), month.met(), month.due() - month.met());
            } else {
                points.add(month.number(), reason);
            }
        }
        MonthChart chart = points.draw(series.queue().analysis().rebasedOn());
        for (int i = 0; i < months.size(); i++) {
            Month month = months.get(i);
            MonthChart.Month point = chart.months().get(i);
            chart.fill(table.row(series, series.measuredTo(Period.MONTH, month.number())), point)
                    .set("standard", standard)
                    .setDay("month_start_on", Period.MONTH.firstDay(month.number()))
                    .set("due_count", month.due())
                    .set("met_count", month.met())
                    .set("left_unseen_count", month.leftUnseen())
                    .set("met_share", point.value())
                    .set("is_partial", series.isPartial(Period.MONTH, month.number()))
                    .set("is_provisional", month.isProvisional())
                    .set("contributor_count", month.contributors())
                    .end();
        }
    }
}
