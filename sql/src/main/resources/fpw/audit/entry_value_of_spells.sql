-- Values at entry as stored in the spells. Grain: item_key, entered_on, attribute, basis. Reads: spell, and what the force defines.
select
    spell.item_key,
    spell.entered_on,
    changing.attribute,
    changing.basis,
    min(spell.slices[changing.attribute]) as value
from main.spell as spell
cross join (
    select distinct
        attribute,
        basis
    from changing_attribute
) as changing
where spell.slices[changing.attribute] is not null
group by spell.item_key, spell.entered_on, changing.attribute, changing.basis
