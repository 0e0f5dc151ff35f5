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
import uk.fpw.warehouse.force.recommendation.Recommendation;

/** Runs the queries for figures of recommendations, Spark SQL over the marts of a candidate, in one Spark job. */
public final class DatedFigures {

    private static final String VERSION = "version";
    private static final String REASON = "reason";

    /** Column of a share of a sample: how many have the property. */
    public static final String PART = "part_count";

    /** Column of a share of a sample: of how many. */
    public static final String OF = "of_count";

    private DatedFigures() {}

    /**
     * A figure as at a day.
     *
     * @param recommendation name of the recommendation to which it belongs
     */
    public record Asked(String recommendation, Recommendation.Figure figure, LocalDate asAt) {}

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
     * The rows that each query returned, in any order.
     *
     * @param marts the rows of a mart; only read if a query uses it
     */
    public static Map<Asked, List<Found>> run(
            SparkSession spark, List<Asked> asked, Function<Model, Dataset<Row>> marts) {
        if (asked.isEmpty()) {
            return Map.of();
        }
        FactQueries.register(
                spark, asked.stream().map(one -> query(one.figure())).distinct().toList(), marts);
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
        Dataset<Row> rows = spark.sql(query(asked.figure()), parameters(asked.figure(), asked.asAt()));
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
