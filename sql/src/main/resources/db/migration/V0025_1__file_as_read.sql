-- By size and moment a file that was delivered again is told from one that is as it was read.
alter table ops.feed_load add column file_size bigint;
alter table ops.feed_load add column file_modified_at timestamp with time zone;
comment on column ops.feed_load.file_size is 'Bytes of the file when the load began to read it; null if that is not known, and of a database.';
comment on column ops.feed_load.file_modified_at is 'When the file had been changed last when the load began to read it, by the clock of its file system; null if that is not known, and of a database.';
