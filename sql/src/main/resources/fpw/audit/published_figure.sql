-- The counts that a release states, of months, weeks and one day and, of an exit reason, how many left a month: each row of a table that is available
-- gives one row a count, null where it has none; a day has no count of what was served. It is written apart from figure, on purpose:
-- figure_change_differences tests with it what follows from figure. Grain: queue, slice, slice_value, exit_reason, period_kind, period_start_on, measure.
-- Reads: queue_monthly, queue_weekly, queue_daily, queue_exit.
-- Parameter: as_at, date. The day of which figures of single days are stated.
with

period as (

    select
        queue,
        slice,
        slice_value,
        'month' as period_kind,
        month_start_on as period_start_on,
        month_end_on as period_end_on,
        unnest([
            { 'measure': 'opening_count', 'figure': opening_count },
            { 'measure': 'received_count', 'figure': received_count },
            { 'measure': 'reentered_count', 'figure': reentered_count },
            { 'measure': 'left_count', 'figure': left_count },
            { 'measure': 'served_count', 'figure': served_count },
            { 'measure': 'waiting_count', 'figure': waiting_count },
            { 'measure': 'past_standard_count', 'figure': past_standard_count },
            { 'measure': 'due_next_7_days_count', 'figure': due_next_7_days_count },
            { 'measure': 'age_unknown_count', 'figure': age_unknown_count },
            { 'measure': 'out_of_order_count', 'figure': out_of_order_count }
        ]) as entry
    from queue_monthly
    where is_available
    union all
    select
        queue,
        slice,
        slice_value,
        'week' as period_kind,
        week_start_on as period_start_on,
        week_end_on as period_end_on,
        unnest([
            { 'measure': 'opening_count', 'figure': opening_count },
            { 'measure': 'received_count', 'figure': received_count },
            { 'measure': 'reentered_count', 'figure': reentered_count },
            { 'measure': 'left_count', 'figure': left_count },
            { 'measure': 'served_count', 'figure': served_count },
            { 'measure': 'waiting_count', 'figure': waiting_count },
            { 'measure': 'past_standard_count', 'figure': past_standard_count },
            { 'measure': 'due_next_7_days_count', 'figure': due_next_7_days_count },
            { 'measure': 'age_unknown_count', 'figure': age_unknown_count },
            { 'measure': 'out_of_order_count', 'figure': out_of_order_count }
        ]) as entry
    from queue_weekly
    where is_available
    union all
    select
        queue,
        slice,
        slice_value,
        'day' as period_kind,
        day as period_start_on,
        day as period_end_on,
        unnest([
            { 'measure': 'opening_count', 'figure': opening_count },
            { 'measure': 'received_count', 'figure': received_count },
            { 'measure': 'reentered_count', 'figure': reentered_count },
            { 'measure': 'left_count', 'figure': left_count },
            { 'measure': 'waiting_count', 'figure': waiting_count },
            { 'measure': 'past_standard_count', 'figure': past_standard_count },
            { 'measure': 'due_next_7_days_count', 'figure': due_next_7_days_count },
            { 'measure': 'age_unknown_count', 'figure': age_unknown_count },
            { 'measure': 'out_of_order_count', 'figure': out_of_order_count }
        ]) as entry
    from queue_daily
    where is_available and day = :as_at

)

select
    queue,
    slice,
    slice_value,
    'all' as exit_reason,
    period_kind,
    period_start_on,
    period_end_on,
    entry.measure as measure,
    entry.figure as figure
from period
union all
select
    queue,
    slice,
    slice_value,
    exit_reason,
    'month',
    month_start_on,
    last_day(month_start_on),
    'left_count',
    left_count
from queue_exit
where is_available
