package uk.fpw.metrics.example;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;
import uk.fpw.metrics.plan.SparkTuning;
import uk.fpw.metrics.staging.FeedRows;
import uk.fpw.warehouse.force.Coverage;
import uk.fpw.warehouse.force.Force;
import uk.fpw.warehouse.force.example.Example;
import uk.fpw.warehouse.force.example.ExampleColumns;
import uk.fpw.warehouse.force.example.ExampleResult;
import uk.fpw.warehouse.force.feed.Feed;
import uk.fpw.warehouse.force.yaml.ForceFolderException;
import uk.fpw.warehouse.store.load.key.KeyText;

/**
 * Runs one example as a nightly run would: its rows are the current rows of the feeds, and pass through rules,
 * staging queries and item processing. Nothing is written.
 */
public final class ExampleRun {

    private final SparkSession spark;
    private final Force force;
    private final Example example;

    private ExampleRun(SparkSession spark, Force force, Example example) {
        this.spark = spark;
        this.force = force;
        this.example = example;
    }

    /**
     * The result of the example.
     *
     * @throws ForceFolderException if a staging query returns an undeclared event
     */
    public static ExampleResult of(SparkSession spark, Force force, Example example) {
        return new ExampleRun(spark, force, example).run();
    }

    private ExampleResult run() {
        CoreViews.register(spark, force, Coverage.whole(force, example.asOf()), this::current, example.rowCount());
        return new ExampleResult(
                example.name(),
                rows(Example.Kind.EVENTS, "event", "attributes"),
                rows(Example.Kind.SPELLS, "spell", "slices"),
                rows(Example.Kind.GRADINGS, "grading", null),
                rows(Example.Kind.EXCLUDED, "exclusion", null));
    }

    private Dataset<Row> current(Feed feed) {
        Dataset<Row> none = FeedRows.none(spark, feed);
        List<Example.InputRow> given = example.rows().getOrDefault(feed.name(), List.of());
        if (given.isEmpty()) {
            return SparkTuning.source(none);
        }
        StructType schema = none.schema();
        List<Row> rows = new ArrayList<>();
        for (Example.InputRow row : given) {
            List<@Nullable Object> values = new ArrayList<>();
            feed.columns().forEach(column -> values.add(row.values().get(column.name())));
            String key = key(feed, row, rows.size() + 1);
            values.add(key);
            Object item = row.values().get(feed.item());
            values.add(item == null ? key : KeyText.part(item));
            rows.add(RowFactory.create(values.toArray()));
        }
        return SparkTuning.source(spark.createDataFrame(rows, schema));
    }

    /** A row without a key is identified by its position in the example. */
    private static String key(Feed feed, Example.InputRow row, int place) {
        List<Object> parts = new ArrayList<>();
        feed.key().forEach(column -> parts.add(row.values().getOrDefault(column, "")));
        return parts.isEmpty() ? "row " + place : KeyText.of(parts);
    }

    private List<Map<String, @Nullable String>> rows(Example.Kind kind, String view, @Nullable String further) {
        List<Map<String, @Nullable String>> rows = new ArrayList<>();
        Dataset<Row> found = spark.table(view);
        boolean hasSource = List.of(found.columns()).contains("source");

        for (Row row : found.collectAsList()) {
            Map<String, @Nullable String> values = new LinkedHashMap<>();
            for (String column : ExampleColumns.fixed(kind)) {
                values.put(column, text(row.getAs(column)));
            }
            String source = hasSource
                    ? text(row.getAs("source"))
                    : force.feed(row.getAs("feed")).source();
            withoutSource(values, "item_key", source);
            withoutSource(values, "contributor_key", source);
            withoutSource(values, "case_key", source);
            if (further != null) {
                int place = row.fieldIndex(further);
                Map<String, String> map = row.isNullAt(place) ? Map.of() : row.getJavaMap(place);
                map.forEach(values::putIfAbsent);
            }
            rows.add(values);
        }
        return rows;
    }

    private static void withoutSource(Map<String, @Nullable String> values, String column, @Nullable String source) {
        String key = values.get(column);
        if (key != null && source != null && key.startsWith(source + ":")) {
            values.put(column, key.substring(source.length() + 1));
        }
    }

    /** Times are shown in the force's time zone, as examples write them. */
    private @Nullable String text(@Nullable Object value) {
        if (value instanceof java.sql.Timestamp time) {
            return ExampleColumns.text(time.toInstant().atZone(force.zone()).toLocalDateTime());
        }
        if (value instanceof Instant time) {
            return ExampleColumns.text(time.atZone(force.zone()).toLocalDateTime());
        }
        return value == null ? null : value.toString();
    }
}
