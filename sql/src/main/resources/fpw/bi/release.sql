-- The release that readers see, and what it lacks.
select
    made.release_id,
    made.business_date,
    made.released_at,
    (
        select count(*)
        from ops.release_feed as feed
        where
            feed.release_id = made.release_id
            and feed.complete_to < coalesce(feed.due_to, made.business_date)
    ) as missing_feed_count,
    cast((
        select string_agg(feed.feed || ' (known to ' || cast(feed.complete_to as varchar(10)) || ')', ', ' order by feed.feed)
        from ops.release_feed as feed
        where
            feed.release_id = made.release_id
            and feed.complete_to < coalesce(feed.due_to, made.business_date)
    ) as varchar(4000)) as missing_feeds,
    cast((
        select
            string_agg(
                feed.feed || ' (known to ' || cast(feed.complete_to as varchar(10))
                || case feed.delivery
                    when 'old_content' then ', delivered without newer data)'
                    when 'not_delivered' then ', not delivered since)'
                    else ', nothing was due since)'
                end,
                ', ' order by feed.feed
            )
        from ops.release_feed as feed
        where
            feed.release_id = made.release_id
            and feed.complete_to >= coalesce(feed.due_to, made.business_date)
            and feed.complete_to < made.business_date
    ) as varchar(4000)) as older_feeds,
    cast((
        select coalesce(sum(feed.held_count), 0)
        from ops.release_feed as feed
        where feed.release_id = made.release_id
    ) as bigint) as held_row_count,
    cast((
        select string_agg(feed.feed || ' (' || cast(feed.held_count as varchar(20)) || ')', ', ' order by feed.feed)
        from ops.release_feed as feed
        where
            feed.release_id = made.release_id
            and feed.held_count > 0
    ) as varchar(4000)) as held_feeds
from ops.release as made
inner join ops.current_release as current_one on made.release_id = current_one.release_id
