package uk.fpw.metrics.staging;

import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat;
import static org.apache.spark.sql.functions.explode;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.filter;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.when;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import uk.fpw.metrics.plan.SparkTuning;
import uk.fpw.warehouse.force.Force;
import uk.fpw.warehouse.force.feed.Feed;
import uk.fpw.warehouse.force.rule.Rule;

/**
 * The current rows of the feeds, and what the rules say of them. Each feed is a view under its name: its declared
 * columns, and {@code row_key} where rows have no key, without the rows of items that an EXCLUDE rule
 * keeps out in any feed of the source.
 */
public final class FeedRows {

    private static final Pattern PLACE = Pattern.compile("\\{([a-z][a-z0-9_]*)}");

    private final SparkSession spark;
    private final Force force;
    private final Map<String, Dataset<Row>> current = new HashMap<>();
    private final Dataset<Row> breaks;
    private final List<Integer> excluding = new ArrayList<>();

    /** Where current rows come from: the declared columns with {@code _key} and {@code _item}. */
    @FunctionalInterface
    public interface Source {
        /** The current rows of a feed. */
        Dataset<Row> current(Feed feed);
    }

    private FeedRows(SparkSession spark, Force force, Source source) {
        this.spark = spark;
        this.force = force;
        // each is opened once: that takes longer than to read few rows
        force.feeds().forEach(feed -> current.put(feed.name(), source.current(feed)));
        for (int rule = 0; rule < force.rules().size(); rule++) {
            if (force.rules().get(rule).severity() == Rule.Severity.EXCLUDE) {
                excluding.add(rule);
            }
        }
        // Computed now: an item must be excluded before a staging query aggregates its rows.
        this.breaks = force.rules().isEmpty() ? breaks() : SparkTuning.computed(breaks());
    }

    /** Applies the rules of a force to the rows that {@code source} opens, and registers the views of its feeds. */
    public static FeedRows register(SparkSession spark, Force force, Source source) {
        FeedRows rows = new FeedRows(spark, force, source);
        force.feeds().forEach(feed -> rows.accepted(feed).createOrReplaceTempView(feed.name()));
        return rows;
    }

    /** An empty feed, for one that was never loaded. */
    public static Dataset<Row> none(SparkSession spark, Feed feed) {
        return spark.createDataFrame(
                List.of(), FeedSchema.of(feed).add("_key", DataTypes.StringType).add("_item", DataTypes.StringType));
    }

    /**
     * Every current row, as {@link InputRows#FEED_ROW}, and every rule that one breaks, as
     * {@link InputRows#RULE_BREAK}.
     */
    List<Dataset<Row>> rows() {
        List<Dataset<Row>> rows = new ArrayList<>();
        for (int i = 0; i < force.feeds().size(); i++) {
            Feed feed = force.feeds().get(i);
            rows.add(
                    InputRows.shape(current(feed), InputRows.FEED_ROW, i, item(feed), List.of(col("_key")), List.of()));
        }
        if (!force.rules().isEmpty()) {
            rows.add(breaks);
        }
        return rows;
    }

    /** How many current rows each feed has, in the order of the force's; read by a separate query. */
    public long[] count() {
        long[] counts = new long[force.feeds().size()];
        List<Dataset<Row>> rows = new ArrayList<>();
        for (int i = 0; i < counts.length; i++) {
            rows.add(current(force.feeds().get(i)).select(lit(i).as("feed")));
        }
        rows.stream().reduce(Dataset::union).ifPresent(all -> SparkTuning.source(all)
                .groupBy("feed")
                .count()
                .collectAsList()
                .forEach(row -> counts[row.getInt(0)] = row.getLong(1)));
        return counts;
    }

    /** The current rows of a feed, those of excluded items among them. */
    Dataset<Row> current(Feed feed) {
        return Objects.requireNonNull(current.get(feed.name()));
    }

    /** {@code source:key} of the item that a row is about. */
    static Column item(Feed feed) {
        return concat(lit(feed.source() + ":"), col("_item"));
    }

    private Dataset<Row> breaks() {
        List<Dataset<Row>> parts = new ArrayList<>();
        for (int feed = 0; feed < force.feeds().size(); feed++) {
            List<Integer> rules = new ArrayList<>();
            for (int rule = 0; rule < force.rules().size(); rule++) {
                if (force.rules()
                        .get(rule)
                        .feed()
                        .equals(force.feeds().get(feed).name())) {
                    rules.add(rule);
                }
            }
            if (!rules.isEmpty()) {
                parts.add(breaks(feed, rules));
            }
        }
        return InputRows.union(spark, parts);
    }

    /** What the rows of one feed break; all its rules in one pass over them. */
    private Dataset<Row> breaks(int position, List<Integer> rules) {
        Feed feed = force.feeds().get(position);
        Dataset<Row> current = current(feed);
        if (feed.isKeyedByRow()) {
            // as the check's view has it: rules may order rows by it
            current = current.withColumn(FeedSchema.ROW_KEY, col("_key"));
        }
        List<Column> columns = new ArrayList<>(List.of(col("*")));
        List<Column> broken = new ArrayList<>();
        for (int number : rules) {
            Rule rule = force.rules().get(number);
            // A column first: a condition cannot hold a window function.
            String isGood = "_is_good_" + number;
            columns.add(
                    coalesce(expr("(" + rule.expression() + "\n)"), lit(true)).as(isGood));
            broken.add(when(
                    not(col(isGood)),
                    struct(
                            lit((long) number).as("rule"),
                            reason(feed, rule.message()).as("reason"))));
        }
        Dataset<Row> exploded = current.select(columns.toArray(Column[]::new))
                .withColumn("_broken", explode(filter(array(broken.toArray(Column[]::new)), one -> one.isNotNull())));
        return InputRows.shape(
                exploded,
                InputRows.RULE_BREAK,
                position,
                item(feed),
                List.of(col("_key"), col("_broken.reason")),
                List.of(col("_broken.rule")));
    }

    private Dataset<Row> accepted(Feed feed) {
        Dataset<Row> current = current(feed);
        List<Column> columns = new ArrayList<>();
        feed.columns().forEach(column -> columns.add(col(column.name())));
        if (feed.isKeyedByRow()) {
            columns.add(col("_key").as(FeedSchema.ROW_KEY));
        }
        Column[] declared = columns.toArray(Column[]::new);
        Object[] rules = excluding.stream()
                .filter(rule ->
                        force.feed(force.rules().get(rule).feed()).source().equals(feed.source()))
                .map(Integer::longValue)
                .toArray();
        if (rules.length == 0) {
            return current.select(declared);
        }
        Dataset<Row> excluded = breaks.where(col("numbers").getItem(0).isin(rules))
                .select(col("item_key").as("_excluded"))
                .distinct();
        return current.join(excluded, item(feed).equalTo(col("_excluded")), "left_anti")
                .select(declared);
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
}
