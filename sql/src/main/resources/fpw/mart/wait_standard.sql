-- How items fared against each standard, by month of entry. Only first entries, and only those from the day on which observation began: of what had
-- entered before it, only the slow ones are known.
-- Grain: queue, slice, slice_value, standard, month_start_on. Parameters: none.
with

judged as (

    select
        spells.queue,
        spells.slice,
        spells.slice_value,
        spells.contributor_key,
        cast(trunc(spells.entered_on, 'MM') as date) as month_start_on,
        applied.standard,
        applied.due_on,
        applied.outcome
    from spell_slice as spells
        lateral view inline(spells.standards) applied as standard, due_on, outcome
    where
        not spells.is_reentry
        and spells.entered_on = spells.observed_from_on

),

counted as (

    select
        queue,
        slice,
        slice_value,
        standard,
        month_start_on,
        count(*) as received_count,
        count(outcome) as due_count,
        count_if(outcome = 'met') as met_count,
        count_if(outcome = 'failed') as failed_count,
        count_if(outcome = 'left unseen') as left_unseen_count,
        count_if(outcome = 'unknown') as unknown_count,
        count_if(outcome is null) as not_yet_due_count,
        max(due_on) as last_due_on,
        count(distinct contributor_key) as contributor_count
    from judged
    group by queue, slice, slice_value, standard, month_start_on

)

select
    counted.queue,
    counted.slice,
    counted.slice_value,
    counted.standard,
    counted.month_start_on,
    counted.received_count,
    counted.due_count,
    counted.met_count,
    counted.failed_count,
    counted.left_unseen_count,
    counted.unknown_count,
    counted.not_yet_due_count,
    counted.met_count / nullif(counted.due_count, 0) as share_low,
    (counted.met_count + counted.unknown_count) / nullif(counted.due_count, 0) as share_high,
    months.is_partial,
    least(counted.last_due_on, definition.data_as_at) > date_sub(definition.data_as_at, definition.provisional_days) as is_provisional,
    counted.contributor_count
from counted
inner join queue_definition as definition
    on counted.queue = definition.queue
inner join measured_month as months
    on
        counted.queue = months.queue
        and counted.slice = months.slice
        and counted.slice_value = months.slice_value
        and counted.month_start_on = months.month_start_on
