-- Each changed figure is stored once, by the release that found it, and shown by every release after it.
alter table ops.release_table add column history_from varchar(40);
comment on column ops.release_table.history_from is 'First of the earlier releases whose rows this one shows too; null if it shows its own only.';
