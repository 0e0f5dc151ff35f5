-- Flows and stocks by day. The oldest item is found without looking at every item on every day: of stays in order of their start, only one that lasts
-- longer than all before it is ever the oldest, and
-- it is so from the day on which those have gone. Contributors are counted likewise: of a contributor's stays, each adds only the days that no
-- earlier one has covered. What is past its standard, and what will be within seven days unless it leaves, changes on the days on which a stay comes
-- into such a time and goes out of it.
-- Grain: queue, slice, slice_value, day. Parameters: :as_of_date.
with

-- one more day in front gathers what happened before the figures begin
days as (

    select
        *,
        explode(sequence(date_sub(first_day, 1), :as_of_date)) as day
    from series

),

deadlines as (

    select
        queue,
        slice,
        slice_value,
        due_on,
        coalesce(left_on, date_add(:as_of_date, 1)) as gone_on,
        greatest(entered_on, date_sub(due_on, 7)) as due_from_on,
        least(due_on, coalesce(left_on, date_add(:as_of_date, 1))) as due_to_on,
        if(coalesce(left_on, date_add(:as_of_date, 1)) > due_on, stay_count, 0L) as past_standard_count,
        if(
            least(due_on, coalesce(left_on, date_add(:as_of_date, 1))) > greatest(entered_on, date_sub(due_on, 7)), stay_count, 0L
        ) as due_count
    from stay
    where due_on is not null

),

moves as (

    select
        queue,
        slice,
        slice_value,
        entered_on as moved_on,
        if(is_reentry, 0, stay_count) as received_count,
        if(is_reentry, stay_count, 0) as reentered_count,
        0 as left_count,
        0 as past_standard_change,
        0 as due_change,
        0 as age_unknown_change,
        0 as out_of_order_change,
        0 as excluded_change
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
        0 as past_standard_change,
        0 as due_change,
        0 as age_unknown_change,
        0 as out_of_order_change,
        0 as excluded_change
    from stay
    where left_on is not null
    union all
    select
        queue,
        slice,
        slice_value,
        change.moved_on,
        0 as received_count,
        0 as reentered_count,
        0 as left_count,
        change.past_standard_change,
        change.due_change,
        0 as age_unknown_change,
        0 as out_of_order_change,
        0 as excluded_change
    from deadlines
        lateral view inline(array(
            struct(due_on as moved_on, past_standard_count as past_standard_change, 0L as due_change),
            struct(gone_on as moved_on, -past_standard_count as past_standard_change, 0L as due_change),
            struct(due_from_on as moved_on, 0L as past_standard_change, due_count as due_change),
            struct(due_to_on as moved_on, 0L as past_standard_change, -due_count as due_change)
        )) change as moved_on, past_standard_change, due_change
    union all
    select
        queue,
        slice,
        slice_value,
        changed_on as moved_on,
        0 as received_count,
        0 as reentered_count,
        0 as left_count,
        0 as past_standard_change,
        0 as due_change,
        age_unknown_change,
        out_of_order_change,
        excluded_change
    from doubtful_change

),

flows as (

    select
        moves.queue,
        moves.slice,
        moves.slice_value,
        greatest(moves.moved_on, date_sub(series.first_day, 1)) as day,
        sum(moves.received_count) as received_count,
        sum(moves.reentered_count) as reentered_count,
        sum(moves.left_count) as left_count,
        sum(moves.past_standard_change) as past_standard_change,
        sum(moves.due_change) as due_change,
        sum(moves.age_unknown_change) as age_unknown_change,
        sum(moves.out_of_order_change) as out_of_order_change,
        sum(moves.excluded_change) as excluded_change
    from moves
    inner join series
        on
            moves.queue = series.queue
            and moves.slice = series.slice
            and moves.slice_value = series.slice_value
    group by
        moves.queue,
        moves.slice,
        moves.slice_value,
        greatest(moves.moved_on, date_sub(series.first_day, 1))

),

starts as (

    select
        queue,
        slice,
        slice_value,
        'age' as clock,
        first_entered_on as started_on,
        max(coalesce(left_on, date_add(:as_of_date, 1))) as gone_on
    from stay
    where not is_reentry and is_age_known
    group by queue, slice, slice_value, first_entered_on
    union all
    select
        queue,
        slice,
        slice_value,
        'wait' as clock,
        entered_on as started_on,
        max(coalesce(left_on, date_add(:as_of_date, 1))) as gone_on
    from stay
    where is_wait_known
    group by queue, slice, slice_value, entered_on

),

records as (

    select
        *,
        coalesce(max(gone_on) over (
            partition by queue, slice, slice_value, clock order by started_on
            rows between unbounded preceding and 1 preceding
        ), started_on) as others_gone_on
    from starts

),

oldest_starts as (

    select
        queue,
        slice,
        slice_value,
        clock,
        started_on,
        explode(sequence(greatest(started_on, others_gone_on), date_sub(gone_on, 1))) as day
    from records
    where gone_on > greatest(started_on, others_gone_on)
    union all
    -- an item that came back is as old as its first receipt, yet was away: looked at day by day
    select
        queue,
        slice,
        slice_value,
        'age' as clock,
        first_entered_on as started_on,
        explode(sequence(entered_on, date_sub(coalesce(left_on, date_add(:as_of_date, 1)), 1))) as day
    from stay
    where
        is_reentry
        and is_age_known
        and (left_on is null or left_on > entered_on)

),

oldest as (

    select
        queue,
        slice,
        slice_value,
        day,
        datediff(day, min(if(clock = 'age', started_on, null))) as oldest_age_days,
        datediff(day, min(if(clock = 'wait', started_on, null))) as oldest_wait_days
    from oldest_starts
    group by queue, slice, slice_value, day

),

presences as (

    select
        queue,
        slice,
        slice_value,
        observed_from_on,
        observed_to_on,
        max(observed_to_on) over (
            partition by queue, slice, slice_value, contributor_key order by observed_from_on, observed_to_on
            rows between unbounded preceding and 1 preceding
        ) as covered_to_on
    from spell_slice
    where not is_sole

),

covered as (

    select
        queue,
        slice,
        slice_value,
        greatest(observed_from_on, date_add(covered_to_on, 1)) as from_on,
        observed_to_on as to_on,
        1 as contributors
    from presences
    where covered_to_on is null or observed_to_on > covered_to_on
    union all
    select
        queue,
        slice,
        slice_value,
        observed_from_on as from_on,
        observed_to_on as to_on,
        sole_count as contributors
    from stay

),

arrivals as (

    select
        covered.queue,
        covered.slice,
        covered.slice_value,
        change.day,
        sum(change.contributors) as contributor_change
    from covered
    inner join series
        on
            covered.queue = series.queue
            and covered.slice = series.slice
            and covered.slice_value = series.slice_value
        lateral view inline(array(
            struct(greatest(covered.from_on, date_sub(series.first_day, 1)) as day, covered.contributors as contributors),
            struct(greatest(date_add(covered.to_on, 1), date_sub(series.first_day, 1)) as day, -covered.contributors as contributors)
        )) change as day, contributors
    group by covered.queue, covered.slice, covered.slice_value, change.day

),

counted as (

    select
        days.*,
        coalesce(flows.received_count, 0) as received_count,
        coalesce(flows.reentered_count, 0) as reentered_count,
        coalesce(flows.left_count, 0) as left_count,
        sum(coalesce(flows.received_count + flows.reentered_count - flows.left_count, 0)) over (
            partition by days.queue, days.slice, days.slice_value order by days.day
        ) as waiting_count,
        sum(coalesce(flows.past_standard_change, 0)) over (
            partition by days.queue, days.slice, days.slice_value order by days.day
        ) as past_standard_count,
        sum(coalesce(flows.due_change, 0)) over (
            partition by days.queue, days.slice, days.slice_value order by days.day
        ) as due_next_7_days_count,
        sum(coalesce(flows.age_unknown_change, 0)) over (
            partition by days.queue, days.slice, days.slice_value order by days.day
        ) as age_unknown_count,
        sum(coalesce(flows.out_of_order_change, 0)) over (
            partition by days.queue, days.slice, days.slice_value order by days.day
        ) as out_of_order_count,
        sum(coalesce(flows.excluded_change, 0)) over (
            partition by days.queue, days.slice, days.slice_value order by days.day
        ) as excluded_count,
        sum(coalesce(arrivals.contributor_change, 0)) over (
            partition by days.queue, days.slice, days.slice_value order by days.day
        ) as contributor_count
    from days
    left join flows
        on
            days.queue = flows.queue
            and days.slice = flows.slice
            and days.slice_value = flows.slice_value
            and days.day = flows.day
    left join arrivals
        on
            days.queue = arrivals.queue
            and days.slice = arrivals.slice
            and days.slice_value = arrivals.slice_value
            and days.day = arrivals.day

)

select
    counted.queue,
    counted.slice,
    counted.slice_value,
    counted.day,
    counted.waiting_count - counted.received_count - counted.reentered_count + counted.left_count as opening_count,
    counted.received_count,
    counted.reentered_count,
    counted.left_count,
    counted.waiting_count,
    counted.age_unknown_count,
    if(counted.has_stages, counted.out_of_order_count, null) as out_of_order_count,
    if(counted.slice = 'all', counted.excluded_count, null) as excluded_count,
    if(counted.has_standard, counted.past_standard_count, null) as past_standard_count,
    if(counted.has_standard, counted.due_next_7_days_count, null) as due_next_7_days_count,
    oldest.oldest_age_days,
    oldest.oldest_wait_days,
    false as is_partial,
    counted.day > date_sub(counted.data_as_at, counted.provisional_days) as is_provisional,
    counted.contributor_count
from counted
left join oldest
    on
        counted.queue = oldest.queue
        and counted.slice = oldest.slice
        and counted.slice_value = oldest.slice_value
        and counted.day = oldest.day
where counted.day >= counted.first_day
