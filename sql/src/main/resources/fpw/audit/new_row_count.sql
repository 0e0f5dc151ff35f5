-- How many rows of a feed were loaded or withdrawn. One row. Reads: new_row.
-- Parameter: feed, text. Name of the feed.
select count(*) as row_count
from new_row
where feed = :feed
