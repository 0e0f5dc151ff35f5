-- Feeds that read databases: up to where their changes are known.
alter table ops.feed_load add column watermark varchar(100);
comment on column ops.feed_load.watermark is 'Highest value of the feed''s cursor in this load or an earlier one, from which the next load looks back; null if changes are not found by a cursor.';
comment on column ops.feed_load.file_name is 'File, table or query that was read.';
comment on column ops.feed_load.file_digest is 'SHA-256 of the file, or the sum of those of the rows of a table or query.';
comment on column ops.feed_load.received_count is 'Rows in the file, table or query; null if it could not be counted.';
comment on column ops.feed_load.loaded_count is 'Rows that were new or changed, among them those that the source marks as deleted.';
comment on column ops.feed_load.unchanged_count is 'Rows equal to the current version, or marked as deleted and not current.';
comment on column ops.feed_load.deleted_count is 'Current rows that the source marks as deleted (also among the loaded) or that a full extract no longer holds.';
comment on column ops.refusal.line_number is 'Line in the file, counted from 1; of a row over several lines, the first. Of a table or query, the number of the row in the extract.';
comment on column ops.refusal.file_name is 'File, table or query.';
