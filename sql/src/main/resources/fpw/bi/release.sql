-- The release that readers see, and what it lacks.
select
    release.release_id,
    release.business_date,
    release.released_at,
    cast(coalesce(lack.feed_count, 0) as bigint) as missing_feed_count,
    cast(lack.feeds as varchar(4000)) as missing_feeds
from ops.release as release
inner join ops.current_release as current_one on release.release_id = current_one.release_id
left join (
    select
        feed.release_id,
        count(*) as feed_count,
        string_agg(feed.feed || ' (known to ' || cast(feed.complete_to as varchar(10)) || ')', ', ' order by feed.feed) as feeds
    from ops.release_feed as feed
    inner join ops.release as made on feed.release_id = made.release_id
    where feed.complete_to < made.business_date
    group by feed.release_id
) as lack on release.release_id = lack.release_id
