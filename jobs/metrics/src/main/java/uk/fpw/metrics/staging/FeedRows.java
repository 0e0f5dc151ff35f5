package uk.fpw.metrics.staging;

import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat;
import static org.apache.spark.sql.functions.explode;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.filter;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.max_by;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.to_date;
import static org.apache.spark.sql.functions.udf;
import static org.apache.spark.sql.functions.when;

import java.sql.Date;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.api.java.UDF1;
import org.apache.spark.sql.expressions.UserDefinedFunction;
import org.apache.spark.sql.types.DataTypes;
import org.jspecify.annotations.Nullable;
import uk.fpw.metrics.account.RowCounts;
import uk.fpw.metrics.plan.SparkTuning;
import uk.fpw.warehouse.force.Force;
import uk.fpw.warehouse.force.feed.ClosedLists;
import uk.fpw.warehouse.force.feed.Feed;
import uk.fpw.warehouse.force.feed.Scope;
import uk.fpw.warehouse.force.rule.Rule;
import uk.fpw.warehouse.privacy.ValueShape;
import uk.fpw.warehouse.store.load.row.RowVersion;

/**
 * The current rows of the feeds, and which rules they break. Each feed is a view under its name with its declared
 * columns, and {@code row_key} if its rows have no key of their own. The view excludes rows out of scope, and rows of
 * items that an EXCLUDE rule excludes in any feed of the source. In a column with a closed list, rules and queries
 * see no other values.
 */
public final class FeedRows {

    private static final String FLAGS = "_flags";
    private static final UserDefinedFunction SHAPE =
            udf((UDF1<String, String>) text -> text == null ? null : ValueShape.of(text), DataTypes.StringType);

    private static final Pattern PLACE = Pattern.compile("\\{([a-z][a-z0-9_]*)}");

    private final SparkSession spark;
    private final Force force;
    private final Map<String, Dataset<Row>> stored = new HashMap<>();
    private final Map<String, Dataset<Row>> current = new HashMap<>();
    private final Dataset<Row> breaks;
    private final List<Integer> excluding = new ArrayList<>();

    /** Opens current rows, with the declared columns, {@code _key} and {@code _item}. */
    @FunctionalInterface
    public interface Source {
        Dataset<Row> current(Feed feed);
    }

    private FeedRows(SparkSession spark, Force force, Source source) {
        this.spark = spark;
        this.force = force;
        // opens each feed once, because that takes longer than reading a few rows
        for (Feed feed : force.feeds()) {
            Dataset<Row> rows = source.current(feed);
            stored.put(feed.name(), rows);
            current.put(feed.name(), listed(feed, feed.scope() == null ? rows : rows.where(isIn(feed.scope()))));
        }
        for (int rule = 0; rule < force.rules().size(); rule++) {
            if (force.rules().get(rule).severity() == Rule.Severity.EXCLUDE) {
                excluding.add(rule);
            }
        }
        // computed now: items must be excluded before a staging query aggregates their rows
        this.breaks = force.rules().isEmpty() ? breaks() : SparkTuning.computed(breaks());
    }

    /** Applies the rules of a force to the rows of {@code source}, and registers the views of its feeds. */
    public static FeedRows register(SparkSession spark, Force force, Source source) {
        FeedRows rows = new FeedRows(spark, force, source);
        force.feeds().forEach(feed -> rows.accepted(feed).createOrReplaceTempView(feed.name()));
        return rows;
    }

    /** The rows of a feed that was never loaded. */
    public static Dataset<Row> none(SparkSession spark, Feed feed) {
        return spark.createDataFrame(
                List.of(), FeedSchema.of(feed).add("_key", DataTypes.StringType).add("_item", DataTypes.StringType));
    }

    /** The versions of rows of a feed that was never loaded. */
    public static Dataset<Row> noVersions(SparkSession spark, Feed feed) {
        return none(spark, feed)
                .withColumn("_op", lit("upsert"))
                .withColumn("_seq", lit(0L))
                .withColumn("_known_on", lit(null).cast("date"));
    }

    /**
     * Every current row in scope, as {@link InputRows#FEED_ROW}, and every rule that it breaks, as
     * {@link InputRows#RULE_BREAK}.
     */
    List<Dataset<Row>> rows(LocalDate businessDate) {
        List<Dataset<Row>> rows = new ArrayList<>();
        for (int i = 0; i < force.feeds().size(); i++) {
            Feed feed = force.feeds().get(i);
            rows.add(InputRows.shape(
                    current(feed), InputRows.FEED_ROW, i, item(feed), texts(feed), laterDates(feed, businessDate)));
        }
        if (!force.rules().isEmpty()) {
            rows.add(breaks);
        }
        return rows;
    }

    private List<Column> texts(Feed feed) {
        String outcomes = feed.columns().stream()
                .filter(column -> column.unreadable() == Feed.Unreadable.OUTCOME)
                .map(Feed.Column::name)
                .collect(Collectors.joining("|"));
        // rows of examples have no flags
        boolean hasFlags = List.of(current(feed).columns()).contains(FLAGS);
        return outcomes.isEmpty() || !hasFlags
                ? List.of(col("_key"))
                : List.of(
                        col("_key"),
                        when(
                                col(FLAGS).rlike("(^|,)(" + outcomes + ")" + RowVersion.UNREADABLE + "(,|$)"),
                                col(FLAGS)));
    }

    /** For each date or time column, whether it is after the business date; empty if none is. */
    private static Column laterDates(Feed feed, LocalDate businessDate) {
        List<Column> isLater = feed.datedColumns().stream()
                .map(column -> coalesce(to_date(col(column.name())).gt(lit(Date.valueOf(businessDate))), lit(false)))
                .toList();
        Column none = array().cast("array<bigint>");
        return isLater.stream()
                .reduce(Column::or)
                .map(isAny -> when(
                                isAny,
                                array(isLater.stream()
                                        .map(later -> later.cast("bigint"))
                                        .toArray(Column[]::new)))
                        .otherwise(none))
                .orElse(none);
    }

    /**
     * Counts the current rows of each feed without following their items, in the order of the force's feeds. Runs a
     * query of its own.
     *
     * @param versions every version of every row of a feed that has a scope; null if earlier versions are not to be
     *     read
     */
    public List<RowCounts.Current> count(@Nullable Function<Feed, Dataset<Row>> versions, LocalDate businessDate) {
        RowCounts.Current[] counts = new RowCounts.Current[force.feeds().size()];
        Arrays.fill(counts, RowCounts.Current.NONE);
        List<Dataset<Row>> rows = new ArrayList<>();
        for (int i = 0; i < counts.length; i++) {
            Feed feed = force.feeds().get(i);
            Column isOut = feed.scope() == null ? lit(false) : not(isIn(feed.scope()));
            rows.add(Objects.requireNonNull(stored.get(feed.name()))
                    .select(counted(i, lit(true), isOut, lit(false), lit(false), lit(false))));
            if (feed.scope() != null && versions != null) {
                rows.add(history(versions.apply(feed), feed.scope(), businessDate)
                        .select(counted(
                                i,
                                lit(false),
                                lit(false),
                                not(col("is_in")).and(col("was_in")),
                                col("has_changed"),
                                not(col("is_in")).and(col("was_in_before")))));
            }
        }
        rows.stream().reduce(Dataset::union).ifPresent(all -> SparkTuning.source(all)
                .groupBy("feed")
                .agg(sum("current"), sum("out"), sum("were_in"), sum("changed"), sum("left"))
                .collectAsList()
                .forEach(row -> counts[row.getInt(0)] = new RowCounts.Current(
                        row.getLong(1), row.getLong(2), row.getLong(3), row.getLong(4), row.getLong(5))));
        return List.of(counts);
    }

    private static Column[] counted(
            int feed, Column isCurrent, Column isOut, Column wasIn, Column hasChanged, Column hasLeft) {
        return new Column[] {
            lit(feed).as("feed"),
            isCurrent.cast("bigint").as("current"),
            isOut.cast("bigint").as("out"),
            wasIn.cast("bigint").as("were_in"),
            hasChanged.cast("bigint").as("changed"),
            hasLeft.cast("bigint").as("left")
        };
    }

    /**
     * For each row that was not deleted: whether it is in scope, ever was, was before the business date, and has
     * changed.
     */
    private static Dataset<Row> history(Dataset<Row> versions, Scope scope, LocalDate businessDate) {
        Column isBefore = col("_known_on").lt(lit(Date.valueOf(businessDate)));
        Column fixed = struct(scope.fixed().stream().map(name -> col(name)).toArray(Column[]::new));
        return versions.select(
                        col("_key"),
                        col("_seq"),
                        col("_op").equalTo("upsert").as("is_stored"),
                        isIn(scope).as("is_in_scope"),
                        isBefore.as("is_before"),
                        fixed.as("fixed"))
                .groupBy("_key")
                .agg(
                        max_by(col("is_stored"), col("_seq")).as("is_there"),
                        max_by(col("is_in_scope"), col("_seq")).as("is_in"),
                        max(col("is_in_scope").and(col("is_stored"))).as("was_in"),
                        coalesce(
                                        max_by(
                                                when(
                                                        col("is_before"),
                                                        col("is_in_scope").and(col("is_stored"))),
                                                when(col("is_before"), col("_seq"))),
                                        lit(false))
                                .as("was_in_before"),
                        not(min(when(col("is_stored"), col("fixed")))
                                        .eqNullSafe(max(when(col("is_stored"), col("fixed")))))
                                .as("has_changed"))
                .where(col("is_there"));
    }

    /** Whether a row is in scope; it is if the condition is null. */
    private static Column isIn(Scope scope) {
        return coalesce(expr("(" + scope.where() + "\n)"), lit(true));
    }

    private static Dataset<Row> listed(Feed feed, Dataset<Row> rows) {
        Dataset<Row> listed = rows;
        for (String column : feed.lists().values().keySet()) {
            listed = listed.withColumn(column, listed(feed, column));
        }
        return listed;
    }

    /** A column in which values outside its closed list become {@code (not listed)}. */
    static Column listed(Feed feed, String column) {
        Set<String> values = feed.lists().values().get(column);
        Column value = col(column);
        return values == null
                ? value
                : when(value.isNull().or(value.isin(values.toArray())), value).otherwise(lit(ClosedLists.NOT_LISTED));
    }

    /** The current rows of a feed, including those of excluded items. */
    Dataset<Row> current(Feed feed) {
        return Objects.requireNonNull(current.get(feed.name()));
    }

    /** {@code source:key} of the item of a row. */
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

    /** The broken rules of one feed, in one pass over its rows. */
    private Dataset<Row> breaks(int position, List<Integer> rules) {
        Feed feed = force.feeds().get(position);
        Dataset<Row> current = current(feed);
        if (feed.isKeyedByRow()) {
            // as in the view used to check the rules, which may order rows by it
            current = current.withColumn(FeedSchema.ROW_KEY, col("_key"));
        }
        List<Column> columns = new ArrayList<>(List.of(col("*")));
        List<Column> broken = new ArrayList<>();
        for (int number : rules) {
            Rule rule = force.rules().get(number);
            // computed as a column first, because a filter cannot contain a window function
            String isGood = "_is_good_" + number;
            columns.add(
                    coalesce(expr("(" + rule.expression() + "\n)"), lit(true)).as(isGood));
            broken.add(when(
                    not(col(isGood)),
                    struct(
                            lit((long) number).as("rule"),
                            message(feed, rule, column -> col(column.name()).cast("string"))
                                    .as("reason"),
                            message(feed, rule, column -> shape(feed, column)).as("example"))));
        }
        Dataset<Row> exploded = current.select(columns.toArray(Column[]::new))
                .withColumn("_broken", explode(filter(array(broken.toArray(Column[]::new)), one -> one.isNotNull())));
        return InputRows.shape(
                exploded,
                InputRows.RULE_BREAK,
                position,
                item(feed),
                List.of(col("_key"), col("_broken.reason"), col("_broken.example")),
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

    /**
     * What can be shown outside of restricted tables: the shape of a text, or a text that the feed lists; null for
     * dates and numbers, of which a shape says nothing.
     */
    private static @Nullable Column shape(Feed feed, Feed.Column column) {
        Column value = col(column.name()).cast("string");
        Set<String> listed = feed.lists().values().getOrDefault(column.name(), Set.of());
        return switch (column.type()) {
            case BOOLEAN -> value;
            case TEXT -> when(value.isin(listed.toArray()), value).otherwise(SHAPE.apply(value));
            case WHOLE, DECIMAL, DATE, LOCAL_TIME, INSTANT -> null;
        };
    }

    /**
     * The message of a rule with each {@code {column}} replaced, except those of personal columns.
     *
     * @param shown what replaces a value that is not null; null if nothing does
     */
    private static Column message(Feed feed, Rule rule, Function<Feed.Column, @Nullable Column> shown) {
        String message = rule.message();
        List<Column> parts = new ArrayList<>();
        Matcher place = PLACE.matcher(message);
        int done = 0;
        while (place.find()) {
            String before = message.substring(done, place.start());
            Feed.Column column = feed.column(place.group(1));
            done = place.end();
            if (column.privacy() != Feed.Privacy.NOT_PERSONAL) {
                parts.add(lit(before + "(not shown)"));
                continue;
            }
            Column value = shown.apply(column);
            parts.add(lit(value == null ? before.stripTrailing() : before));
            if (value != null) {
                parts.add(coalesce(value, lit("(none)")));
            }
        }
        parts.add(lit(message.substring(done)));
        return concat(parts.toArray(Column[]::new));
    }
}
