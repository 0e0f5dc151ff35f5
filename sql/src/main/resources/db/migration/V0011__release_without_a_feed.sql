-- A release may lack a feed: ops says how far each feed was known, and which date each load read.
create table ops.release_feed (
    release_id varchar(40) not null,
    feed varchar(100) not null,
    complete_to date not null,
    primary key (release_id, feed)
);
comment on table ops.release_feed is 'How far a feed was known when a release was made. A feed that is not known up to the business date of the release lacks in it.';
comment on column ops.release_feed.release_id is 'Release.';
comment on column ops.release_feed.feed is 'Feed.';
comment on column ops.release_feed.complete_to is 'Latest business date of a complete load.';

alter table ops.feed_load add column source_date date;
comment on column ops.feed_load.source_date is 'Date whose file, or state of the source, was read: the business date, or an earlier one whose changes came late. Up to it the feed is complete.';
update ops.feed_load set source_date = business_date;

comment on column ops.night.message is 'What went wrong, in words; null if nothing did. With status released: what failed after the release was made, or which feeds it lacks.';
