-- Of an embedded database it is a path, which may be as long as the warehouse folder's.
alter table ops.warehouse alter column database_id set data type varchar(4000);
comment on column ops.warehouse.database_id is 'The database itself, by which a copy is told apart: server and database of PostgreSQL; absolute path of an embedded one, symbolic links resolved. Empty for an embedded one in rows of earlier versions.';
