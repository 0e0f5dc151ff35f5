-- Rows that are held are not removed after their time (ops.retention), for example because a complaint or a court needs
-- them. Only the owner of the database may read why.
create table ops.hold (
    hold_id varchar(40) not null,
    feed varchar(100) not null,
    row_key varchar(400) not null,
    reason varchar(1000) not null,
    held_by varchar(100) not null,
    held_at timestamp with time zone not null,
    review_on date not null,
    constraint hold_pk primary key (hold_id),
    constraint hold_row_uk unique (feed, row_key)
);
comment on table ops.hold is 'A row of a feed that is not removed after its time. Deleted when the hold ends, and when the row is erased.';
comment on column ops.hold.hold_id is 'Identifier of the hold.';
comment on column ops.hold.feed is 'Feed of the row.';
comment on column ops.hold.row_key is 'Key of the row, pseudonymised where the feed says so.';
comment on column ops.hold.reason is 'Why it is held, in the words of whoever holds it.';
comment on column ops.hold.held_by is 'Owner of the process by the operating system.';
comment on column ops.hold.held_at is 'When the hold began, or was last changed, by the clock.';
comment on column ops.hold.review_on is 'Day from which on fpw status asks whether the hold is still needed. It does not end by itself.';
