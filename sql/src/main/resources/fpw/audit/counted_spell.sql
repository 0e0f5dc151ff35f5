-- The spells to be counted, in the form that the definitions read, each in the queue in which it is counted and as known on the last day known to
-- both releases. Grain: queue, event. Reads: counted, compared_figures, spell of both releases.
with

stated as (

    select
        *,
        'replaced' as side
    from replaced.spell
    union all
    select
        *,
        'new' as side
    from main.spell

)

select
    role.queue || chr(31) || role.cause || chr(31) || role.sign as queue,
    stated.item_key,
    cast(null as varchar) as contributor_key,
    stated.spell_id as event,
    cast(0 as bigint) as event_order,
    stated.is_reentry,
    stated.first_entered_on,
    stated.entered_on,
    stated.entered_at,
    if(stated.left_on <= compared.known_to, stated.left_on, null) as left_on,
    cast(null as timestamptz) as left_at,
    if(stated.left_on <= compared.known_to, stated.left_as, null) as left_as,
    if(stated.left_on <= compared.known_to, stated.is_served, null) as is_served,
    coalesce(stated.is_out_of_order, false) as is_out_of_order,
    false as is_closed_ahead,
    stated.slices as attributes
from counted as role
inner join stated
    on role.spell_id = stated.spell_id and role.side = stated.side
inner join compared_figures as compared
    on stated.queue = compared.queue and stated.entered_on <= compared.known_to
