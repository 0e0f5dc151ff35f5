package uk.fpw.metrics.model;

import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;

import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import uk.fpw.metrics.fact.PublishedFacts;
import uk.fpw.metrics.grading.Schemes;
import uk.fpw.warehouse.force.Force;
import uk.fpw.warehouse.model.Model;
import uk.fpw.warehouse.model.Models;

/**
 * Runs models: each is one SQL query over the views of those before it, under their simple names ({@code event}, {@code spell}, {@code queue_daily}), over the intermediate views, over the views
 * of {@link Definitions} and {@link Schemes}, and, last, of {@link PublishedFacts}. Parameters: {@code :as_of_date} (the business date), {@code :force} and {@code :release_id}.
 *
 * <p>A query may leave out what follows from its row or from the night: {@code force, queue_version, item_unit, is_total, is_available, unavailable_reason, data_as_at, release_id}.
 */
public final class ModelRunner {

    /** Stated by the force's facts and not by a query alone. */
    private static final String PUBLISHED_FACT = "mart.published_fact";

    private final SparkSession spark;
    private final Force force;
    private final LocalDate businessDate;
    private final Map<String, Object> parameters;
    private final List<Models.View> views;

    /** Prepares a night; registers the force's definitions as views. */
    public ModelRunner(SparkSession spark, Force force, LocalDate businessDate, String releaseId) {
        this.spark = spark;
        this.force = force;
        this.businessDate = businessDate;
        this.parameters = Map.of("as_of_date", businessDate, "force", force.code(), "release_id", releaseId);
        this.views = Models.views();
        Definitions.register(spark, force);
        Schemes.register(spark, force);
    }

    /**
     * The rows of one model, not yet computed, in the columns and types that its YAML declares. Registers the intermediate views that it is the first to need; those that are kept are computed now, and
     * their plan is cut: a plan that grew from model to model would soon take longer to analyse than its rows to compute.
     */
    public Dataset<Row> run(Model model) {
        for (Models.View view : views) {
            if (view.before().equals(model.table())) {
                Dataset<Row> rows = spark.sql(view.sql(), parameters);
                (view.persist() ? rows.localCheckpoint(true) : rows).createOrReplaceTempView(view.name());
            }
        }
        if (model.table().equals(PUBLISHED_FACT)) {
            PublishedFacts.register(spark, force, businessDate);
        }
        return finish(model, spark.sql(model.sql(), parameters));
    }

    /** Registers the written rows of a model under its simple name, for the models after it. */
    public void register(Model model, Dataset<Row> written) {
        written.createOrReplaceTempView(model.name());
    }

    /** Runs SQL that a test of a model states. */
    Dataset<Row> query(String sql) {
        return spark.sql(sql, parameters);
    }

    private Dataset<Row> finish(Model model, Dataset<Row> yielded) {
        Set<String> found = Arrays.stream(yielded.columns()).collect(Collectors.toCollection(TreeSet::new));
        Set<String> declared = model.columns().stream().map(Model.Column::name).collect(Collectors.toSet());
        for (String column : found) {
            if (!declared.contains(column)) {
                throw new IllegalStateException(model.table() + ".sql yields the column '" + column
                        + "', which its .yml does not declare; declare it or remove it");
            }
        }
        Dataset<Row> rows = yielded;
        if (declared.contains("queue_version") && !found.contains("queue_version")) {
            Column[] ofQueue = found.contains("item_unit")
                    ? new Column[] {col("queue"), col("queue_version")}
                    : new Column[] {col("queue"), col("queue_version"), col("item_unit")};
            rows = rows.join(
                    broadcast(spark.table("queue_definition").select(ofQueue)), new String[] {"queue"}, "left");
        }
        Set<String> present = Set.of(rows.columns());
        return rows.select(model.columns().stream()
                .map(column -> (present.contains(column.name()) ? col(column.name()) : standard(model, column.name()))
                        .cast(ModelTypes.spark(column.type()))
                        .as(column.name()))
                .toArray(Column[]::new));
    }

    private Column standard(Model model, String column) {
        return switch (column) {
            case "force", "release_id" -> lit(parameters.get(column));
            case "data_as_at" -> lit(parameters.get("as_of_date"));
            case "is_total" -> col("slice").equalTo("all");
            case "is_available" -> lit(true);
            case "unavailable_reason" -> lit(null);
            default ->
                throw new IllegalStateException(
                        model.table() + ".sql does not yield the column '" + column + "', which its .yml declares");
        };
    }
}
