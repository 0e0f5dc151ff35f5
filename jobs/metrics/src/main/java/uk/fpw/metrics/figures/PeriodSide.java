package uk.fpw.metrics.figures;

import org.jspecify.annotations.Nullable;
import uk.fpw.metrics.table.TableRows;

/**
 * A measure in one of two periods that are compared.
 *
 * @param items items counted
 * @param ofItems items of which these are a part; null if they are no part
 * @param cases distinct contributors behind the items; null if they are not counted
 * @param ofCases distinct contributors of which these are a part; null if they are no part
 * @param serviceDays days of service; null if the measure is not by day, or if they are unknown
 * @param weeks whole weeks; null if the measure is not by week
 * @param value the measure; null if it is undefined
 */
record PeriodSide(
        @Nullable Long items,
        @Nullable Long ofItems,
        @Nullable Long cases,
        @Nullable Long ofCases,
        @Nullable Integer serviceDays,
        @Nullable Integer weeks,
        @Nullable Double value) {

    /** Nothing is known. */
    static final PeriodSide UNKNOWN = new PeriodSide(null, null, null, null, null, null, null);

    /** Part of a whole, in items only. */
    static PeriodSide part(long items, long ofItems) {
        return new PeriodSide(
                items, ofItems, null, null, null, null, ofItems == 0 ? null : (Double) ((double) items / ofItems));
    }

    void set(TableRows.Row row, String prefix) {
        row.set(prefix + "item_count", items)
                .set(prefix + "of_item_count", ofItems)
                .set(prefix + "case_count", cases)
                .set(prefix + "of_case_count", ofCases)
                .set(prefix + "service_day_count", serviceDays)
                .set(prefix + "week_count", weeks)
                .set(prefix + "value", value);
    }
}
