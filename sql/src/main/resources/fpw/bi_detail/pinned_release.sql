-- The pinned releases before the one that is shown, and whether the recorded steps lead from each of them to it.
-- Of two releases of one date the one with the higher number is the later: a longer id has the higher one. A release
-- that was withdrawn after another had replaced it is a step all the same.
select
    pinned.name as pinned_name,
    pinned.release_id as pinned_release_id,
    pinned.business_date as pinned_as_at,
    cast(case
        when pinned.withdrawn_at is not null then 'the pinned release was withdrawn: its figures must not be used'
        else (
            select
                min(case
                    when step.release_id is null
                        then 'what release ' || later.release_id || ' changed is not recorded: an earlier version created it'
                    when step.not_compared is null
                        then 'what release ' || later.release_id || ' changed is no longer kept: steps stay for 26 months'
                    else
                        'release ' || step.release_id || ' could not be compared with the one that it replaced: '
                        || step.not_compared
                end)
            from ops.release as later
            left join ops.release_step as step
                on later.release_id = step.release_id
            where
                (
                    later.withdrawn_at is null
                    or exists (
                        select 1
                        from ops.release_step as next_step
                        where next_step.replaced_release_id = later.release_id
                    )
                )
                and (
                    step.release_id is null
                    or step.not_compared is not null
                    or later.business_date < made.business_date - interval '26' month
                )
                and (later.business_date, char_length(later.release_id), later.release_id)
                > (pinned.business_date, char_length(pinned.release_id), pinned.release_id)
                and (later.business_date, char_length(later.release_id), later.release_id)
                <= (made.business_date, char_length(made.release_id), made.release_id)
        )
    end as varchar(1200)) as not_compared,
    made.release_id
from bi.release as shown
inner join ops.release as made
    on shown.release_id = made.release_id
inner join ops.release as pinned
    on
        (made.business_date, char_length(made.release_id), made.release_id)
        > (pinned.business_date, char_length(pinned.release_id), pinned.release_id)
where pinned.name is not null
