package uk.fpw.metrics.example;

import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import uk.fpw.metrics.account.RowCounts;
import uk.fpw.metrics.account.UndeclaredEvents;
import uk.fpw.metrics.model.ModelTypes;
import uk.fpw.metrics.pass.CountingPass;
import uk.fpw.metrics.plan.SparkTuning;
import uk.fpw.metrics.staging.EntryInput;
import uk.fpw.metrics.staging.FeedRows;
import uk.fpw.metrics.staging.RunInput;
import uk.fpw.model.Model;
import uk.fpw.model.Models;
import uk.fpw.warehouse.force.Coverage;
import uk.fpw.warehouse.force.Force;
import uk.fpw.warehouse.force.yaml.ConfigError;
import uk.fpw.warehouse.force.yaml.ForceFolderException;

/**
 * The tables of {@code core} as a run would write them, but computed from a few rows and registered as views under
 * their simple names. Nothing is written.
 */
public final class CoreViews {

    private static final String SCHEMA = "core";

    private CoreViews() {}

    /**
     * Registers the views, and those of the feeds.
     *
     * @param current the current rows of the feeds
     * @param rowCount their total number
     * @return where the rows of the feeds went
     * @throws ForceFolderException if a staging query returns an undeclared event
     */
    public static RowCounts register(
            SparkSession spark, Force force, Coverage coverage, FeedRows.Source current, long rowCount) {
        SparkTuning.configure(spark, Map.of(), rowCount);
        FeedRows feeds = FeedRows.register(spark, force, current);
        Map<String, List<Row>> found = new HashMap<>();
        RowCounts counts = CountingPass.followLocally(
                force,
                coverage,
                RunInput.of(spark, force, feeds, EntryInput.ofCurrentRows(force, coverage), coverage.businessDate()),
                (table, values) -> found.computeIfAbsent(table, any -> new ArrayList<>())
                        .add(RowFactory.create(Arrays.stream(values)
                                .map(value -> value instanceof OffsetDateTime time ? time.toInstant() : value)
                                .toArray())));
        counts.current(feeds.count(null, coverage.businessDate()));
        List<ConfigError> errors = UndeclaredEvents.errors(force, counts);
        if (!errors.isEmpty()) {
            throw new ForceFolderException(errors);
        }
        for (Model model : Models.all()) {
            if (model.schema().equals(SCHEMA)) {
                SparkTuning.source(spark.createDataFrame(
                                found.getOrDefault(model.table(), List.of()), ModelTypes.schema(model)))
                        .createOrReplaceTempView(model.name());
            }
        }
        return counts;
    }
}
