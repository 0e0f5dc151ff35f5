-- A tombstone recognises a row by texts as they were read when it was erased: with another transform it would not.
alter table ops.tombstone add column readings varchar(10000);
comment on column ops.tombstone.readings is 'How the columns were read whose texts it recognises (transform, pad), one reading a line: of a row those of its key, of a value those of all pseudonymised columns at that time. A load of a feed with another reading is refused. Null for tombstones that are older than this column.';
