-- Tables can be in an object store instead of the warehouse folder.
alter table ops.warehouse add column tables_url varchar(1000);
comment on column ops.warehouse.tables_url is 'URL under which the tables are in an object store, such as s3://bucket/prefix; null if they are in the warehouse folder.';
