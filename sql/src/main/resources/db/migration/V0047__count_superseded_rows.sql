-- Rows of whose key a later version is known are an account of their own; those of late files counted among the refused until now.
alter table ops.feed_load add column superseded_count bigint;

update ops.feed_load set superseded_count = 0
where refused_count is not null;

comment on table ops.feed_load is 'One load of one feed. received = loaded + unchanged + repeated + superseded + refused. A copy of what the raw snapshot says, which is the record.';
comment on column ops.feed_load.superseded_count is 'Rows of whose key a later version is known: in the same extract, by the order column of the feed, or in a file of a later date that was loaded before. 0 for loads that are older than this column, which counted the latter among the refused.';
comment on column ops.refusal.code is 'UNPARSABLE, NO_MATCH, MISSING, KEY_EMPTY, NO_SUCH_TIME, FIELD_COUNT, KEY_REPEATED. SUPERSEDED in loads that are older than ops.feed_load.superseded_count, ROW_REPEATED in those that are older than repeated_count.';
