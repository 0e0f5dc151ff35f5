package uk.fpw.metrics.figures;

import java.util.List;
import org.jspecify.annotations.Nullable;
import uk.fpw.metrics.cube.Counts;
import uk.fpw.metrics.cube.OpenCounts;
import uk.fpw.metrics.cube.Period;

/** What waits in a series by age band at month ends; the rows of {@code mart.open_age}: every band in every month, and that of unknown age where there is any. */
final class AgeFigures {

    /** Limits of the band of an unknown age. */
    private static final int UNKNOWN = -1;

    private AgeFigures() {}

    static void write(Series series, MartTable table) {
        OpenCounts open = series.cube().open();
        List<Integer> from = series.queue().bandsFrom();
        for (int month = series.firstPeriod(Period.MONTH); month <= series.lastPeriod(Period.MONTH); month++) {
            for (int band = 0; band < from.size(); band++) {
                Integer to = band + 1 < from.size() ? (Integer) (from.get(band + 1) - 1) : null;
                write(series, table, month, band, from.get(band) + (to == null ? "+" : "-" + to), from.get(band), to);
            }
            long unknown = Counts.key(month, from.size());
            if (open.byAgeBand.get(unknown) > 0 || open.byWaitBand.get(unknown) > 0) {
                write(series, table, month, from.size(), "(age unknown)", UNKNOWN, UNKNOWN);
            }
        }
    }

    private static void write(
            Series series, MartTable table, int month, int band, String name, int fromDays, @Nullable Integer toDays) {
        OpenCounts open = series.cube().open();
        int measuredTo = series.measuredTo(Period.MONTH, month);
        long key = Counts.key(month, band);
        table.row(series, measuredTo)
                .setDay("as_of_on", measuredTo)
                .set("age_band", name)
                .set("age_band_from_days", fromDays)
                .set("age_band_to_days", toDays)
                .set("waiting_count", open.byAgeBand.get(key))
                .set("waiting_since_entry_count", open.byWaitBand.get(key))
                .set("is_partial", false)
                .set("is_provisional", series.isProvisional(measuredTo))
                .set("contributor_count", open.bandContributors.get(key))
                .end();
    }
}
