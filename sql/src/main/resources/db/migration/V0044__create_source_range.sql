-- Whether the database that a feed of changes reads continues where the last load ended: which database it was, and the
-- ranges of the cursor in which its rows were compared.
create table ops.source_identity (
    feed varchar(100) not null primary key,
    system_identifier varchar(100),
    timeline varchar(100),
    is_readable boolean not null,
    noted_on date not null
);
comment on table ops.source_identity is 'The database that the last load of a feed of changes has read, of kinds of databases that have an identity: PostgreSQL, SQL Server and Oracle.';
comment on column ops.source_identity.feed is 'Feed.';
comment on column ops.source_identity.system_identifier is 'PostgreSQL: system_identifier. SQL Server: recovery_fork_guid. Oracle: dbid. Null if it could never be read.';
comment on column ops.source_identity.timeline is 'PostgreSQL: timeline, and oid of the database. Oracle: change number of the last open resetlogs, which begins an incarnation. Null of SQL Server, or if it could never be read.';
comment on column ops.source_identity.is_readable is 'Whether the user of the feed may read it, as of the last load.';
comment on column ops.source_identity.noted_on is 'Business date of the load that noted this state first.';
create table ops.source_range (
    feed varchar(100) not null,
    range_number integer not null,
    cursor_column varchar(100) not null,
    range_from varchar(40),
    compared_on date,
    known_count bigint,
    known_lowest varchar(40),
    known_highest varchar(40),
    source_count bigint,
    source_lowest varchar(40),
    source_highest varchar(40),
    primary key (feed, range_number)
);
comment on table ops.source_range is 'One range of the cursor of a feed of changes in a database: a month, or about a 200th of the rows of a whole number. Count, lowest and highest cursor in the source and in current are compared, and the rows of a range that differs.';
comment on column ops.source_range.feed is 'Feed.';
comment on column ops.source_range.range_number is 'Place among the ranges of the feed, from 0.';
comment on column ops.source_range.cursor_column is 'Column of the feed by which changes are found.';
comment on column ops.source_range.range_from is 'Lowest value of the range, in ISO format; it ends where the next one begins. Null of the first.';
comment on column ops.source_range.compared_on is 'Business date of the load that compared it last. Null if none did.';
comment on column ops.source_range.known_count is 'Of a range that differed when its rows were compared last: rows in current then. Refused rows are a reason. Null if it did not differ.';
comment on column ops.source_range.known_lowest is 'Lowest cursor in current then.';
comment on column ops.source_range.known_highest is 'Highest cursor in current then.';
comment on column ops.source_range.source_count is 'Rows in the source then, without those marked as deleted.';
comment on column ops.source_range.source_lowest is 'Lowest cursor in the source then.';
comment on column ops.source_range.source_highest is 'Highest cursor in the source then.';
