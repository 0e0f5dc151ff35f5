package uk.fpw.metrics.fact;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.jspecify.annotations.Nullable;
import uk.fpw.model.Model;
import uk.fpw.statistics.Proportion;
import uk.fpw.warehouse.force.fact.Fact;
import uk.fpw.warehouse.force.recommendation.Recommendation;

/**
 * Runs the queries for figures of recommendations and beside facts, Spark SQL over the marts of a candidate, in one
 * Spark job.
 */
public final class DatedFigures {

    private static final String VERSION = "version";
    private static final String REASON = "reason";

    /** Column of a share of a sample: how many have the property. */
    public static final String PART = "part_count";

    /** Column of a share of a sample: of how many. */
    public static final String OF = "of_count";

    /** Shares that a query rounds to so much are still those of its counts. */
    private static final double ROUNDING = 1e-6;

    private DatedFigures() {}

    /**
     * A figure as at a day.
     *
     * @param of name of the recommendation or fact to which it belongs
     * @param figure its name there
     */
    public record Asked(String of, String figure, String query, Map<String, Object> parameters, LocalDate asAt) {

        /** A figure of a recommendation. */
        static Asked of(String recommendation, Recommendation.Figure figure, LocalDate asAt) {
            return new Asked(
                    recommendation,
                    figure.name(),
                    DatedFigures.query(figure),
                    DatedFigures.parameters(figure, asAt),
                    asAt);
        }

        /** A figure of ours beside a published one. */
        static Asked of(String fact, Fact.OursNow ours, LocalDate asAt) {
            return new Asked(fact, "ours_now", ours.query(), Map.of("as_at", asAt), asAt);
        }
    }

    /**
     * One row that a query returned.
     *
     * @param value null if our data does not know it
     * @param version version of the definition used; null if the query does not state it
     * @param reason why the value is null, as the query states it
     * @param part what the value is a share of: how many have the property; null if the query does not state it
     * @param of of how many; null with {@code part}
     */
    public record Found(
            @Nullable Double value,
            @Nullable String version,
            @Nullable String reason,
            @Nullable Integer part,
            @Nullable Integer of) {

        /** A value that is no share of a sample. */
        public Found(@Nullable Double value, @Nullable String version, @Nullable String reason) {
            this(value, version, reason, null, null);
        }
    }

    /**
     * A value, or why there is none.
     *
     * @param share what it is a share of; null if it is none of a sample
     */
    record Value(
            @Nullable Double value,
            @Nullable String version,
            @Nullable String reason,
            @Nullable Proportion share) {

        static Value unknown(String reason) {
            return new Value(null, null, reason, null);
        }

        /** The only value that a query returned. */
        static Value of(Map<Asked, List<Found>> figures, Asked asked) {
            List<Found> rows = figures.getOrDefault(asked, List.of());
            if (rows.isEmpty()) {
                return unknown("our data has no such figure for " + asked.asAt());
            }
            if (rows.size() > 1) {
                return unknown("the query returns " + rows.size() + " rows for " + asked.asAt() + " and not one");
            }
            Found found = rows.get(0);
            if (found.value() != null) {
                Proportion share = share(found);
                boolean isWithoutCounts = found.part() == null || found.of() == null;
                return isWithoutCounts || (share != null && Math.abs(share.share() - found.value()) < ROUNDING)
                        ? new Value(found.value(), found.version(), null, share)
                        : unknown("for " + asked.asAt() + " the query returns a value that is not part_count of "
                                + "of_count");
            }
            return unknown(
                    found.reason() == null ? "the figure for " + asked.asAt() + " is not known" : found.reason());
        }

        private static @Nullable Proportion share(Found found) {
            Integer part = found.part();
            Integer of = found.of();
            return part == null || of == null || part < 0 || of < Math.max(1, part) ? null : new Proportion(part, of);
        }
    }

    /**
     * The rows that each query returned, in any order.
     *
     * @param marts the rows of a mart; only read if a query uses it
     */
    public static Map<Asked, List<Found>> run(
            SparkSession spark, List<Asked> asked, Function<Model, Dataset<Row>> marts) {
        if (asked.isEmpty()) {
            return Map.of();
        }
        FactQueries.register(spark, asked.stream().map(Asked::query).distinct().toList(), marts);
        Map<Asked, List<Found>> found = new HashMap<>();
        Dataset<Row> all = null;
        for (int i = 0; i < asked.size(); i++) {
            found.put(asked.get(i), new ArrayList<>());
            Dataset<Row> rows = rows(spark, asked.get(i), i);
            all = all == null ? rows : all.union(rows);
        }
        if (all != null) {
            for (Row row : all.collectAsList()) {
                Asked of = asked.get(row.getInt(0));
                found.computeIfAbsent(of, none -> new ArrayList<>())
                        .add(new Found(
                                row.isNullAt(1) ? null : (Double) row.getDouble(1),
                                row.getString(2),
                                row.getString(3),
                                count(row, 4),
                                count(row, 5)));
            }
        }
        return found;
    }

    private static Dataset<Row> rows(SparkSession spark, Asked asked, int number) {
        Dataset<Row> rows = spark.sql(asked.query(), asked.parameters());
        List<String> columns = List.of(rows.columns());
        return rows.select(
                lit(number),
                col("value").cast("double"),
                given(columns, VERSION).cast("string"),
                given(columns, REASON).cast("string"),
                given(columns, PART).cast("int"),
                given(columns, OF).cast("int"));
    }

    private static Column given(List<String> columns, String name) {
        return columns.contains(name) ? col(name) : lit(null);
    }

    private static @Nullable Integer count(Row row, int column) {
        return row.isNullAt(column) ? null : (Integer) row.getInt(column);
    }

    /** The query for a figure; names and values from the force folder are passed as parameters. */
    static String query(Recommendation.Figure figure) {
        if (figure.query() != null) {
            return figure.query();
        }
        return """
                select
                    %s as value,
                    cast(queue_version as string) as version,
                    unavailable_reason as reason
                from queue_daily
                where
                    queue = :queue
                    and slice = :slice
                    and slice_value = :slice_value
                    and day = :as_at
                """.formatted(figure.measure());
    }

    /** The parameters of that query as at a day. */
    public static Map<String, Object> parameters(Recommendation.Figure figure, LocalDate asAt) {
        if (figure.queue() == null) {
            return Map.of("as_at", asAt);
        }
        boolean isTotal = figure.slice() == null || figure.value() == null;
        return Map.of(
                "as_at",
                asAt,
                "queue",
                figure.queue(),
                "slice",
                isTotal ? "all" : figure.slice(),
                "slice_value",
                isTotal ? "all" : figure.value());
    }
}
