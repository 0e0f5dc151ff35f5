package uk.fpw.metrics.change;

import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.row_number;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.expressions.Window;
import org.apache.spark.sql.expressions.WindowSpec;
import org.jspecify.annotations.Nullable;
import uk.fpw.metrics.plan.NightSize;
import uk.fpw.warehouse.catalog.CatalogSettings;
import uk.fpw.warehouse.force.ColumnsInUse;
import uk.fpw.warehouse.force.Feed;
import uk.fpw.warehouse.force.Force;
import uk.fpw.warehouse.force.Queue;
import uk.fpw.warehouse.run.MetricsResult.MassClosure;

/**
 * What the items have in common that have left a queue: the loaded date that brought the news of them, and a column that was changed in their rows. Reads {@code raw}, which
 * keeps every version; only asked where many have left.
 */
final class MassClosures {

    /** An item is known by the rows of its latest loaded date; what they changed is seen by the version before, which a row of a log does not have. */
    private static final String CLOSURES = SpellChanges.PAIRS + """
            ,

            closed as (

                select
                    pairs.spell_id,
                    pairs.left_as,
                    pairs.item_key,
                    max(row_version.known_on) as loaded_on
                from pairs
                inner join row_version
                    on pairs.item_key = row_version.item_key
                where pairs.queue = :queue and pairs.was_open and pairs.left_as is not null and row_version.recency = 1
                group by pairs.spell_id, pairs.left_as, pairs.item_key

            ),

            by_reason as (

                select
                    loaded_on,
                    left_as,
                    count(*) as closed_count
                from closed
                group by loaded_on, left_as

            ),

            changed as (

                select distinct
                    closed.spell_id,
                    closed.loaded_on,
                    latest.feed,
                    columns.name
                from closed
                inner join row_version as latest
                    on closed.item_key = latest.item_key and closed.loaded_on = latest.known_on
                inner join row_version as earlier
                    on latest.feed = earlier.feed and latest.row_key = earlier.row_key
                    lateral view posexplode(latest.names) columns as place, name
                where
                    latest.recency = 1
                    and earlier.recency = 2
                    and latest.op <> 'delete'
                    and latest.texts[columns.place] is distinct from earlier.texts[columns.place]

            ),

            by_column as (

                select
                    loaded_on,
                    concat(feed, '.', name) as feed_column,
                    count(*) as closed_count
                from changed
                group by loaded_on, feed, name

            )

            select
                cast(reason.most.loaded_on as string),
                reason.most.left_as,
                reason.most.closed_count,
                change.most.feed_column,
                cast(change.most.loaded_on as string),
                coalesce(change.most.closed_count, 0)
            from (select max(struct(closed_count, loaded_on, left_as)) as most from by_reason) as reason
            cross join (select max(struct(closed_count, loaded_on, feed_column)) as most from by_column) as change
            where reason.most is not null
            """;

    private final SparkSession spark;
    private final Force force;

    MassClosures(SparkSession spark, Force force) {
        this.spark = spark;
        this.force = force;
    }

    /** Of one queue, whose views {@link SpellChanges} has made; null if no row tells of its items. */
    @Nullable
    MassClosure of(String name) {
        Queue queue = force.queues().stream()
                .filter(each -> each.name().equals(name))
                .findFirst()
                .orElseThrow();
        Dataset<Row> versions = force.feedsBehind(queue).stream()
                .filter(feed -> spark.catalog().tableExists(raw(feed)))
                .map(feed -> versions(force.feed(feed)))
                .reduce(Dataset::union)
                .orElse(null);
        if (versions == null) {
            return null;
        }
        versions.createOrReplaceTempView("row_version");
        List<Row> found = spark.sql(CLOSURES, Map.of("queue", name)).collectAsList();
        if (found.isEmpty()) {
            return null;
        }
        Row row = found.get(0);
        return new MassClosure(
                row.getString(0),
                row.getString(1),
                row.getLong(2),
                row.isNullAt(3) ? null : row.getString(3),
                row.isNullAt(4) ? null : row.getString(4),
                row.getLong(5));
    }

    /** The latest two versions of each row, with the columns on which figures rest as texts; the cursor of a feed changes with every version and says nothing. */
    private Dataset<Row> versions(Feed feed) {
        Feed.Cursor cursor = feed.origin() instanceof Feed.DatabaseRows rows ? rows.cursor() : null;
        List<Column> names = new ArrayList<>();
        List<Column> texts = new ArrayList<>();
        for (int position : ColumnsInUse.of(force, feed)) {
            String column = feed.columns().get(position).name();
            if (cursor == null || !cursor.column().equals(column)) {
                names.add(lit(column));
                texts.add(col(column).cast("string"));
            }
        }
        WindowSpec latestFirst = Window.partitionBy("_key").orderBy(col("_seq").desc());
        return NightSize.source(spark.table(raw(feed.name())))
                .select(
                        lit(feed.name()).as("feed"),
                        col("_key").as("row_key"),
                        concat(lit(feed.source() + ":"), col("_item")).as("item_key"),
                        col("_known_on").as("known_on"),
                        col("_op").as("op"),
                        row_number().over(latestFirst).as("recency"),
                        array(names.toArray(Column[]::new))
                                .cast("array<string>")
                                .as("names"),
                        array(texts.toArray(Column[]::new))
                                .cast("array<string>")
                                .as("texts"))
                .where(col("recency").leq(2));
    }

    private static String raw(String feed) {
        return CatalogSettings.NAME + ".raw." + feed;
    }
}
