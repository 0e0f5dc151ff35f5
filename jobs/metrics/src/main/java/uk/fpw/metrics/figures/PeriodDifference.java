package uk.fpw.metrics.figures;

import org.jspecify.annotations.Nullable;
import uk.fpw.metrics.table.TableRows;
import uk.fpw.statistics.period.Comparison;
import uk.fpw.warehouse.force.queue.Better;

/**
 * How much a measure of a period differs from that of an earlier year.
 *
 * @param isRatio whether the size is later / earlier, so that 1 is no difference; otherwise it is later - earlier
 * @param isSooner whether a larger size means less waiting
 * @param base what {@code matters_from} is a share of: 1 for ratios and shares
 * @param size null if it is undefined
 * @param chance interval and p; null without a test
 * @param dispersion of counts of items; null for other measures
 * @param decidedBy whether the test of cases or that of items decides, of counts; null for other measures
 * @param method how chance was assessed; null without a test
 * @param reason why there is no test; null if there is one
 */
record PeriodDifference(
        boolean isRatio,
        boolean isSooner,
        double base,
        @Nullable Double size,
        @Nullable Comparison chance,
        @Nullable Double dispersion,
        @Nullable String decidedBy,
        @Nullable String method,
        @Nullable String reason) {

    /** There is no size. */
    static PeriodDifference none(boolean isRatio, String reason) {
        return new PeriodDifference(isRatio, false, 1, null, null, null, null, null, reason);
    }

    /** There is a size and nothing more. */
    static PeriodDifference size(double base, @Nullable Double size, String reason) {
        return new PeriodDifference(false, false, base, size, null, null, null, null, reason);
    }

    /** @param better null if neither direction is better */
    void set(TableRows.Row row, @Nullable Better better, double mattersFrom) {
        row.set("size_kind", isRatio ? "ratio" : "difference")
                .set("size", size)
                .set("size_low", chance == null ? null : finite(chance.low()))
                .set("size_high", chance == null ? null : finite(chance.high()))
                .set("log10_p", chance == null ? null : (Double) chance.log10P())
                .set("detectable", chance == null ? null : chance.detectable())
                .set("over_dispersion", dispersion)
                .set("decided_by", decidedBy)
                .set("method", method)
                .set("reason", reason)
                .set("better", better == null ? null : better.code())
                .set("points_to", pointsTo(better))
                .set("is_material", size == null ? null : (Boolean) isMaterial(size, mattersFrom));
    }

    private static @Nullable Double finite(double end) {
        return Double.isFinite(end) ? (Double) end : null;
    }

    private @Nullable String pointsTo(@Nullable Better better) {
        if (better == null || size == null) {
            return null;
        }
        int sign = Double.compare(size, isRatio ? 1 : 0) * (isSooner ? -1 : 1);
        if (sign == 0) {
            return "neither";
        }
        return (sign < 0) == (better == Better.LOWER) ? "better" : "worse";
    }

    private boolean isMaterial(double difference, double mattersFrom) {
        return Math.abs(isRatio ? difference - 1 : difference) >= mattersFrom * base;
    }
}
