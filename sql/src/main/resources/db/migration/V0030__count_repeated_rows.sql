-- Rows that repeat an earlier one of the same extract word for word are an account of their own; until now they counted among the refused.
alter table ops.feed_load add column repeated_count bigint;

update ops.feed_load set repeated_count = 0
where refused_count is not null;

comment on table ops.feed_load is 'One load of one feed. received = loaded + unchanged + repeated + refused. A copy of what the raw snapshot says, which is the record.';
comment on column ops.feed_load.repeated_count is 'Rows that repeat an earlier row of the same extract word for word: same key, same values. The first is loaded or unchanged. 0 for loads that are older than this column, which counted such rows among the refused.';
comment on column ops.feed_load.refused_count is 'Rows that could not be stored; see ops.refusal.';
comment on column ops.refusal.code is 'UNPARSABLE, NO_MATCH, MISSING, KEY_EMPTY, SUPERSEDED, NO_SUCH_TIME, FIELD_COUNT, KEY_REPEATED. ROW_REPEATED in loads that are older than ops.feed_load.repeated_count.';
