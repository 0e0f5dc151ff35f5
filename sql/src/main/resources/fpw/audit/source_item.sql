-- The items of a feed. Grain: item_key. Reads: current_row.
-- Parameter: source, text. Source of the feed.
select distinct :source || ':' || _item as item_key
from current_row
