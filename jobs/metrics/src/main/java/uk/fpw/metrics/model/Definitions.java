package uk.fpw.metrics.model;

import static org.apache.spark.sql.types.DataTypes.DateType;
import static org.apache.spark.sql.types.DataTypes.IntegerType;
import static org.apache.spark.sql.types.DataTypes.StringType;

import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.StructType;
import uk.fpw.metrics.plan.NightSize;
import uk.fpw.warehouse.force.Coverage;
import uk.fpw.warehouse.force.Force;
import uk.fpw.warehouse.force.Queue;

/**
 * The definitions of a force as views that the models read.
 *
 * <ul>
 *   <li>{@code queue_definition (queue, queue_order, provisional_days, data_as_at)}: data_as_at is the last day that is known of the queue
 *   <li>{@code staging_feed (feed, item_kind)}: a staging query of the kind reads the feed
 *   <li>{@code case_opening (item_kind, event)}: an event that opens a case by some milestones
 * </ul>
 */
public final class Definitions {

    private Definitions() {}

    /** Registers the views, replacing those of another force. */
    public static void register(SparkSession spark, Force force, Coverage coverage) {
        view(spark, "queue_definition", queues(force, coverage), QUEUE);
        view(spark, "staging_feed", stagingFeeds(force), STAGING_FEED);
        view(spark, "case_opening", caseOpenings(force), CASE_OPENING);
    }

    private static final StructType QUEUE = new StructType()
            .add("queue", StringType, false)
            .add("queue_order", IntegerType, false)
            .add("provisional_days", IntegerType, false)
            .add("data_as_at", DateType, false);

    private static final StructType STAGING_FEED = columns(StringType, "feed", "item_kind");

    private static final StructType CASE_OPENING = columns(StringType, "item_kind", "event");

    private static List<Row> queues(Force force, Coverage coverage) {
        List<Row> rows = new ArrayList<>();
        for (Queue queue : force.queues()) {
            rows.add(RowFactory.create(
                    queue.name(), rows.size(), queue.provisionalDays(), coverage.asAt(force.feedsBehind(queue))));
        }
        return rows;
    }

    private static List<Row> stagingFeeds(Force force) {
        return force.stagings().stream()
                .flatMap(staging -> staging.feeds().stream().map(feed -> RowFactory.create(feed, staging.itemKind())))
                .distinct()
                .toList();
    }

    private static List<Row> caseOpenings(Force force) {
        return force.milestones().stream()
                .flatMap(milestones ->
                        milestones.opens().stream().map(event -> RowFactory.create(milestones.itemKind(), event)))
                .distinct()
                .toList();
    }

    private static StructType columns(DataType type, String... names) {
        StructType schema = new StructType();
        for (String name : names) {
            schema = schema.add(name, type, false);
        }
        return schema;
    }

    private static void view(SparkSession spark, String name, List<Row> rows, StructType schema) {
        NightSize.source(spark.createDataFrame(rows, schema)).createOrReplaceTempView(name);
    }
}
