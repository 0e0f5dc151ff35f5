package uk.fpw.metrics.change;

import java.util.List;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import uk.fpw.metrics.plan.NightSize;
import uk.fpw.warehouse.catalog.CatalogSettings;
import uk.fpw.warehouse.run.Baseline;
import uk.fpw.warehouse.run.MetricsResult.QueueChange;

/**
 * Compares the spells of a candidate with those of the current release, queue by queue, as both know them on the last day that both know: what happened after
 * it is news and no change.
 */
public final class SpellChanges {

    private static final StructType QUEUE =
            new StructType().add("queue", DataTypes.StringType).add("known_to", DataTypes.DateType);

    /** Open spells that have left since are looked at with what is known now; so are the four spans of the same length before, which say what is usual. */
    private static final String CHANGES = """
            with

            common as (

                select
                    earlier.queue,
                    least(earlier.known_to, definition.data_as_at) as known_to,
                    greatest(datediff(definition.data_as_at, earlier.known_to), 1) as span_days
                from baseline_queue as earlier
                inner join queue_definition as definition
                    on earlier.queue = definition.queue

            ),

            before as (

                select
                    spell.spell_id,
                    spell.queue,
                    spell.left_on is null or spell.left_on > common.known_to as is_open,
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
                    before.spell_id is not null as was_there,
                    now.spell_id is not null as is_there,
                    before.exit is distinct from now.exit or before.slices is distinct from now.slices as differs,
                    coalesce(before.is_open, false) as was_open,
                    coalesce(now.is_open, false) as is_open,
                    if(now.spell_id is null, '(gone)', now.left_as) as left_as
                from before
                full join now
                    on before.spell_id = now.spell_id

            ),

            counted as (

                select
                    queue,
                    count_if(was_there) as spell_count,
                    count_if(was_there and not is_there) as gone_count,
                    count_if(was_there and is_there and differs) as changed_count,
                    count_if(was_open) as total_before,
                    count_if(is_open) as total_now
                from pairs
                group by queue

            ),

            closed as (

                select
                    queue,
                    max(struct(closed_count, left_as)) as largest
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
                    max(share) as closed_share
                from (
                    select
                        queue,
                        left_as,
                        spell_count / sum(spell_count) over (partition by queue, from_on) as share
                    from span_exits
                )
                where left_as is not null
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
                coalesce(usual.closed_share, 0) as usual_closed_share
            from common
            left join counted
                on common.queue = counted.queue
            left join closed
                on common.queue = closed.queue
            left join usual
                on common.queue = usual.queue
            order by common.queue
            """;

    private SpellChanges() {}

    /** One row for each queue that both have; the view {@code spell} must hold the candidate's spells. */
    public static List<QueueChange> since(Baseline baseline, SparkSession spark) {
        NightSize.source(spark.read()
                        .option("versionAsOf", baseline.spellSnapshotId())
                        .table(CatalogSettings.NAME + ".core.spell"))
                .createOrReplaceTempView("baseline_spell");
        List<Row> queues = baseline.knownTo().entrySet().stream()
                .map(queue -> RowFactory.create(queue.getKey(), java.sql.Date.valueOf(queue.getValue())))
                .toList();
        NightSize.source(spark.createDataFrame(queues, QUEUE)).createOrReplaceTempView("baseline_queue");
        return spark.sql(CHANGES).collectAsList().stream()
                .map(row -> new QueueChange(
                        row.getString(0),
                        row.getString(1),
                        row.getLong(2),
                        row.getLong(3),
                        row.getLong(4),
                        row.getLong(5),
                        row.getLong(6),
                        row.isNullAt(7) ? null : row.getString(7),
                        row.getLong(8),
                        row.getDouble(9)))
                .toList();
    }
}
