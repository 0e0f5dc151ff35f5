-- The columns that the table or query of each feed had when it was loaded, so that a new one is told once.
create table ops.source_column (
    feed varchar(100) not null,
    column_name varchar(300) not null,
    column_type varchar(300) not null,
    seen_on date not null,
    primary key (feed, column_name)
);
comment on table ops.source_column is 'One column of the table or query that a feed reads, whether the feed lists it or not. Files have no rows: a column that their feed does not list is refused.';
comment on column ops.source_column.feed is 'Feed.';
comment on column ops.source_column.column_name is 'Name, as the source writes it.';
comment on column ops.source_column.column_type is 'Type, as the source named it then.';
comment on column ops.source_column.seen_on is 'Business date of the first load that found it.';
