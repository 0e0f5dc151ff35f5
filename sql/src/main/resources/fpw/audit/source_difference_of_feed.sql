-- Groups of events of a feed with a difference. Grain: event_group. Reads: source_difference.
-- Parameter: feed, text. Name of the feed.
select
    event_group,
    missing_count,
    surplus_count,
    moved_count,
    twice_count,
    late_count
from source_difference
where feed = :feed and missing_count + surplus_count + moved_count + twice_count + late_count > 0
order by event_group
