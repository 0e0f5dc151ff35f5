-- A warehouse knows who it is: the same identity stands here and in the warehouse folder's warehouse.json, and every process compares both before it writes.
create table ops.warehouse (
    only_row integer default 1 not null primary key,
    warehouse_id varchar(36) not null,
    force_code varchar(100) not null,
    real_path varchar(4000) not null,
    data_prefix varchar(100) not null,
    force_folder varchar(4000) not null,
    database_id varchar(100) not null,
    created_at timestamp with time zone not null,
    relocated_at timestamp with time zone,
    relocated_from varchar(36),
    constraint warehouse_has_one_row check (only_row = 1)
);
comment on table ops.warehouse is 'The identity of this warehouse; one row, none before the first night. The file warehouse.json in the warehouse folder says the same.';
comment on column ops.warehouse.only_row is 'Always 1: a database holds one warehouse.';
comment on column ops.warehouse.warehouse_id is 'UUID of the warehouse. A copy carries the same until fpw relocate gives it its own.';
comment on column ops.warehouse.force_code is 'Short name of the force whose warehouse it is.';
comment on column ops.warehouse.real_path is 'Absolute path of the warehouse folder, symbolic links resolved. The paths in its tables begin with it.';
comment on column ops.warehouse.data_prefix is 'Folder of the tables, relative to the warehouse folder: data/<UUID>, or data where the warehouse is older than its identity.';
comment on column ops.warehouse.force_folder is 'Absolute path, symbolic links resolved, of the force folder that was last allowed to write. Another one needs --adopt-folder once.';
comment on column ops.warehouse.database_id is 'The database itself, by which a copy restored beside it is told apart: server and database of PostgreSQL; empty for an embedded one, which lies in the folder.';
comment on column ops.warehouse.created_at is 'When the identity was given.';
comment on column ops.warehouse.relocated_at is 'When fpw relocate last rewrote the paths; null if never.';
comment on column ops.warehouse.relocated_from is 'UUID of the warehouse that this one was copied from; null if it is no copy.';

grant select on ops.warehouse to fpw_analyst;
