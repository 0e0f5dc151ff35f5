-- What was let pass of a feed stands behind every release up to the first that stands, as long as its load does: a release that was withdrawn does not take it along. What was let
-- pass of a queue concerns the release of its own run alone.
drop view ops.release_acceptance;

create view ops.release_acceptance as
select
    made.release_id,
    accepted.subject,
    accepted.limit_name,
    accepted.business_date,
    accepted.reason,
    accepted.recorded_by,
    accepted.figures
from ops.release as made
inner join ops.acceptance as accepted
    on made.business_date >= accepted.business_date and made.released_at >= accepted.used_at
where
    (
        made.run_id = accepted.used_by_run
        or exists (
            select 1
            from ops.feed_load as brought
            left join ops.release_withdrawn_load as taken_back
                on brought.load_id = taken_back.load_id and made.release_id = taken_back.release_id
            where
                brought.feed = accepted.subject
                and brought.business_date = accepted.business_date
                and coalesce(brought.run_id, accepted.used_by_run) = accepted.used_by_run
                and (brought.status = 'loaded' or taken_back.load_id is not null)
        )
    )
    and not exists (
        select 1
        from ops.release as earlier
        where
            earlier.business_date < made.business_date
            and earlier.business_date >= accepted.business_date
            and earlier.withdrawn_at is null
    );
comment on view ops.release_acceptance is 'What was let pass for a release: the acceptances that its run used, and those that the loads used on which it rests, of its business date and of earlier ones since the last that has a release which was not withdrawn.';
comment on column ops.release_acceptance.release_id is 'Release.';
comment on column ops.release_acceptance.subject is 'Feed or queue whose limit it is.';
comment on column ops.release_acceptance.limit_name is 'Limit, such as deleted.';
comment on column ops.release_acceptance.business_date is 'The only business date on which it is let pass.';
comment on column ops.release_acceptance.reason is 'Why, in the words of the person who recorded it.';
comment on column ops.release_acceptance.recorded_by is 'User of the operating system who recorded it.';
comment on column ops.release_acceptance.figures is 'What was let pass, in numbers.';
grant select on ops.release_acceptance to fpw_analyst;
