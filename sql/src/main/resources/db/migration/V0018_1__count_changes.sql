-- What a load does to the rows that were known before it: by this the next loads are judged.
alter table ops.feed_load add column before_count bigint;
alter table ops.feed_load add column changed_count bigint;
alter table ops.feed_load add column emptied varchar(4000);
alter table ops.feed_load add column accepted varchar(400);
comment on column ops.feed_load.before_count is 'Rows that were current before the load; null if it did not end, or is older than this column.';
comment on column ops.feed_load.changed_count is 'Rows among them that it changed without deleting them; null as before_count.';
comment on column ops.feed_load.emptied is 'Columns in which the changed rows have fewer values than before: column=lost/of, divided by commas, of being the values of all current rows before; empty if there are none.';
comment on column ops.feed_load.accepted is 'Limits that the load passed because a person accepted it (see ops.acceptance), divided by commas; empty if there are none. Such a change does not count in the limits over 28 days.';
