-- Rows without a key, rows whose key cannot be read, and the deletions that the latter hold back, each in a count of its own.
alter table ops.feed_load add column empty_key_count bigint;
alter table ops.feed_load add column unreadable_key_count bigint;
alter table ops.feed_load add column held_count bigint;
comment on column ops.feed_load.empty_key_count is 'Refused rows whose key, or a part of it, is empty: none of the feed''s rows. Null for loads that did not count them.';
comment on column ops.feed_load.unreadable_key_count is 'Refused rows whose key could not be read, so that they may be rows that seem to be missing. Null for loads that did not count them.';
comment on column ops.feed_load.held_count is 'Current rows that are missing from a full extract and not deleted, since their keys may be among the unreadable ones. Null for loads that did not count them.';
comment on column ops.refusal.row_key is 'Key of the row, pseudonymised where the feed says so: its current version, if any, is stale. Null if the key is empty or could not be read.';
comment on column ops.refusal.code is 'UNPARSABLE, MISSING, KEY_EMPTY, NO_SUCH_TIME, FIELD_COUNT, KEY_REPEATED, ROW_REPEATED.';

alter table ops.release_feed add column held_count bigint;
comment on column ops.release_feed.held_count is 'Rows that the latest full extract did not have and that were not deleted, since their keys may be among those that could not be read. Null for releases that did not record it.';
