-- Spells that the source would have shown: not those that ended before the queue's observed_from. is_sole marks those whose contributor has no other
-- one in the queue: they can be counted by adding up, and only the others need to be told apart.
-- standards are those that apply to the spell, in the order of the definition. due_on is the first day at whose end the item, if it has not left, is past
-- the standard for certain; the outcome is null until that day. Where only the date of entering or leaving is known, the event may lie anywhere in that
-- day, and outcomes that this leaves open are 'unknown'. Hours are counted in microseconds, since intervals of 24 hours are calendar days to Spark.
-- A date of entry before the earliest that is believed says nothing of an age or a wait: such a stay counts, and no standard applies to it.
-- Grain: spell_id. Parameters: none.
with

shared as (

    select
        queue,
        contributor_key
    from spell
    where observed_from_on <= observed_to_on
    group by queue, contributor_key
    having count(*) > 1

),

bounded as (

    select
        spell.*,
        definition.data_as_at as known_to_on,
        shared.contributor_key is null as is_sole,
        unix_micros(coalesce(spell.entered_at, cast(spell.entered_on as timestamp))) as earliest_entry,
        coalesce(unix_micros(spell.entered_at), unix_micros(cast(date_add(spell.entered_on, 1) as timestamp)) - 1) as latest_entry,
        unix_micros(coalesce(spell.left_at, cast(spell.left_on as timestamp))) as earliest_leave,
        coalesce(unix_micros(spell.left_at), unix_micros(cast(date_add(spell.left_on, 1) as timestamp)) - 1) as latest_leave,
        spell.entered_on >= definition.earliest_entry as is_wait_known,
        filter(
            definition.standards,
            standard -> spell.entered_on >= definition.earliest_entry
            and forall(standard.conditions, condition -> array_contains(condition.slice_values, spell.slices[condition.slice]))
        ) as applicable
    from spell
    inner join queue_definition as definition
        on spell.queue = definition.queue
    left join shared
        on
            spell.queue = shared.queue
            and spell.contributor_key = shared.contributor_key
    where spell.observed_from_on <= spell.observed_to_on

),

timed as (

    select
        *,
        transform(
            applicable,
            standard -> struct(
                standard.standard as standard,
                standard.within_days as within_days,
                standard.within_hours * 3600000000L as within_micros,
                if(
                    standard.within_days is not null,
                    date_add(entered_on, standard.within_days + 1),
                    cast(timestamp_micros(latest_entry + standard.within_hours * 3600000000L) as date)
                ) as due_on
            )
        ) as timed_standards
    from bounded

)

select
    queue,
    spell_id,
    item_key,
    contributor_key,
    is_sole,
    is_reentry,
    first_entered_on,
    entered_on,
    is_age_known,
    is_wait_known,
    left_on,
    left_as,
    is_served,
    observed_from_on,
    observed_to_on,
    slices,
    transform(
        timed_standards,
        standard -> struct(
            standard.standard as standard,
            standard.due_on as due_on,
            case
                when standard.due_on > known_to_on then null
                when left_on is null then 'failed'
                when
                    datediff(left_on, entered_on) <= standard.within_days
                    or latest_leave - earliest_entry <= standard.within_micros
                    then if(is_served, 'met', 'left unseen')
                when
                    datediff(left_on, entered_on) > standard.within_days
                    or earliest_leave - latest_entry > standard.within_micros
                    then 'failed'
                else 'unknown'
            end as outcome
        )
    ) as standards
from timed
