-- The values of open spells on the last known day, as versions. Grain: spell and attribute. Reads: spell, and what the force defines.
select
    spell.item_key,
    changing.feed,
    changing.column_name,
    changing.dated_by,
    spell.slices_now[changing.attribute] as value,
    spell.observed_to_on as valid_from,
    cast(0 as bigint) as version_order
from main.spell as spell
cross join (
    select distinct
        attribute,
        feed,
        column_name,
        dated_by
    from changing_attribute
) as changing
where spell.slices_now[changing.attribute] is not null
