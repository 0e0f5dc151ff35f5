package uk.fpw.metrics.figures;

import java.util.List;
import org.jspecify.annotations.Nullable;
import uk.fpw.metrics.cube.KeyedCounts;
import uk.fpw.metrics.cube.OpenCounts;
import uk.fpw.metrics.series.Period;
import uk.fpw.metrics.table.TableRows;

/**
 * The rows of {@code mart.open_age}: items waiting in a series by age band at month ends, with every band in every
 * month, and unknown ages where there are any.
 */
final class AgeFigures {

    /** Limits of the band of an unknown age. */
    private static final int UNKNOWN = -1;

    private AgeFigures() {}

    static void write(Series series, MartTable table) {
        OpenCounts open = series.cube().open();
        List<Integer> from = series.queue().bandsFrom();
        int first = series.firstPeriod(Period.MONTH);
        long ageUnknown = open.ageUnknown.before(first);
        long waitUnknown = open.waitUnknown.before(first);
        long contributors = open.unknownContributors.before(first);
        long[] byAge = before(open.byAgeBand, first, from.size());
        long[] byWait = before(open.byWaitBand, first, from.size());
        long[] bandContributors = before(open.bandContributors, first, from.size());
        for (int month = first; month <= series.lastPeriod(Period.MONTH); month++) {
            for (int band = 0; band < from.size(); band++) {
                Integer to = band + 1 < from.size() ? (Integer) (from.get(band + 1) - 1) : null;
                long key = KeyedCounts.key(month, band);
                byAge[band] += open.byAgeBand.get(key);
                byWait[band] += open.byWaitBand.get(key);
                bandContributors[band] += open.bandContributors.get(key);
                row(series, table, month, from.get(band) + (to == null ? "+" : "-" + to), from.get(band), to)
                        .set("waiting_count", byAge[band])
                        .set("waiting_since_entry_count", byWait[band])
                        .set("contributor_count", bandContributors[band])
                        .end();
            }
            ageUnknown += open.ageUnknown.get(month);
            waitUnknown += open.waitUnknown.get(month);
            contributors += open.unknownContributors.get(month);
            if (ageUnknown > 0) {
                row(series, table, month, "(age unknown)", UNKNOWN, UNKNOWN)
                        .set("waiting_count", ageUnknown)
                        .set("waiting_since_entry_count", waitUnknown)
                        .set("contributor_count", contributors)
                        .end();
            }
        }
    }

    /** The running sum of each band before a month, from changes by month and band. */
    private static long[] before(KeyedCounts changes, int month, int bands) {
        long[] sums = new long[bands];
        changes.forEach((key, change) -> {
            if (KeyedCounts.high(key) < month) {
                sums[KeyedCounts.low(key)] += change;
            }
        });
        return sums;
    }

    private static TableRows.Row row(
            Series series, MartTable table, int month, String band, int fromDays, @Nullable Integer toDays) {
        int measuredTo = series.measuredTo(Period.MONTH, month);
        return table.row(series, measuredTo)
                .setDay("as_of_on", measuredTo)
                .set("age_band", band)
                .set("age_band_from_days", fromDays)
                .set("age_band_to_days", toDays)
                .set("is_partial", PartialPeriod.ofStock())
                .set("is_provisional", series.isProvisional(measuredTo));
    }
}
