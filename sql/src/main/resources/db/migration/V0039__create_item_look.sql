-- Who looked at the items behind a count, when and why: recorded before the items are shown. Rows are only added. Only
-- the owner reads and writes it: it names people.
create table ops.item_look (
    look_id varchar(40) not null primary key,
    looked_at timestamp with time zone not null,
    looked_by varchar(100) not null,
    reason varchar(1000) not null,
    release_id varchar(40) not null,
    compared_release_id varchar(40),
    queue varchar(100) not null,
    slice varchar(100) not null,
    slice_value varchar(400) not null,
    month_start_on date not null,
    measure varchar(100) not null,
    exit_reason varchar(100) not null,
    row_count bigint not null
);
comment on table ops.item_look is 'One look at the items behind a count, recorded before they were shown. Rows are only added.';
comment on column ops.item_look.look_id is 'Random id.';
comment on column ops.item_look.looked_at is 'When, by the clock.';
comment on column ops.item_look.looked_by is 'User of the operating system.';
comment on column ops.item_look.reason is 'Why, in the words of the person.';
comment on column ops.item_look.release_id is 'Release whose items were shown.';
comment on column ops.item_look.compared_release_id is 'Release before it, if only the items that differ from it were shown; null if all were.';
comment on column ops.item_look.queue is 'Queue of the count.';
comment on column ops.item_look.slice is 'Slice of the count; all for the total.';
comment on column ops.item_look.slice_value is 'Value of the slice; all for the total.';
comment on column ops.item_look.month_start_on is 'First day of its month.';
comment on column ops.item_look.measure is 'Column of mart.queue_monthly.';
comment on column ops.item_look.exit_reason is 'Name of the exit, if only items that left in this way were shown; all otherwise.';
comment on column ops.item_look.row_count is 'How many items were shown.';
