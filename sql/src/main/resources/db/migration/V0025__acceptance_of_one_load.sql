-- What a person lets pass of a feed is let pass once, and no further than it was shown.
alter table ops.acceptance add column used_by_load varchar(60);
alter table ops.acceptance add column shown varchar(4000);
comment on table ops.acceptance is 'A limit that a person lets pass on one business date, with the reason. Of a feed it serves one load of that date, of a queue the runs of that date; none of another.';
comment on column ops.acceptance.used_by_load is 'Load that passes the limit by it: once the load is complete the acceptance serves no other; null if none does, and of a queue.';
comment on column ops.acceptance.shown is 'What a load had been stopped by when it was recorded, such as deleted=150, and up to which, and a tenth more, it lets pass; null if none had been.';

alter table ops.feed_load add column exceeded varchar(4000);
comment on column ops.feed_load.exceeded is 'By how much a load that failed went beyond its limits, such as deleted=150,emptied:closed_at=297; null if it did not.';
