-- Flows, stocks and ages by calendar month and by ISO week, computed from the stays and not from the days; that both agree is a test.
-- Grain: queue, slice, slice_value, period, period_start_on. Parameters: none.
with

moves as (

    select
        queue,
        slice,
        slice_value,
        entered_on as moved_on,
        if(is_reentry, 0, stay_count) as received_count,
        if(is_reentry, stay_count, 0) as reentered_count,
        0 as left_count,
        0 as served_count
    from stay
    union all
    select
        queue,
        slice,
        slice_value,
        left_on as moved_on,
        0 as received_count,
        0 as reentered_count,
        stay_count as left_count,
        if(is_served, stay_count, 0) as served_count
    from stay
    where left_on is not null

),

flows as (

    select
        moves.queue,
        moves.slice,
        moves.slice_value,
        within.period,
        within.period_start_on,
        sum(moves.received_count) as received_count,
        sum(moves.reentered_count) as reentered_count,
        sum(moves.left_count) as left_count,
        sum(moves.served_count) as served_count
    from moves
    inner join series
        on
            moves.queue = series.queue
            and moves.slice = series.slice
            and moves.slice_value = series.slice_value
            and moves.moved_on >= series.first_day
        lateral view inline(array(
            struct('month' as period, cast(trunc(moves.moved_on, 'MM') as date) as period_start_on),
            struct('week' as period, cast(trunc(moves.moved_on, 'WEEK') as date) as period_start_on)
        )) within as period, period_start_on
    group by
        moves.queue,
        moves.slice,
        moves.slice_value,
        within.period,
        within.period_start_on

),

ages as (

    select
        queue,
        slice,
        slice_value,
        period,
        period_start_on,
        sum(waiting_count) as waiting_count,
        sum(if(due_on <= measured_to_on, waiting_count, 0)) as past_standard_count,
        sum(if(due_on between date_add(measured_to_on, 1) and date_add(measured_to_on, 7), waiting_count, 0)) as due_next_7_days_count,
        max(age_days) as oldest_age_days,
        max(wait_days) as oldest_wait_days,
        percentile(age_days, 0.5, waiting_count) as waiting_age_median_days,
        sum(age_days * waiting_count) / sum(if(age_days is null, null, waiting_count)) as waiting_age_mean_days
    from open_stay
    group by queue, slice, slice_value, period, period_start_on

),

doubtful as (

    select
        measured.queue,
        measured.slice,
        measured.slice_value,
        measured.period,
        measured.period_start_on,
        sum(doubtful_change.age_unknown_change) as age_unknown_count,
        sum(doubtful_change.out_of_order_change) as out_of_order_count,
        sum(doubtful_change.excluded_change) as excluded_count
    from measured_period as measured
    inner join doubtful_change
        on
            measured.queue = doubtful_change.queue
            and measured.slice = doubtful_change.slice
            and measured.slice_value = doubtful_change.slice_value
            and measured.measured_to_on >= doubtful_change.changed_on
    group by
        measured.queue,
        measured.slice,
        measured.slice_value,
        measured.period,
        measured.period_start_on

),

served as (

    select
        queue,
        slice,
        slice_value,
        left_on,
        sum(if(is_served, stay_count, 0)) as served_count
    from stay
    where left_on is not null
    group by queue, slice, slice_value, left_on

),

recent as (

    select
        queue_daily.queue,
        queue_daily.slice,
        queue_daily.slice_value,
        queue_daily.day,
        row_number() over (
            partition by queue_daily.queue, queue_daily.slice, queue_daily.slice_value order by queue_daily.day
        ) as observed_days,
        sum(queue_daily.left_count) over (
            partition by queue_daily.queue, queue_daily.slice, queue_daily.slice_value order by queue_daily.day
            rows between 90 preceding and current row
        ) as left_count,
        sum(coalesce(served.served_count, 0)) over (
            partition by queue_daily.queue, queue_daily.slice, queue_daily.slice_value order by queue_daily.day
            rows between 90 preceding and current row
        ) as served_count
    from queue_daily
    left join served
        on
            queue_daily.queue = served.queue
            and queue_daily.slice = served.slice
            and queue_daily.slice_value = served.slice_value
            and queue_daily.day = served.left_on

),

presences as (

    select
        queue,
        slice,
        slice_value,
        period,
        from_period_on,
        to_period_on,
        max(to_period_on) over (
            partition by queue, slice, slice_value, contributor_key, period order by observed_from_on, observed_to_on
            rows between unbounded preceding and 1 preceding
        ) as covered_to_period_on
    from spell_slice
        lateral view inline(array(
            struct(
                'month' as period,
                cast(trunc(observed_from_on, 'MM') as date) as from_period_on,
                cast(trunc(observed_to_on, 'MM') as date) as to_period_on
            ),
            struct(
                'week' as period,
                cast(trunc(observed_from_on, 'WEEK') as date) as from_period_on,
                cast(trunc(observed_to_on, 'WEEK') as date) as to_period_on
            )
        )) within as period, from_period_on, to_period_on
    where not is_sole

),

covered as (

    select
        queue,
        slice,
        slice_value,
        period,
        greatest(
            from_period_on,
            if(period = 'month', add_months(covered_to_period_on, 1), date_add(covered_to_period_on, 7))
        ) as from_period_on,
        to_period_on,
        1 as contributors
    from presences
    where covered_to_period_on is null or to_period_on > covered_to_period_on
    union all
    select
        queue,
        slice,
        slice_value,
        within.period,
        within.from_period_on,
        within.to_period_on,
        sole_count as contributors
    from stay
        lateral view inline(array(
            struct(
                'month' as period,
                cast(trunc(observed_from_on, 'MM') as date) as from_period_on,
                cast(trunc(observed_to_on, 'MM') as date) as to_period_on
            ),
            struct(
                'week' as period,
                cast(trunc(observed_from_on, 'WEEK') as date) as from_period_on,
                cast(trunc(observed_to_on, 'WEEK') as date) as to_period_on
            )
        )) within as period, from_period_on, to_period_on

),

arrivals as (

    select
        covered.queue,
        covered.slice,
        covered.slice_value,
        covered.period,
        change.period_start_on,
        sum(change.contributors) as contributor_change
    from covered
    inner join series
        on
            covered.queue = series.queue
            and covered.slice = series.slice
            and covered.slice_value = series.slice_value
        -- what was there before the figures begin is there in their first period
        lateral view inline(array(
            struct(
                greatest(covered.from_period_on, cast(trunc(series.first_day, if(covered.period = 'month', 'MM', 'WEEK')) as date)) as period_start_on,
                covered.contributors as contributors
            ),
            struct(
                greatest(
                    if(covered.period = 'month', add_months(covered.to_period_on, 1), date_add(covered.to_period_on, 7)),
                    cast(trunc(series.first_day, if(covered.period = 'month', 'MM', 'WEEK')) as date)
                ) as period_start_on,
                -covered.contributors as contributors
            )
        )) change as period_start_on, contributors
    group by covered.queue, covered.slice, covered.slice_value, covered.period, change.period_start_on

),

counted as (

    select
        measured.*,
        coalesce(flows.received_count, 0) as received_count,
        coalesce(flows.reentered_count, 0) as reentered_count,
        coalesce(flows.left_count, 0) as left_count,
        coalesce(flows.served_count, 0) as served_count,
        coalesce(ages.waiting_count, 0) as waiting_count,
        coalesce(doubtful.age_unknown_count, 0) as age_unknown_count,
        if(measured.has_stages, coalesce(doubtful.out_of_order_count, 0), null) as out_of_order_count,
        if(measured.slice = 'all', coalesce(doubtful.excluded_count, 0), null) as excluded_count,
        if(measured.has_standard, coalesce(ages.past_standard_count, 0), null) as past_standard_count,
        if(measured.has_standard, coalesce(ages.due_next_7_days_count, 0), null) as due_next_7_days_count,
        ages.oldest_age_days,
        ages.oldest_wait_days,
        ages.waiting_age_median_days,
        ages.waiting_age_mean_days,
        sum(coalesce(arrivals.contributor_change, 0)) over (
            partition by measured.queue, measured.slice, measured.slice_value, measured.period order by measured.period_start_on
        ) as contributor_count
    from measured_period as measured
    left join flows
        on
            measured.queue = flows.queue
            and measured.slice = flows.slice
            and measured.slice_value = flows.slice_value
            and measured.period = flows.period
            and measured.period_start_on = flows.period_start_on
    left join ages
        on
            measured.queue = ages.queue
            and measured.slice = ages.slice
            and measured.slice_value = ages.slice_value
            and measured.period = ages.period
            and measured.period_start_on = ages.period_start_on
    left join doubtful
        on
            measured.queue = doubtful.queue
            and measured.slice = doubtful.slice
            and measured.slice_value = doubtful.slice_value
            and measured.period = doubtful.period
            and measured.period_start_on = doubtful.period_start_on
    left join arrivals
        on
            measured.queue = arrivals.queue
            and measured.slice = arrivals.slice
            and measured.slice_value = arrivals.slice_value
            and measured.period = arrivals.period
            and measured.period_start_on = arrivals.period_start_on

),

opened as (

    select
        stay.queue,
        stay.slice,
        stay.slice_value,
        sum(stay.stay_count) as opening_count
    from stay
    inner join series
        on
            stay.queue = series.queue
            and stay.slice = series.slice
            and stay.slice_value = series.slice_value
    where
        stay.entered_on < series.first_day
        and (stay.left_on is null or stay.left_on >= series.first_day)
    group by stay.queue, stay.slice, stay.slice_value

)

select
    counted.queue,
    counted.slice,
    counted.slice_value,
    counted.period,
    counted.period_start_on,
    counted.period_end_on,
    counted.measured_to_on,
    lag(counted.waiting_count, 1, coalesce(opened.opening_count, 0)) over (
        partition by counted.queue, counted.slice, counted.slice_value, counted.period order by counted.period_start_on
    ) as opening_count,
    counted.received_count,
    counted.reentered_count,
    counted.left_count,
    counted.served_count,
    counted.waiting_count,
    counted.age_unknown_count,
    counted.out_of_order_count,
    counted.excluded_count,
    counted.past_standard_count,
    counted.due_next_7_days_count,
    counted.left_count / nullif(counted.received_count + counted.reentered_count, 0) as left_per_inflow,
    counted.served_count / nullif(counted.received_count + counted.reentered_count, 0) as served_per_inflow,
    case when recent.observed_days >= 91 then counted.waiting_count * cast(13 as double) / nullif(recent.left_count, 0) end as weeks_of_work_left,
    case when recent.observed_days >= 91 then counted.waiting_count * cast(13 as double) / nullif(recent.served_count, 0) end as weeks_of_work_served,
    counted.oldest_age_days,
    counted.oldest_wait_days,
    counted.waiting_age_median_days,
    counted.waiting_age_mean_days,
    counted.is_partial,
    counted.is_provisional,
    counted.contributor_count
from counted
left join opened
    on
        counted.queue = opened.queue
        and counted.slice = opened.slice
        and counted.slice_value = opened.slice_value
inner join recent
    on
        counted.queue = recent.queue
        and counted.slice = recent.slice
        and counted.slice_value = recent.slice_value
        and counted.measured_to_on = recent.day
