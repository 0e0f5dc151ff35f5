-- The contribution of each cause to each count that the candidate states differently; what remains unexplained is a part without a cause. The
-- version of the software comes first: what it makes of the same spells and definitions. What erased rows counted is found in the same way, and is
-- part of what was deleted. If a value is missing, there is no part. Grain: queue, slice, slice_value, measure, exit_reason, period_kind,
-- period_start_on, cause. Reads: compared_figure, figure_part, cell of the replaced count.
-- Parameter: is_recounted, boolean. Whether the replaced release may state other counts than its spells.
-- Parameter: recount_cause, text. The cause of such differences.
-- Parameter: withdrawn_queues, texts. Queues that depend on a withdrawn load.
with

changed as (

    select
        *,
        new_value - replaced_value as difference
    from compared_figure
    where replaced_value is distinct from new_value

),

counted as (

    select
        changed.*,
        figure_part.cause,
        figure_part.part
    from changed
    inner join figure_part
        using (queue, slice, slice_value, measure, exit_reason, period_kind, period_start_on)
    where changed.difference is not null
    union all
    select
        changed.*,
        :recount_cause,
        coalesce(recounted.figure, 0) - changed.replaced_value
    from changed
    left join (
        select
            queue,
            slice,
            slice_value,
            measure,
            exit_reason,
            period_kind,
            period_start_on,
            sum(figure) as figure
        from replaced_count.cell
        group by all
    ) as recounted
        using (queue, slice, slice_value, measure, exit_reason, period_kind, period_start_on)
    where changed.difference is not null and :is_recounted

),

explained as (

    select
        queue,
        slice,
        slice_value,
        measure,
        exit_reason,
        period_kind,
        period_start_on,
        sum(part) as part
    from counted
    group by all

),

stated as (

    select * from counted
    union all
    select
        changed.*,
        'unexplained',
        changed.difference - coalesce(explained.part, 0)
    from changed
    left join explained
        using (queue, slice, slice_value, measure, exit_reason, period_kind, period_start_on)
    where changed.difference is not null

)

select
    * exclude (difference, part),
    cast(sum(part) as bigint) as part
from stated
group by all
having sum(part) <> 0
union all
select
    * exclude (difference),
    case
        when is_known then 'definition'
        when new_value is null and queue in :withdrawn_queues then 'withdrawn load'
        else 'coverage'
    end as cause,
    cast(null as bigint) as part
from changed
where difference is null
