package uk.fpw.metrics.model;

import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.when;

import java.time.LocalDate;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import uk.fpw.metrics.fact.PublishedFacts;
import uk.fpw.metrics.grading.Schemes;
import uk.fpw.metrics.plan.NightSize;
import uk.fpw.model.Model;
import uk.fpw.model.Models;
import uk.fpw.warehouse.force.Coverage;
import uk.fpw.warehouse.force.Force;
import uk.fpw.warehouse.run.VersionChange;

/**
 * Runs the models that are queries: each over the tables before it, counted or queried, under their simple names ({@code event}, {@code spell}, {@code queue_daily}), over the intermediate views, over the views
 * of {@link Definitions} and {@link Schemes}, and, last, of {@link PublishedFacts}. Parameter: {@code :as_of_date} (the business date).
 *
 * <p>A query may leave out what follows from its row or from the night: {@code force, queue_version, is_available, unavailable_reason, data_as_at, release_id}. A query computes every row as far
 * as its events are known; where that is not far enough ({@link Model#availableTo}), the measures are taken away here and the reason is put in.
 */
public final class ModelRunner {

    /** Stated by the force's facts and not by a query alone. */
    private static final String PUBLISHED_FACT = "mart.published_fact";

    private final SparkSession spark;
    private final Force force;
    private final LocalDate businessDate;
    private final String releaseId;
    private final Map<String, Object> parameters;
    private final List<Models.View> views;

    /**
     * Prepares a night; registers the force's definitions as views.
     *
     * @param versionChanges by queue, since when it is counted by its version; without those that no release counted otherwise
     */
    public ModelRunner(
            SparkSession spark,
            Force force,
            Coverage coverage,
            Map<String, VersionChange> versionChanges,
            String releaseId) {
        this.spark = spark;
        this.force = force;
        this.businessDate = coverage.businessDate();
        this.releaseId = releaseId;
        this.parameters = Map.of("as_of_date", businessDate);
        this.views = Models.views();
        Definitions.register(spark, force, coverage, versionChanges);
        Schemes.register(spark, force);
    }

    /**
     * The rows of one model that is a query, not yet computed, in the columns and types that its YAML declares. Registers the intermediate views that it is the first to need; those that are kept are computed now.
     */
    public Dataset<Row> run(Model model) {
        for (Models.View view : views) {
            if (view.before().equals(model.table())) {
                Dataset<Row> rows = spark.sql(view.sql(), parameters);
                (view.persist() ? NightSize.computed(rows) : rows).createOrReplaceTempView(view.name());
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

    private Dataset<Row> finish(Model model, Dataset<Row> yielded) {
        Set<String> found = Arrays.stream(yielded.columns()).collect(Collectors.toCollection(TreeSet::new));
        Set<String> declared = model.columns().stream().map(Model.Column::name).collect(Collectors.toSet());
        for (String column : found) {
            if (!declared.contains(column)) {
                throw new IllegalStateException(model.table() + ".sql yields the column '" + column
                        + "', which its .yml does not declare; declare it or remove it");
            }
        }
        Dataset<Row> rows = declared.contains("queue") && declared.contains("queue_version")
                ? withDefinition(yielded, found)
                : yielded;
        Set<String> present = Set.of(rows.columns());
        return rows.select(model.columns().stream()
                .map(column -> column(model, column, present)
                        .cast(ModelTypes.spark(column.type()))
                        .as(column.name()))
                .toArray(Column[]::new));
    }

    /** With what the definition of its queue says of each row, where the query does not say it itself. */
    private Dataset<Row> withDefinition(Dataset<Row> yielded, Set<String> found) {
        Column[] ofQueue = Stream.of("queue", "queue_version", "data_as_at", "unavailable_reason")
                .filter(name -> name.equals("queue") || !found.contains(name))
                .map(functions::col)
                .toArray(Column[]::new);
        Dataset<Row> queues = spark.table("queue_definition").select(ofQueue);
        return yielded.join(NightSize.isGathered(spark) ? queues : broadcast(queues), new String[] {"queue"}, "left");
    }

    private Column column(Model model, Model.Column column, Set<String> present) {
        return switch (column.name()) {
            case "force" -> lit(force.code());
            case "release_id" -> lit(releaseId);
            case "data_as_at" -> asAt(present);
            case "is_available" -> isAvailable(model, present);
            case "unavailable_reason" -> when(not(isAvailable(model, present)), reason(model, present));
            default -> {
                if (!present.contains(column.name())) {
                    throw new IllegalStateException(model.table() + ".sql does not yield the column '" + column.name()
                            + "', which its .yml declares");
                }
                yield model.isMasked(column)
                        ? when(isAvailable(model, present), col(column.name()))
                        : col(column.name());
            }
        };
    }

    /** Last day that is known of the row: of its queue, or of what the query names; without either the business date. */
    private Column asAt(Set<String> present) {
        return present.contains("data_as_at") ? col("data_as_at") : lit(businessDate);
    }

    private Column isAvailable(Model model, Set<String> present) {
        return model.mayBeUnavailable()
                ? expr(model.availableTo().replace(":as_of_date", "date'" + businessDate + "'"))
                        .leq(asAt(present))
                : lit(true);
    }

    private static Column reason(Model model, Set<String> present) {
        if (!present.contains("unavailable_reason")) {
            return lit(null);
        }
        return model.lastValue().isEmpty()
                ? col("unavailable_reason")
                : concat(col("unavailable_reason"), lit("; last known: "), col(model.lastValue()));
    }
}
