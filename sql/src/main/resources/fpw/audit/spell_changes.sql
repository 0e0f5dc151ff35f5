-- How the spells of a candidate differ from those of the current release. Spells that were open and have left since are judged by what is known
-- now; so are the four earlier spans of the same length, which show what is usual. Grain: queue of both. Reads: spell_pair, compared_queue, spell.
with

by_reason as (

    select
        queue,
        case when was_open then left_as end as closed_as,
        count(*) as pair_count,
        count(*) filter (where was_there) as spell_count,
        count(*) filter (where was_there and not is_there) as gone_count,
        count(*) filter (where was_there and is_there and differs) as changed_count,
        count(*) filter (where was_there and is_there and has_left_late and not differs) as late_exit_count,
        count(*) filter (where is_recent) as recent_count,
        count(*) filter (where was_open) as total_before,
        count(*) filter (where is_open) as total_now,
        count(*) filter (where was_open_then) as settled_before,
        count(*) filter (where is_open_then) as settled_now
    from spell_pair
    group by all

),

counted as (

    select
        queue,
        sum(spell_count) as spell_count,
        sum(gone_count) as gone_count,
        sum(changed_count) as changed_count,
        sum(late_exit_count) as late_exit_count,
        sum(recent_count) as recent_count,
        sum(total_before) as total_before,
        sum(total_now) as total_now,
        sum(settled_before) as settled_before,
        sum(settled_now) as settled_now,
        max({ 'closed_count': pair_count, 'closed_as': closed_as }) filter (where closed_as is not null) as largest,
        sum(pair_count) filter (where closed_as is not null) as closed_total
    from by_reason
    group by queue

),

spans as (

    select
        queue,
        span_days,
        known_to - span_days * cast(numbers.number as integer) as from_on
    from compared_queue
    cross join (select unnest([1, 2, 3, 4]) as number) as numbers

),

span_exits as (

    select
        spans.queue,
        spans.from_on,
        case when spell.left_on <= spans.from_on + spans.span_days then spell.left_as end as left_as,
        count(*) as spell_count
    from spans
    inner join spell
        on
            spans.queue = spell.queue
            and spans.from_on >= spell.entered_on
            and (spell.left_on is null or spans.from_on < spell.left_on)
    group by all

),

usual as (

    select
        queue,
        max(case when left_as is null then 0 else spell_count / open_count end) as closed_share,
        max((open_count - still_open_count) / open_count) as closed_total_share
    from (
        select
            queue,
            left_as,
            spell_count,
            sum(spell_count) over (partition by queue, from_on) as open_count,
            sum(case when left_as is null then spell_count else 0 end) over (partition by queue, from_on) as still_open_count
        from span_exits
    )
    group by queue

)

select
    compared.queue,
    cast(compared.known_to as varchar) as known_to,
    coalesce(counted.spell_count, 0) as spell_count,
    coalesce(counted.gone_count, 0) as gone_count,
    coalesce(counted.changed_count, 0) as changed_count,
    coalesce(counted.late_exit_count, 0) as late_exit_count,
    coalesce(counted.recent_count, 0) as recent_count,
    coalesce(counted.total_before, 0) as total_before,
    coalesce(counted.total_now, 0) as total_now,
    cast(compared.settled_to as varchar) as settled_to,
    coalesce(counted.settled_before, 0) as settled_before,
    coalesce(counted.settled_now, 0) as settled_now,
    counted.largest.closed_as as closed_as,
    coalesce(counted.largest.closed_count, 0) as closed_count,
    coalesce(usual.closed_share, 0) as usual_closed_share,
    coalesce(counted.closed_total, 0) as closed_total,
    coalesce(usual.closed_total_share, 0) as usual_closed_total_share
from compared_queue as compared
left join counted
    on compared.queue = counted.queue
left join usual
    on compared.queue = usual.queue
order by compared.queue
