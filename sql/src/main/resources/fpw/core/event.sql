-- Events as the staging queries state them; copies of one event count once. Items that a rule or a fault of a staging row excludes are not here.
-- Grain: item_key, event, occurred_on, occurred_at, event_order. Parameters: none.
select
    source,
    item_kind,
    item_key,
    contributor_key,
    event,
    occurred_on,
    occurred_at,
    event_order,
    attributes,
    staging
from staged_event
where
    item_problem is null
    and copy_number = 1
