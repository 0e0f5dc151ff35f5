-- Feeds of changes in databases: when they were last compared with the whole of their source, what that found, and what lies above a gap of the cursor.
alter table ops.feed_load add column reconcile varchar(20);
alter table ops.feed_load add column reconciled_on date;
alter table ops.feed_load add column next_reconcile_on date;
alter table ops.feed_load add column reconciled_added_count bigint;
alter table ops.feed_load add column reconciled_changed_count bigint;
alter table ops.feed_load add column reconciled_deleted_count bigint;
alter table ops.feed_load add column above_gap_count bigint;
comment on column ops.feed_load.reconcile is 'How the feed said hard deletions and missed changes are found, when it was loaded: none, or a number of days such as 7 days; null if it is no feed of changes in a database, or was rebuilt from raw.';
comment on column ops.feed_load.reconciled_on is 'Business date of the latest load, up to this one, that compared the whole source; null if none did.';
comment on column ops.feed_load.next_reconcile_on is 'Business date from which the whole source is compared again; null if it never is.';
comment on column ops.feed_load.reconciled_added_count is 'Rows that the warehouse did not have and that the cursor had missed, also among the loaded; null if this load did not compare the whole source.';
comment on column ops.feed_load.reconciled_changed_count is 'Rows that had changed, or been marked as deleted, and that the cursor had missed, also among the loaded; null if this load did not compare the whole source.';
comment on column ops.feed_load.reconciled_deleted_count is 'Current rows that were gone from the source, also among the deleted; null if this load did not compare the whole source.';
comment on column ops.feed_load.above_gap_count is 'Rows whose cursor lies above a gap, so that they are read every night; null if changes are not found by a whole number.';
