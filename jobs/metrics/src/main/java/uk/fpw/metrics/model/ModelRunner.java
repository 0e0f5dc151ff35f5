package uk.fpw.metrics.model;

import static org.apache.spark.sql.functions.col;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import uk.fpw.metrics.grading.Schemes;
import uk.fpw.metrics.plan.NightSize;
import uk.fpw.model.Model;
import uk.fpw.model.Models;
import uk.fpw.warehouse.force.Coverage;
import uk.fpw.warehouse.force.Force;

/**
 * Runs the models that are queries: each over the tables before it, counted or queried, under their simple names ({@code event}, {@code spell}), over the intermediate views, and over the views
 * of {@link Definitions} and {@link Schemes}. Parameter: {@code :as_of_date} (the business date).
 */
public final class ModelRunner {

    private final SparkSession spark;
    private final Map<String, Object> parameters;
    private final List<Models.View> views;

    /** Prepares a night; registers the force's definitions as views. */
    public ModelRunner(SparkSession spark, Force force, Coverage coverage) {
        this.spark = spark;
        this.parameters = Map.of("as_of_date", coverage.businessDate());
        this.views = Models.views();
        Definitions.register(spark, force, coverage);
        Schemes.register(spark, force);
    }

    /** Registers the intermediate views that a model is the first to need; those that are kept are computed now. */
    public void registerViews(Model model) {
        for (Models.View view : views) {
            if (view.before().equals(model.table())) {
                Dataset<Row> rows = spark.sql(view.sql(), parameters);
                (view.persist() ? NightSize.computed(rows) : rows).createOrReplaceTempView(view.name());
            }
        }
    }

    /** The rows of one model that is a query, not yet computed, in the columns and types that its YAML declares. */
    public Dataset<Row> run(Model model) {
        return finish(model, spark.sql(model.sql(), parameters));
    }

    /** Registers the written rows of a model under its simple name, for the models after it. */
    public void register(Model model, Dataset<Row> written) {
        written.createOrReplaceTempView(model.name());
    }

    private static Dataset<Row> finish(Model model, Dataset<Row> yielded) {
        Set<String> found = Set.copyOf(Arrays.asList(yielded.columns()));
        for (String column : found) {
            if (!model.hasColumn(column)) {
                throw new IllegalStateException(model.table() + ".sql yields the column '" + column
                        + "', which its .yml does not declare; declare it or remove it");
            }
        }
        return yielded.select(model.columns().stream()
                .map(column -> column(model, column, found))
                .toArray(Column[]::new));
    }

    private static Column column(Model model, Model.Column column, Set<String> found) {
        if (!found.contains(column.name())) {
            throw new IllegalStateException(
                    model.table() + ".sql does not yield the column '" + column.name() + "', which its .yml declares");
        }
        return col(column.name()).cast(ModelTypes.spark(column.type())).as(column.name());
    }
}
