-- Observed spells to which a standard applies, with the day by which the first one that does is judged: what the test PAST_STANDARD_EQUALS_REPLAY of
-- mart.queue_daily counts again. due_on is the first day at whose end an item that has not left is past the standard for certain. Where only the date of
-- entering is known, the event may lie anywhere in that day. Hours are counted in microseconds, since intervals of 24 hours are calendar days to Spark.
-- slice is always 'all'.
-- Grain: none (one row per spell). Parameters: none.
with

applicable as (

    select
        spell.queue,
        spell.entered_on,
        spell.left_on,
        coalesce(unix_micros(spell.entered_at), unix_micros(cast(date_add(spell.entered_on, 1) as timestamp)) - 1) as latest_entry,
        get(
            filter(
                definition.standards,
                standard -> forall(standard.conditions, condition -> array_contains(condition.slice_values, spell.slices[condition.slice]))
            ),
            0
        ) as first_standard
    from spell
    inner join queue_definition as definition
        on spell.queue = definition.queue
    where
        spell.observed_from_on <= spell.observed_to_on
        and spell.entered_on >= definition.earliest_entry

)

select
    queue,
    'all' as slice,
    entered_on,
    left_on,
    if(
        first_standard.within_days is not null,
        date_add(entered_on, first_standard.within_days + 1),
        cast(timestamp_micros(latest_entry + first_standard.within_hours * 3600000000L) as date)
    ) as due_on
from applicable
where first_standard is not null
