-- Rows can be erased from the whole warehouse. These tables record that it was done, but contain nothing of what was
-- erased. Only the owner of the database may read them: when and why rows were erased may name who asked for it.
create table ops.erasure (
    erasure_id varchar(40) not null,
    kind varchar(10) not null,
    feed varchar(100),
    ground varchar(300) not null,
    reason varchar(1000) not null,
    applied_by varchar(100) not null,
    started_at timestamp with time zone not null,
    switched_at timestamp with time zone,
    finished_at timestamp with time zone,
    row_count bigint not null,
    item_count bigint not null,
    table_count bigint not null,
    release_count bigint not null,
    constraint erasure_pk primary key (erasure_id)
);
comment on table ops.erasure is 'One erasure of rows from the warehouse. Contains no key, value or pseudonym.';
comment on column ops.erasure.erasure_id is 'Identifier of the erasure.';
comment on column ops.erasure.kind is 'person or case: rows with a value in a pseudonymised column, in any feed. row: rows of one feed with a key.';
comment on column ops.erasure.feed is 'Feed of rows with a key; null for a person or case, and for rows of several feeds.';
comment on column ops.erasure.ground is 'Legal ground.';
comment on column ops.erasure.reason is 'Why, in the words of whoever erased the rows.';
comment on column ops.erasure.applied_by is 'Owner of the process by the operating system.';
comment on column ops.erasure.started_at is 'When it began, by the clock.';
comment on column ops.erasure.switched_at is 'When the database was switched to tables without the rows; null until then.';
comment on column ops.erasure.finished_at is 'When all files with the rows were deleted; null until then. No other command runs between the two.';
comment on column ops.erasure.row_count is 'Number of erased versions of rows of feeds.';
comment on column ops.erasure.item_count is 'Number of items of which no row remained.';
comment on column ops.erasure.table_count is 'Number of tables that were written again.';
comment on column ops.erasure.release_count is 'Number of stored releases that lost rows.';

create table ops.erased_release (
    erasure_id varchar(40) not null,
    release_id varchar(40) not null,
    table_name varchar(100) not null,
    removed_row_count bigint not null,
    constraint erased_release_pk primary key (erasure_id, release_id, table_name),
    constraint erased_release_erasure_fk foreign key (erasure_id) references ops.erasure (erasure_id)
);
comment on table ops.erased_release is 'A table of a stored release that was written again by an erasure. Its aggregates stay as they were released.';
comment on column ops.erased_release.erasure_id is 'Erasure.';
comment on column ops.erased_release.release_id is 'Release.';
comment on column ops.erased_release.table_name is 'Table of the release.';
comment on column ops.erased_release.removed_row_count is 'Number of rows that the table lost; 0 if only texts in its rows were erased.';
