package uk.fpw.metrics.model;

import static org.apache.spark.sql.types.DataTypes.BooleanType;
import static org.apache.spark.sql.types.DataTypes.DateType;
import static org.apache.spark.sql.types.DataTypes.IntegerType;
import static org.apache.spark.sql.types.DataTypes.StringType;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.stream.Collectors;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.StructType;
import uk.fpw.metrics.plan.NightSize;
import uk.fpw.warehouse.force.Coverage;
import uk.fpw.warehouse.force.Force;
import uk.fpw.warehouse.force.Queue;
import uk.fpw.warehouse.run.VersionChange;

/**
 * The definitions of a force as views that the models read.
 *
 * <ul>
 *   <li>{@code queue_definition (queue, queue_version, title, description, item_kind, item_unit, observed_from, earliest_entry, provisional_days, queue_order, parent_queue, variant_of, data_as_at,
 *       unavailable_reason, version_since_on, previous_version)}: the last two as {@link VersionChange} has them, null where no release counted otherwise; data_as_at is the last day that is known of the queue, and unavailable_reason says why that is not
 *       the business date (null if it is)
 *   <li>{@code queue_event (queue, event, role, role_order, reentry_reason, left_as, is_served)}: role is {@code enters}, {@code re_enters} or {@code leaves}; an event that both
 *       enters and re-enters has one row, {@code enters} with its reason
 *   <li>{@code staging_feed (feed, item_kind)}: a staging query of the kind reads the feed
 *   <li>{@code queue_standard (queue, standard, standard_order, title, within_hours, within_days, applies_to)}
 *   <li>{@code case_opening (item_kind, event)}: an event that opens a case by some milestones
 *   <li>{@code grading_coverage (grading, data_as_at, unavailable_reason)}: the last day that is known of the judgements of a grading query, and why that is not the business date
 *   <li>{@code bank_holiday (day)}
 * </ul>
 */
public final class Definitions {

    private Definitions() {}

    /** Registers the views, replacing those of another force. */
    public static void register(
            SparkSession spark, Force force, Coverage coverage, Map<String, VersionChange> versionChanges) {
        view(spark, "queue_definition", queues(force, coverage, versionChanges), QUEUE);
        view(spark, "staging_feed", stagingFeeds(force), STAGING_FEED);
        view(spark, "queue_event", events(force), EVENT);
        view(spark, "queue_standard", standards(force), STANDARD);
        view(spark, "case_opening", caseOpenings(force), CASE_OPENING);
        view(spark, "grading_coverage", gradingCoverage(force, coverage), GRADING_COVERAGE);
        view(
                spark,
                "bank_holiday",
                force.bankHolidays().stream().map(RowFactory::create).toList(),
                HOLIDAY);
    }

    private static final StructType QUEUE = new StructType()
            .add("queue", StringType, false)
            .add("queue_version", IntegerType, false)
            .add("title", StringType, false)
            .add("description", StringType, false)
            .add("item_kind", StringType, false)
            .add("item_unit", StringType, false)
            .add("observed_from", DateType, true)
            .add("earliest_entry", DateType, false)
            .add("provisional_days", IntegerType, false)
            .add("queue_order", IntegerType, false)
            .add("parent_queue", StringType, true)
            .add("variant_of", StringType, true)
            .add("data_as_at", DateType, false)
            .add("unavailable_reason", StringType, true)
            .add("version_since_on", DateType, true)
            .add("previous_version", IntegerType, true);

    private static final StructType STAGING_FEED = columns(StringType, "feed", "item_kind");

    private static final StructType CASE_OPENING = columns(StringType, "item_kind", "event");

    private static final StructType STANDARD = new StructType()
            .add("queue", StringType, false)
            .add("standard", StringType, false)
            .add("standard_order", IntegerType, false)
            .add("title", StringType, false)
            .add("within_hours", IntegerType, true)
            .add("within_days", IntegerType, true)
            .add("applies_to", StringType, false);

    private static final StructType EVENT = new StructType()
            .add("queue", StringType, false)
            .add("event", StringType, false)
            .add("role", StringType, false)
            .add("role_order", IntegerType, false)
            .add("reentry_reason", StringType, true)
            .add("left_as", StringType, true)
            .add("is_served", BooleanType, true);

    private static final StructType GRADING_COVERAGE = new StructType()
            .add("grading", StringType, false)
            .add("data_as_at", DateType, false)
            .add("unavailable_reason", StringType, true);

    private static final StructType HOLIDAY = columns(DateType, "day");

    private static List<Row> queues(Force force, Coverage coverage, Map<String, VersionChange> versionChanges) {
        List<Row> rows = new ArrayList<>();
        for (Queue queue : force.queues()) {
            VersionChange change = versionChanges.get(queue.name());
            SortedSet<String> feeds = force.feedsBehind(queue);
            rows.add(RowFactory.create(
                    queue.name(),
                    queue.version(),
                    queue.title(),
                    queue.description(),
                    queue.itemKind(),
                    queue.itemUnit(),
                    queue.observedFrom(),
                    queue.earliestEntry(),
                    queue.provisionalDays(),
                    rows.size(),
                    queue.parent(),
                    queue.variantOf(),
                    coverage.asAt(feeds),
                    coverage.reason(force, feeds),
                    change == null ? null : change.since(),
                    change == null ? null : change.previousVersion()));
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

    private static List<Row> standards(Force force) {
        List<Row> rows = new ArrayList<>();
        for (Queue queue : force.queues()) {
            int order = 0;
            for (Queue.Standard standard : queue.standards()) {
                rows.add(RowFactory.create(
                        queue.name(),
                        standard.name(),
                        ++order,
                        standard.title(),
                        standard.withinHours(),
                        standard.withinDays(),
                        appliesTo(standard)));
            }
        }
        return rows;
    }

    /** {@code priority high or urgent, kind phone}. */
    private static String appliesTo(Queue.Standard standard) {
        return standard.when().isEmpty()
                ? "every item"
                : standard.when().entrySet().stream()
                        .map(condition -> condition.getKey() + " " + String.join(" or ", condition.getValue()))
                        .collect(Collectors.joining(", "));
    }

    private static List<Row> events(Force force) {
        List<Row> rows = new ArrayList<>();
        for (Queue queue : force.queues()) {
            int order = 0;
            for (String event : queue.enters()) {
                String reason = queue.reEnters().stream()
                        .filter(again -> again.event().equals(event))
                        .map(Queue.ReEntry::reason)
                        .findFirst()
                        .orElse(null);
                rows.add(RowFactory.create(queue.name(), event, "enters", order++, reason, null, null));
            }
            for (Queue.ReEntry again : queue.reEnters()) {
                if (queue.enters().contains(again.event())) {
                    continue;
                }
                rows.add(RowFactory.create(
                        queue.name(), again.event(), "re_enters", order++, again.reason(), null, null));
            }
            for (Queue.Exit exit : queue.leaves()) {
                rows.add(RowFactory.create(
                        queue.name(), exit.event(), "leaves", order++, null, exit.as(), exit.served()));
            }
        }
        return rows;
    }

    private static List<Row> gradingCoverage(Force force, Coverage coverage) {
        return force.gradings().stream()
                .map(grading -> RowFactory.create(
                        grading.name(), coverage.asAt(grading.feeds()), coverage.reason(force, grading.feeds())))
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
