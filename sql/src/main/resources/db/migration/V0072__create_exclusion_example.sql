-- What a rule excludes, with the shapes of values of one row, and no value that the feed does not list: these are in
-- core.exclusion, whose reads are on record.
create table ops.exclusion_example (
    run_id varchar(40) not null,
    feed varchar(100) not null,
    code varchar(60) not null,
    example varchar(2000) not null,
    primary key (run_id, feed, code)
);
comment on table ops.exclusion_example is 'Message of each rule that excluded rows of a feed in a night, with the shapes of values of one of them.';
comment on column ops.exclusion_example.run_id is 'Night.';
comment on column ops.exclusion_example.feed is 'Feed.';
comment on column ops.exclusion_example.code is 'Rule.';
comment on column ops.exclusion_example.example is 'Message with shapes of values, such as dddd-dd-dd.';
