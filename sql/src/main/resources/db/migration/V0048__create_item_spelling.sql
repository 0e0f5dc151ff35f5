-- How many items of a feed are another one but for blanks and capitals, as the last load that read its whole source found.
create table ops.item_spelling (
    feed varchar(100) not null primary key,
    counted_on date not null,
    alike_count bigint not null
);
comment on table ops.item_spelling is 'Items of one feed that differ from another one only in blanks and capitals, and count as items of their own. Feeds whose items are no texts, or of which each row is an item, have no row.';
comment on column ops.item_spelling.feed is 'Feed.';
comment on column ops.item_spelling.counted_on is 'Business date of the last load that read the whole source.';
comment on column ops.item_spelling.alike_count is 'Items beyond the first of those that are the same but for blanks and capitals. Estimated from a sample where the source has more than half a million items.';
