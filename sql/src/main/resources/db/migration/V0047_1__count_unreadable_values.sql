-- Values that could not be read and were stored as empty, since their column says so.
create table ops.unreadable_value (
    load_id varchar(60) not null,
    column_name varchar(100) not null,
    value_count bigint not null,
    primary key (load_id, column_name)
);
comment on table ops.unreadable_value is 'Values of one column that one load could not read and stored as empty (unreadable in feeds/*.yml). The flags of the rows in raw say which.';
comment on column ops.unreadable_value.load_id is 'Load.';
comment on column ops.unreadable_value.column_name is 'Column of the feed.';
comment on column ops.unreadable_value.value_count is 'Rows of the extract with such a value.';
