-- Published facts of which an earlier release that is still there, the replaced one or a pinned one, states another
-- figure of ours or another verdict.
select
    made.name as pinned_name,
    earlier.release_id as earlier_release_id,
    earlier.data_as_at as earlier_as_at,
    shown.fact,
    shown.quote,
    shown.unit,
    shown.as_of_from_on,
    shown.as_of_to_on,
    earlier.our_value as earlier_value,
    shown.our_value,
    earlier.verdict as earlier_verdict,
    shown.verdict,
    shown.reason,
    shown.release_id
from mart.published_fact as shown
inner join mart_releases.published_fact as earlier
    on
        shown.fact = earlier.fact
        and (shown.data_as_at, char_length(shown.release_id), shown.release_id)
        > (earlier.data_as_at, char_length(earlier.release_id), earlier.release_id)
inner join ops.release as made
    on earlier.release_id = made.release_id
where
    shown.verdict <> earlier.verdict
    or shown.our_value is distinct from earlier.our_value
