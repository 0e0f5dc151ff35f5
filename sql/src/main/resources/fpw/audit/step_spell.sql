-- The spells of a step, in the form that the definitions read: changed spells of later causes as in the replaced release, all others as in the new
-- one. Unchanged spells are equal in both releases up to the earlier date. What happens after the day of a step has not happened yet. Grain: queue,
-- event. Reads: changed_spell, statistic_cause, queue_definition of the step, spell of both releases.
-- Parameter: cause_order, number. The step.
with

later as (

    select
        changed_spell.replaced_spell_id,
        changed_spell.new_spell_id
    from changed_spell
    inner join statistic_cause as cause
        using (queue, cause)
    where cause.cause_order > :cause_order

),

stated as (

    select *
    from main.spell
    where
        spell_id not in (
            select new_spell_id from later
            where new_spell_id is not null
        )
    union all
    select *
    from replaced.spell
    where spell_id in (
        select replaced_spell_id from later
        where replaced_spell_id is not null
    )

),

known as (

    select
        stated.*,
        stated.left_on <= queue.data_as_at as has_left
    from stated
    inner join queue_definition as queue
        on stated.queue = queue.queue and stated.entered_on <= queue.data_as_at

)

select
    queue,
    item_key,
    contributor_key,
    spell_id as event,
    cast(0 as bigint) as event_order,
    is_reentry,
    reentry_reason,
    first_entered_on,
    entered_on,
    entered_at,
    if(has_left, left_on, null) as left_on,
    if(has_left, left_at, null) as left_at,
    if(has_left, left_as, null) as left_as,
    if(has_left, is_served, null) as is_served,
    lead(entered_on) over (
        partition by queue, item_key
        order by entered_on asc, left_on asc nulls last, entered_at asc, spell_id asc
    ) as reentered_on,
    coalesce(is_out_of_order, false) as is_out_of_order,
    slices as attributes
from known
