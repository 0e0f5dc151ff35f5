-- Rows whose item has only dates after the business date counted as used although they were in no figure; rows of other units counted as excluded. Both are accounts of their own.
alter table ops.feed_account add column ahead_count bigint;
alter table ops.feed_account add column out_of_scope_count bigint;
alter table ops.feed_account add column were_in_scope_count bigint;
alter table ops.feed_account add column scope_changed_count bigint;
comment on table ops.feed_account is 'Where the current rows of a feed went in a night: current = used + excluded + ahead + out of scope.';
comment on column ops.feed_account.used_count is 'Rows whose item contributes to a figure; in nights before ahead_count was recorded also rows whose item waits for its day.';
comment on column ops.feed_account.ahead_count is 'Rows in core.ahead: all that is known of their item lies after the business date. Null in nights before it was recorded.';
comment on column ops.feed_account.out_of_scope_count is 'Rows that the scope of the feed keeps out. Null in nights before it was recorded.';
comment on column ops.feed_account.were_in_scope_count is 'Of the rows out of scope, rows of which an earlier version was in scope. Null in nights before it was recorded.';
comment on column ops.feed_account.scope_changed_count is 'Rows, in scope or not, of which a column of the scope has changed since they were first loaded. Null in nights before it was recorded.';

create table ops.later_date (
    run_id varchar(40) not null,
    feed varchar(100) not null,
    column_name varchar(100) not null,
    row_count bigint not null,
    primary key (run_id, feed, column_name)
);
comment on table ops.later_date is 'Columns of feeds that held dates after the business date in a night; only rows in scope.';
comment on column ops.later_date.run_id is 'Night.';
comment on column ops.later_date.feed is 'Feed.';
comment on column ops.later_date.column_name is 'Column of a date or time.';
comment on column ops.later_date.row_count is 'Rows with such a date.';
