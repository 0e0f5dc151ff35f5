-- Spells as they are counted: those that the source would have shown, once for the total of their queue and once for each of its slices, with the first day at whose end the item, if it has not left, is past the first
-- standard that applies to it for certain, and past any of them.
-- Hours are elapsed hours. Where only the date of entry is known, the item may have entered at any moment of that day. No standard applies to an entry on a date that is not believed.
-- Grain: queue, slice, item_key, entered_on, entered_at, event, event_order. Reads: spell, queue_definition, queue_standard.
with

observed as (

    select
        spell.*,
        queue.data_as_at,
        queue.slices,
        queue.retained_from,
        spell.first_entered_on >= queue.earliest_entry as is_age_known,
        spell.entered_on >= queue.earliest_entry as is_wait_known,
        greatest(spell.entered_on, queue.observed_from, queue.retained_from) as observed_from_on,
        coalesce(spell.left_on, queue.data_as_at) as observed_to_on
    from spell
    inner join queue_definition as queue
        on spell.queue = queue.queue
    where greatest(spell.entered_on, queue.observed_from, queue.retained_from) <= coalesce(spell.left_on, queue.data_as_at)

),

applicable as (

    select
        observed.queue,
        observed.item_key,
        observed.entered_on,
        observed.entered_at,
        observed.event,
        observed.event_order,
        standard.standard,
        standard.standard_order,
        standard.within_days,
        standard.within_hours,
        if(
            standard.within_days is not null,
            observed.entered_on + cast(standard.within_days as integer) + 1,
            cast(coalesce(observed.entered_at, cast(observed.entered_on + 1 as timestamptz) - interval 1 microsecond) + to_hours(standard.within_hours) as date)
        ) as due_on
    from observed
    inner join queue_standard as standard
        on observed.queue = standard.queue
    where
        observed.is_wait_known
        and len(list_filter(
            standard.conditions,
            lambda condition: not list_contains(condition.slice_values, coalesce(observed.attributes[condition.slice], '(not recorded)'))
        )) = 0

),

due as (

    select
        queue,
        item_key,
        entered_on,
        entered_at,
        event,
        event_order,
        min_by(due_on, standard_order) as due_on,
        min(due_on) as earliest_due_on
    from applicable
    group by queue, item_key, entered_on, entered_at, event, event_order

)

select
    observed.queue,
    series.slice,
    case
        when series.slice = 'all' then 'all'
        -- a slice such as 'device_type x priority' has the values of both
        when contains(series.slice, ' x ')
            then
                coalesce(observed.attributes[split_part(series.slice, ' x ', 1)], '(not recorded)')
                || ' x '
                || coalesce(observed.attributes[split_part(series.slice, ' x ', 2)], '(not recorded)')
        else coalesce(observed.attributes[series.slice], '(not recorded)')
    end as slice_value,
    observed.* exclude (queue, slices),
    due.due_on,
    due.earliest_due_on
from observed
left join due
    on
        observed.queue = due.queue
        and observed.item_key = due.item_key
        and observed.entered_on = due.entered_on
        and observed.entered_at is not distinct from due.entered_at
        and observed.event = due.event
        and observed.event_order = due.event_order
cross join unnest(list_prepend('all', observed.slices)) as series (slice)
