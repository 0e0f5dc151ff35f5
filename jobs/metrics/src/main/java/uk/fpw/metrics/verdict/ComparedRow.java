package uk.fpw.metrics.verdict;

import java.time.LocalDate;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * A row of {@code mart.period_comparison}.
 *
 * @param items counts of the later and the earlier period
 * @param values the measure in both periods
 * @param difference of the two
 */
public record ComparedRow(
        Key key,
        Dates dates,
        boolean isPrimary,
        Counts items,
        Values values,
        Difference difference,
        Standing standing) {

    /** A row by its columns; a day is a {@link LocalDate}. */
    public static ComparedRow of(Function<String, @Nullable Object> column) {
        return new ComparedRow(
                new Key(
                        known(column, "queue", String.class),
                        known(column, "queue_version", Integer.class),
                        known(column, "item_unit", String.class),
                        known(column, "period_kind", String.class),
                        known(column, "compared_with", String.class),
                        known(column, "measure", String.class)),
                new Dates(
                        known(column, "period_start_on", LocalDate.class),
                        known(column, "period_end_on", LocalDate.class),
                        known(column, "earlier_start_on", LocalDate.class),
                        known(column, "earlier_end_on", LocalDate.class)),
                known(column, "is_primary", Boolean.class),
                new Counts((Long) column.apply("item_count"), (Long) column.apply("earlier_item_count")),
                new Values((Double) column.apply("value"), (Double) column.apply("earlier_value")),
                new Difference(
                        known(column, "size_kind", String.class),
                        (Double) column.apply("size"),
                        (Double) column.apply("size_low"),
                        (Double) column.apply("size_high"),
                        (Double) column.apply("log10_p"),
                        (Double) column.apply("detectable"),
                        (String) column.apply("reason"),
                        (String) column.apply("better"),
                        (String) column.apply("points_to"),
                        Boolean.TRUE.equals(column.apply("is_material")),
                        known(column, "matters_from", Double.class)),
                new Standing(
                        known(column, "is_partial", Boolean.class),
                        (String) column.apply("unavailable_reason"),
                        (Long) column.apply("contributor_count"),
                        known(column, "data_as_at", LocalDate.class)));
    }

    private static <T> T known(Function<String, @Nullable Object> column, String name, Class<T> type) {
        return type.cast(Objects.requireNonNull(column.apply(name), name));
    }

    /** What is compared with what. */
    public record Key(
            String queue, int version, String itemUnit, String periodKind, String comparedWith, String measure) {

        /** Whether another row is about the same two periods of the same queue. */
        boolean isBeside(Key other) {
            return queue.equals(other.queue)
                    && periodKind.equals(other.periodKind)
                    && comparedWith.equals(other.comparedWith);
        }
    }

    /** First and last days of both periods. */
    public record Dates(LocalDate from, LocalDate to, LocalDate earlierFrom, LocalDate earlierTo) {}

    /** Items of both periods; null if unknown. */
    public record Counts(@Nullable Long later, @Nullable Long earlier) {}

    /** The measure in both periods; null if undefined or unknown. */
    public record Values(@Nullable Double later, @Nullable Double earlier) {}

    /** The columns of the same names. */
    public record Difference(
            String sizeKind,
            @Nullable Double size,
            @Nullable Double low,
            @Nullable Double high,
            @Nullable Double log10P,
            @Nullable Double detectable,
            @Nullable String reason,
            @Nullable String better,
            @Nullable String pointsTo,
            boolean isMaterial,
            double mattersFrom) {}

    /**
     * How reliable it is.
     *
     * @param unavailableReason null if it is available
     */
    public record Standing(
            boolean isPartial,
            @Nullable String unavailableReason,
            @Nullable Long contributors,
            LocalDate dataAsAt) {}
}
