package uk.fpw.metrics.change;

import java.util.List;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import uk.fpw.metrics.plan.NightSize;
import uk.fpw.warehouse.catalog.CatalogSettings;
import uk.fpw.warehouse.force.Force;
import uk.fpw.warehouse.run.Baseline;
import uk.fpw.warehouse.run.MetricsResult;
import uk.fpw.warehouse.run.MetricsResult.QueueChange;

/**
 * Compares the spells of a candidate with those of the current release, queue by queue, as both know them on the last day that both know: what happened after
 * it is news and no change, and so is the exit of an item that was open, however late it is recorded.
 */
public final class SpellChanges {

    private static final StructType QUEUE =
            new StructType().add("queue", DataTypes.StringType).add("known_to", DataTypes.DateType);

    /** The spells of both, as both know them on the last day that both know; {@code left_as} is what is known now. */
    static final String PAIRS = """
            with

            common as (

                select
                    earlier.queue,
                    least(earlier.known_to, definition.data_as_at) as known_to,
                    date_sub(least(earlier.known_to, definition.data_as_at), definition.provisional_days) as settled_to,
                    greatest(datediff(definition.data_as_at, earlier.known_to), 1) as span_days
                from baseline_queue as earlier
                inner join queue_definition as definition
                    on earlier.queue = definition.queue

            ),

            before as (

                select
                    spell.spell_id,
                    spell.queue,
                    spell.item_key,
                    spell.entered_on > date_sub(common.known_to, 28) as is_recent,
                    spell.left_on is null or spell.left_on > common.known_to as is_open,
                    spell.entered_on <= common.settled_to
                    and (spell.left_on is null or spell.left_on > common.settled_to) as is_open_then,
                    if(spell.left_on <= common.known_to, struct(spell.left_on, spell.left_as), null) as exit,
                    to_json(array_sort(map_entries(spell.slices))) as slices
                from baseline_spell as spell
                inner join common
                    on spell.queue = common.queue
                where spell.entered_on <= common.known_to

            ),

            now as (

                select
                    spell.spell_id,
                    spell.queue,
                    spell.left_on is null or spell.left_on > common.known_to as is_open,
                    spell.entered_on <= common.settled_to
                    and (spell.left_on is null or spell.left_on > common.settled_to) as is_open_then,
                    if(spell.left_on <= common.known_to, struct(spell.left_on, spell.left_as), null) as exit,
                    to_json(array_sort(map_entries(spell.slices))) as slices,
                    spell.left_as
                from spell
                inner join common
                    on spell.queue = common.queue
                where spell.entered_on <= common.known_to

            ),

            pairs as (

                select
                    coalesce(before.queue, now.queue) as queue,
                    coalesce(before.spell_id, now.spell_id) as spell_id,
                    before.item_key,
                    before.spell_id is not null as was_there,
                    now.spell_id is not null as is_there,
                    coalesce(before.is_recent, false) as is_recent,
                    before.slices is distinct from now.slices
                    or before.exit is not null and before.exit is distinct from now.exit as differs,
                    before.exit is null and now.exit is not null as has_left_late,
                    coalesce(before.is_open, false) as was_open,
                    coalesce(now.is_open, false) as is_open,
                    coalesce(before.is_open_then, false) as was_open_then,
                    coalesce(now.is_open_then, false) as is_open_then,
                    if(now.spell_id is null, '(gone)', now.left_as) as left_as
                from before
                full join now
                    on before.spell_id = now.spell_id

            )""";

    /** Open spells that have left since are looked at with what is known now; so are the four spans of the same length before, which say what is usual. */
    private static final String CHANGES = PAIRS + """
            ,

            counted as (

                select
                    queue,
                    count_if(was_there) as spell_count,
                    count_if(was_there and not is_there) as gone_count,
                    count_if(was_there and is_there and differs) as changed_count,
                    count_if(was_there and is_there and has_left_late and not differs) as late_exit_count,
                    count_if(is_recent) as recent_count,
                    count_if(was_open) as total_before,
                    count_if(is_open) as total_now,
                    count_if(was_open_then) as settled_before,
                    count_if(is_open_then) as settled_now
                from pairs
                group by queue

            ),

            closed as (

                select
                    queue,
                    max(struct(closed_count, left_as)) as largest,
                    sum(closed_count) as closed_total
                from (
                    select
                        queue,
                        left_as,
                        count(*) as closed_count
                    from pairs
                    where was_open and left_as is not null
                    group by queue, left_as
                )
                group by queue

            ),

            spans as (

                select
                    queue,
                    span_days,
                    date_sub(known_to, span_days * number) as from_on
                from common
                    lateral view explode(sequence(1, 4)) numbers as number

            ),

            span_exits as (

                select
                    spans.queue,
                    spans.from_on,
                    if(spell.left_on <= date_add(spans.from_on, spans.span_days), spell.left_as, null) as left_as,
                    count(*) as spell_count
                from spans
                inner join spell
                    on
                        spans.queue = spell.queue
                        and spell.entered_on <= spans.from_on
                        and (spell.left_on is null or spell.left_on > spans.from_on)
                group by spans.queue, spans.from_on, 3

            ),

            usual as (

                select
                    queue,
                    max(if(left_as is null, 0, spell_count / open_count)) as closed_share,
                    max((open_count - still_open_count) / open_count) as closed_total_share
                from (
                    select
                        queue,
                        left_as,
                        spell_count,
                        sum(spell_count) over (partition by queue, from_on) as open_count,
                        sum(if(left_as is null, spell_count, 0)) over (partition by queue, from_on) as still_open_count
                    from span_exits
                )
                group by queue

            )

            select
                common.queue,
                cast(common.known_to as string) as known_to,
                coalesce(counted.spell_count, 0) as spell_count,
                coalesce(counted.gone_count, 0) as gone_count,
                coalesce(counted.changed_count, 0) as changed_count,
                coalesce(counted.total_before, 0) as total_before,
                coalesce(counted.total_now, 0) as total_now,
                closed.largest.left_as as closed_as,
                coalesce(closed.largest.closed_count, 0) as closed_count,
                coalesce(usual.closed_share, 0) as usual_closed_share,
                coalesce(closed.closed_total, 0) as closed_total,
                coalesce(usual.closed_total_share, 0) as usual_closed_total_share,
                coalesce(counted.recent_count, 0) as recent_count,
                cast(common.settled_to as string) as settled_to,
                coalesce(counted.settled_before, 0) as settled_before,
                coalesce(counted.settled_now, 0) as settled_now,
                coalesce(counted.late_exit_count, 0) as late_exit_count
            from common
            left join counted
                on common.queue = counted.queue
            left join closed
                on common.queue = closed.queue
            left join usual
                on common.queue = usual.queue
            order by common.queue
            """;

    private static final double HALF = 0.5;

    private final SparkSession spark;
    private final Force force;

    /** Compares candidates of a force. */
    public SpellChanges(SparkSession spark, Force force) {
        this.spark = spark;
        this.force = force;
    }

    /** One row for each queue that both have; the view {@code spell} must hold the candidate's spells. */
    public List<QueueChange> since(Baseline baseline) {
        NightSize.source(spark.read()
                        .option("versionAsOf", baseline.spellSnapshotId())
                        .table(CatalogSettings.NAME + ".core.spell"))
                .createOrReplaceTempView("baseline_spell");
        List<Row> queues = baseline.knownTo().entrySet().stream()
                .map(queue -> RowFactory.create(queue.getKey(), java.sql.Date.valueOf(queue.getValue())))
                .toList();
        NightSize.source(spark.createDataFrame(queues, QUEUE)).createOrReplaceTempView("baseline_queue");
        return spark.sql(CHANGES).collectAsList().stream().map(this::change).toList();
    }

    private QueueChange change(Row row) {
        String queue = row.getString(0);
        long open = row.getLong(5);
        long closed = row.getLong(10);
        return new QueueChange(
                queue,
                row.getString(1),
                row.getLong(2),
                row.getLong(3),
                row.getLong(4),
                row.getLong(16),
                row.getLong(12),
                open,
                row.getLong(6),
                new MetricsResult.Settled(row.getString(13), row.getLong(14), row.getLong(15)),
                row.isNullAt(7) ? null : row.getString(7),
                row.getLong(8),
                row.getDouble(9),
                closed,
                row.getDouble(11),
                closed >= QueueChange.MASS_CLOSURE && closed >= worthALook(queue) * open
                        ? new MassClosures(spark, force).of(queue)
                        : null);
    }

    private double worthALook(String name) {
        return force.queues().stream()
                .filter(queue -> queue.name().equals(name))
                .mapToDouble(queue -> Math.min(HALF, queue.limits().maxClosedShare()))
                .findFirst()
                .orElse(HALF);
    }
}
