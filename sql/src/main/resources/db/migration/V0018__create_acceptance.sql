-- A limit that stops a night can be let pass once, by a person, with a reason that stays.
create table ops.acceptance (
    subject varchar(100) not null,
    limit_name varchar(40) not null,
    business_date date not null,
    reason varchar(400) not null,
    recorded_by varchar(100) not null,
    recorded_at timestamp with time zone not null,
    used_by_run varchar(40),
    used_at timestamp with time zone,
    figures varchar(400),
    primary key (subject, limit_name, business_date)
);
comment on table ops.acceptance is 'A limit that a person lets pass on one business date, with the reason. It serves every run of that date and none of another.';
comment on column ops.acceptance.subject is 'Feed or queue whose limit it is.';
comment on column ops.acceptance.limit_name is 'Limit, such as deleted.';
comment on column ops.acceptance.business_date is 'The only business date on which it is let pass.';
comment on column ops.acceptance.reason is 'Why, in the words of the person; shown to readers of the release.';
comment on column ops.acceptance.recorded_by is 'User of the operating system who recorded it.';
comment on column ops.acceptance.recorded_at is 'When it was recorded, by the clock.';
comment on column ops.acceptance.used_by_run is 'Latest run that the limit would have stopped without it; null if there was none.';
comment on column ops.acceptance.used_at is 'When that run used it, by the clock; null if none did.';
comment on column ops.acceptance.figures is 'What was let pass, in numbers; null if nothing was.';

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
    not exists (
        select 1
        from ops.release as earlier
        where earlier.business_date < made.business_date and earlier.business_date >= accepted.business_date
    );
comment on view ops.release_acceptance is 'What was let pass for a release: the acceptances used on its business date, and on earlier dates since the last that has a release.';
comment on column ops.release_acceptance.release_id is 'Release.';
comment on column ops.release_acceptance.subject is 'Feed or queue whose limit it is.';
comment on column ops.release_acceptance.limit_name is 'Limit, such as deleted.';
comment on column ops.release_acceptance.business_date is 'The only business date on which it is let pass.';
comment on column ops.release_acceptance.reason is 'Why, in the words of the person who recorded it.';
comment on column ops.release_acceptance.recorded_by is 'User of the operating system who recorded it.';
comment on column ops.release_acceptance.figures is 'What was let pass, in numbers.';

grant select on ops.acceptance to fpw_analyst;
grant select on ops.release_acceptance to fpw_analyst;
