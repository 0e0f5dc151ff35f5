-- Loads and releases that were taken back: they stay on record, and count no longer.
alter table ops.feed_load add column withdrawn_at timestamp with time zone;
alter table ops.feed_load add column withdrawn_by varchar(100);
alter table ops.feed_load add column withdrawn_reason varchar(1000);
comment on column ops.feed_load.status is 'running, loaded, failed or withdrawn (loaded, and taken back since: its rows count no longer).';
comment on column ops.feed_load.withdrawn_at is 'When it was withdrawn, by the clock; null unless it was.';
comment on column ops.feed_load.withdrawn_by is 'Operating-system user who withdrew it; null unless it was withdrawn.';
comment on column ops.feed_load.withdrawn_reason is 'Why, as that user put it; null unless it was withdrawn.';

alter table ops.release add column withdrawn_at timestamp with time zone;
alter table ops.release add column withdrawn_by varchar(100);
alter table ops.release add column withdrawn_reason varchar(1000);
comment on column ops.release.withdrawn_at is 'When it was withdrawn, by the clock; null unless it was. A withdrawn release is never current again.';
comment on column ops.release.withdrawn_by is 'Operating-system user who withdrew it; null unless it was withdrawn.';
comment on column ops.release.withdrawn_reason is 'Why, as that user put it; null unless it was withdrawn.';

comment on table ops.current_release is 'The release that readers see; one row, none before the first release, or if every release was withdrawn.';

create table ops.release_withdrawn_load (
    release_id varchar(40) not null references ops.release (release_id),
    load_id varchar(60) not null,
    primary key (release_id, load_id)
);
comment on table ops.release_withdrawn_load is 'A release that was made with a load which was withdrawn afterwards.';
comment on column ops.release_withdrawn_load.release_id is 'Release.';
comment on column ops.release_withdrawn_load.load_id is 'Load.';
