package uk.fpw.metrics.staging;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.not;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import uk.fpw.metrics.plan.NightSize;
import uk.fpw.warehouse.force.Feed;
import uk.fpw.warehouse.force.Force;
import uk.fpw.warehouse.force.Rule;

/**
 * The current rows of the feeds, and what the rules say of them, as views.
 *
 * <ul>
 *   <li>{@code feed_row (feed, row_key, item_key)}: every current row of every feed
 *   <li>{@code rule_break (feed, row_key, item_key, code, severity, reason, rule_order)}: every row that breaks a rule
 *   <li>the name of each feed: its declared columns, and {@code row_key} where rows have no key of their own, without the rows of items that an EXCLUDE rule keeps out in any feed of the source
 * </ul>
 */
public final class FeedRows {

    private static final StructType ROW = new StructType()
            .add("feed", DataTypes.StringType)
            .add("row_key", DataTypes.StringType)
            .add("item_key", DataTypes.StringType);

    private static final StructType BREAK = ROW.add("code", DataTypes.StringType)
            .add("severity", DataTypes.StringType)
            .add("reason", DataTypes.StringType)
            .add("rule_order", DataTypes.IntegerType);

    private static final Pattern PLACE = Pattern.compile("\\{([a-z][a-z0-9_]*)}");

    private final SparkSession spark;
    private final Force force;

    /** Prepares the feeds of one force. */
    public FeedRows(SparkSession spark, Force force) {
        this.spark = spark;
        this.force = force;
    }

    /** Registers the views over the tables that {@code source} opens. */
    public void register(Source source) {
        List<Dataset<Row>> rows = new ArrayList<>();
        List<Dataset<Row>> breaks = new ArrayList<>();
        for (Feed feed : force.feeds()) {
            Dataset<Row> current =
                    source.current(feed).withColumn("_item_key", concat(lit(feed.source() + ":"), col("_item")));
            if (feed.isKeyedByRow()) {
                // as the check's view has it: rules may order rows by it
                current = current.withColumn(FeedSchema.ROW_KEY, col("_key"));
            }
            rows.add(current.select(
                    lit(feed.name()).as("feed"),
                    col("_key").as("row_key"),
                    col("_item_key").as("item_key")));
            for (int order = 0; order < force.rules().size(); order++) {
                Rule rule = force.rules().get(order);
                if (rule.feed().equals(feed.name())) {
                    breaks.add(breaks(feed, current, rule, order));
                }
            }
        }
        union(rows, ROW).createOrReplaceTempView("feed_row");
        NightSize.computed(union(breaks, BREAK)).createOrReplaceTempView("rule_break");
        for (Feed feed : force.feeds()) {
            accepted(feed, source).createOrReplaceTempView(feed.name());
        }
    }

    /** Where current rows come from: the declared columns with {@code _key} and {@code _item}. */
    @FunctionalInterface
    public interface Source {
        /** The current rows of a feed. */
        Dataset<Row> current(Feed feed);
    }

    /** An empty feed, for one that was never loaded. */
    public static Dataset<Row> none(SparkSession spark, Feed feed) {
        return spark.createDataFrame(
                List.of(), FeedSchema.of(feed).add("_key", DataTypes.StringType).add("_item", DataTypes.StringType));
    }

    private Dataset<Row> accepted(Feed feed, Source source) {
        Dataset<Row> current = source.current(feed);
        List<Column> columns = new ArrayList<>();
        feed.columns().forEach(column -> columns.add(col(column.name())));
        if (feed.isKeyedByRow()) {
            columns.add(col("_key").as(FeedSchema.ROW_KEY));
        }
        Column[] declared = columns.toArray(Column[]::new);
        boolean canExclude = force.rules().stream()
                .anyMatch(rule -> rule.severity() == Rule.Severity.EXCLUDE
                        && force.feed(rule.feed()).source().equals(feed.source()));
        if (!canExclude) {
            return current.select(declared);
        }
        Dataset<Row> excluded = spark.table("rule_break")
                .where(col("severity").equalTo(Rule.Severity.EXCLUDE.name()))
                .select(col("item_key").as("_excluded"))
                .distinct();
        return current.join(
                        excluded, concat(lit(feed.source() + ":"), col("_item")).equalTo(col("_excluded")), "left_anti")
                .select(declared);
    }

    private static Dataset<Row> breaks(Feed feed, Dataset<Row> current, Rule rule, int order) {
        // A column first: a condition cannot hold a window function.
        return current.withColumn("_is_good", coalesce(expr("(" + rule.expression() + "\n)"), lit(true)))
                .where(not(col("_is_good")))
                .select(
                        lit(feed.name()).as("feed"),
                        col("_key").as("row_key"),
                        col("_item_key").as("item_key"),
                        lit(rule.code()).as("code"),
                        lit(rule.severity().name()).as("severity"),
                        reason(feed, rule.message()).as("reason"),
                        lit(order).as("rule_order"));
    }

    /** The message with each {@code {column}} replaced by its value; a personal column is never shown. */
    private static Column reason(Feed feed, String message) {
        List<Column> parts = new ArrayList<>();
        Matcher place = PLACE.matcher(message);
        int done = 0;
        while (place.find()) {
            parts.add(lit(message.substring(done, place.start())));
            Feed.Column column = feed.column(place.group(1));
            parts.add(
                    column.privacy() == Feed.Privacy.NOT_PERSONAL
                            ? coalesce(col(column.name()).cast("string"), lit("(none)"))
                            : lit("(not shown)"));
            done = place.end();
        }
        parts.add(lit(message.substring(done)));
        return concat(parts.toArray(Column[]::new));
    }

    private Dataset<Row> union(List<Dataset<Row>> parts, StructType schema) {
        return parts.stream()
                .reduce(Dataset::union)
                .orElseGet(() -> NightSize.source(spark.createDataFrame(List.of(), schema)));
    }
}
