-- Contributors behind the rows of mart.queue_daily, _weekly, _monthly, _quarterly and _yearly: distinct cases or
-- people of whom a spell was observed on a day of the period, seen waiting or leaving. Of a period that begins
-- before the figures do, all its days count.
-- A contributor comes with the period in which a spell is first observed and goes after the one in which it last
-- is; of several spells that meet, each adds the periods that those before it do not reach.
-- Grain: queue, slice, slice_value, period, period_start_on. Reads: series_spell, queue_daily.
with

observed as (

    select
        queue,
        slice,
        slice_value,
        observed_from_on as from_on,
        observed_to_on as to_on,
        max(observed_to_on) over (
            partition by queue, slice, slice_value, contributor_key
            order by observed_from_on
            rows between unbounded preceding and 1 preceding
        ) as reached_on
    from series_spell
    where contributor_key is not null

),

-- from the first period that it adds to the first after its own
added as (

    select
        queue,
        slice,
        slice_value,
        'day' as period,
        greatest(from_on, reached_on + 1) as from_on,
        to_on + 1 as until_on
    from observed
    union all
    select
        queue,
        slice,
        slice_value,
        'week',
        greatest(cast(date_trunc('week', from_on) as date), cast(date_trunc('week', reached_on) as date) + 7),
        cast(date_trunc('week', to_on) as date) + 7
    from observed
    union all
    select
        queue,
        slice,
        slice_value,
        'month',
        greatest(cast(date_trunc('month', from_on) as date), last_day(reached_on) + 1),
        last_day(to_on) + 1
    from observed
    union all
    select
        queue,
        slice,
        slice_value,
        'quarter',
        cast(greatest(date_trunc('quarter', from_on), date_trunc('quarter', reached_on) + interval 3 month) as date),
        cast(date_trunc('quarter', to_on) + interval 3 month as date)
    from observed
    union all
    select
        queue,
        slice,
        slice_value,
        'financial year',
        cast(
            greatest(
                date_trunc('year', from_on - interval 3 month) + interval 3 month,
                date_trunc('year', reached_on - interval 3 month) + interval 15 month
            ) as date
        ),
        cast(date_trunc('year', to_on - interval 3 month) + interval 15 month as date)
    from observed

),

changes as (

    select
        queue,
        slice,
        slice_value,
        period,
        from_on as day,
        1 as change,
        false as is_published
    from added
    where from_on < until_on
    union all
    select
        queue,
        slice,
        slice_value,
        period,
        until_on,
        -1,
        false
    from added
    where from_on < until_on
    union all
    select
        queue,
        slice,
        slice_value,
        unnest(['day', 'week', 'month', 'quarter', 'financial year']),
        unnest([
            day,
            cast(date_trunc('week', day) as date),
            cast(date_trunc('month', day) as date),
            cast(date_trunc('quarter', day) as date),
            cast(date_trunc('year', day - interval 3 month) + interval 3 month as date)
        ]),
        0,
        true
    from queue_daily

),

by_period as (

    select
        queue,
        slice,
        slice_value,
        period,
        day,
        sum(change) as change,
        bool_or(is_published) as is_published
    from changes
    group by all

)

select
    queue,
    slice,
    slice_value,
    period,
    day as period_start_on,
    sum(change) over (partition by queue, slice, slice_value, period order by day) as contributor_count
from by_period
qualify is_published
