-- Items that a rule, or an event without a date, keeps out of every figure, by the kind of item that they would be. A rule speaks of a row, and a row does
-- not say its kind: an excluded item is of every kind of which its feeds have other items; where all items of a feed are excluded, of the kinds that
-- staging queries make of the feed. Items that are excluded have no events, so that those that have some are the others.
-- Grain: item_kind, item_key. Parameters: none.
with

excluded_row as (

    select distinct
        exclusion.feed,
        exclusion.item_key
    from exclusion
    inner join rule_break
        on exclusion.item_key = rule_break.item_key
    where rule_break.severity = 'EXCLUDE'

),

known_item as (

    select distinct
        item_kind,
        item_key
    from event

),

known_kind as (

    select distinct
        feed_row.feed,
        known_item.item_kind
    from feed_row
    inner join known_item
        on feed_row.item_key = known_item.item_key

),

-- a feed that staging queries only look things up in has items, and no query yields an event of them
feed_kind as (

    select
        feed,
        item_kind
    from known_kind
    union all
    select
        staging_feed.feed,
        staging_feed.item_kind
    from staging_feed
    left anti join known_kind
        on staging_feed.feed = known_kind.feed
    left anti join exclusion
        on
            staging_feed.feed = exclusion.feed
            and exclusion.code = 'NO_EVENT'

)

select
    feed_kind.item_kind,
    excluded_row.item_key
from excluded_row
inner join feed_kind
    on excluded_row.feed = feed_kind.feed
union
select
    item_kind,
    item_key
from staged_row
where
    problem is not null
    and item_key is not null
