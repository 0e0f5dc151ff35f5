-- Rows of items that were closed long ago are removed from the warehouse, and kept out while their source still sends
-- them. This table says from which day on all rows of a feed are there. Who removed them, why and how many: ops.erasure.
create table ops.retention (
    erasure_id varchar(40) not null,
    feed varchar(100) not null,
    retained_from date not null,
    closed_column varchar(100) not null,
    time_zone varchar(50) not null,
    constraint retention_pk primary key (erasure_id),
    constraint retention_erasure_fk foreign key (erasure_id) references ops.erasure (erasure_id)
);
comment on table ops.retention is 'A removal of rows of one feed whose items were closed before some day. The latest day of a feed counts.';
comment on column ops.retention.erasure_id is 'The removal, in ops.erasure.';
comment on column ops.retention.feed is 'Feed of the rows.';
comment on column ops.retention.retained_from is 'Rows whose items were closed before this day are removed, unless they were held or still waited, and kept out from then on. The first of a month.';
comment on column ops.retention.closed_column is 'Column of the feed with the date or time at which an item was closed.';
comment on column ops.retention.time_zone is 'Time zone of the days of that column if it is a time.';

comment on column ops.erasure.kind is 'person or case: rows with a value in a pseudonymised column, in any feed. row: rows of one feed with a key. retention: rows of one feed whose items were closed long ago; see ops.retention.';
comment on column ops.erasure.ground is 'Legal ground; the rule of a retention.';
comment on column ops.feed_load.kept_out_count is 'Rows that the source still sends although they were erased (ops.tombstone), or closed before rows of the feed are retained (ops.retention). 0 for loads that are older than this column.';
