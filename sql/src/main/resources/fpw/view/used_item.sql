-- Items that figures rest on: they are in a spell, wait for the day of an event, are a case that milestones know of, or have a judgement.
-- Grain: item_key. Parameters: none.
select item_key from spell
union
select item_key from irregularity
where code = 'AFTER_BUSINESS_DATE'
union
select event.item_key from event
inner join case_opening as definition
    on
        event.item_kind = definition.item_kind
        and event.event = definition.event
union
select item_key from grading
