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
import uk.fpw.metrics.grading.GradedRows;
import uk.fpw.metrics.model.ModelRunner;
import uk.fpw.metrics.model.ModelTypes;
import uk.fpw.metrics.pass.CountingPass;
import uk.fpw.metrics.plan.NightSize;
import uk.fpw.metrics.staging.EventCheck;
import uk.fpw.metrics.staging.FeedRows;
import uk.fpw.metrics.staging.StagedRows;
import uk.fpw.model.Model;
import uk.fpw.model.Models;
import uk.fpw.warehouse.force.Coverage;
import uk.fpw.warehouse.force.Force;
import uk.fpw.warehouse.force.ForceFolderException;
import uk.fpw.warehouse.force.Mistake;

/** The tables of {@code core} as a night would write them, computed here and now over few rows and kept as views under their simple names. Nothing is written. */
public final class CoreViews {

    private static final String SCHEMA = "core";

    private CoreViews() {}

    /**
     * Registers them, with the views of rules and of staging and grading queries that a night has.
     *
     * @param current the current rows of the feeds
     * @param rowCount how many those are in all
     * @throws ForceFolderException if a staging query yields an event that it does not declare
     */
    public static void register(
            SparkSession spark, Force force, Coverage coverage, FeedRows.Source current, long rowCount) {
        NightSize.choose(spark, Map.of(), rowCount);
        new FeedRows(spark, force).register(current);
        StagedRows.register(spark, force);
        GradedRows.register(spark, force);
        ModelRunner runner = new ModelRunner(spark, force, coverage);
        List<Mistake> mistakes = EventCheck.mistakes(spark);
        if (!mistakes.isEmpty()) {
            throw new ForceFolderException(mistakes);
        }
        Map<String, List<Row>> counted = followItems(spark, force, coverage);
        for (Model model : Models.all()) {
            if (model.schema().equals(SCHEMA)) {
                runner.registerViews(model);
                runner.register(
                        model,
                        model.isCounted()
                                ? NightSize.source(spark.createDataFrame(
                                        counted.getOrDefault(model.table(), List.of()), ModelTypes.schema(model)))
                                : NightSize.computed(runner.run(model)));
            }
        }
    }

    private static Map<String, List<Row>> followItems(SparkSession spark, Force force, Coverage coverage) {
        Map<String, List<Row>> rows = new HashMap<>();
        CountingPass.followHere(force, coverage, spark.table("staged_row"), (table, values) -> rows.computeIfAbsent(
                        table, any -> new ArrayList<>())
                .add(RowFactory.create(Arrays.stream(values)
                        .map(value -> value instanceof OffsetDateTime time ? time.toInstant() : value)
                        .toArray())));
        return rows;
    }
}
