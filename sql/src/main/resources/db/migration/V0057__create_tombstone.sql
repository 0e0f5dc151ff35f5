-- Rows that were erased stay out of the warehouse while their source still sends them. Tombstones recognise them
-- without containing a key or a value; rows that are kept out are an account of their own.
create table ops.tombstone_key (
    tombstone_key_id varchar(40) not null,
    encrypted_key varchar(200) not null,
    created_under varchar(40) not null,
    created_at timestamp with time zone not null,
    constraint tombstone_key_pk primary key (tombstone_key_id)
);
comment on table ops.tombstone_key is 'A random key for the hashes of tombstones. A replaced pseudonym key encrypts it again, so that tombstones remain valid; later tombstones have a new one.';
comment on column ops.tombstone_key.tombstone_key_id is 'Identifier of the key.';
comment on column ops.tombstone_key.encrypted_key is 'The key, encrypted under the pseudonym key of the warehouse (AES-GCM, base64).';
comment on column ops.tombstone_key.created_under is 'Fingerprint of the pseudonym key when the key was created, without the format of keys.';
comment on column ops.tombstone_key.created_at is 'When the key was created, by the clock.';

create table ops.tombstone (
    tombstone_key_id varchar(40) not null,
    tombstone_hash varchar(32) not null,
    kind varchar(10) not null,
    feed varchar(100),
    ends_on date not null,
    ground varchar(300) not null,
    reason varchar(1000) not null,
    created_at timestamp with time zone not null,
    created_by varchar(100) not null,
    constraint tombstone_pk primary key (tombstone_key_id, tombstone_hash),
    constraint tombstone_key_fk foreign key (tombstone_key_id) references ops.tombstone_key (tombstone_key_id)
);
comment on table ops.tombstone is 'Rows to keep out of the warehouse. Personal data: whoever has the pseudonym key can verify a guess.';
comment on column ops.tombstone.tombstone_key_id is 'Key of the hash.';
comment on column ops.tombstone.tombstone_hash is 'Keyed hash (HMAC-SHA256, its first 16 bytes in hex) of the feed and the key of a row, or of a value, as the source sends them.';
comment on column ops.tombstone.kind is 'row: the rows of one feed with one key. value: all rows that have a value in a pseudonymised column, in any feed.';
comment on column ops.tombstone.feed is 'Feed of a row; null for a value.';
comment on column ops.tombstone.ends_on is 'Last business date on which the rows are kept out.';
comment on column ops.tombstone.ground is 'Legal ground.';
comment on column ops.tombstone.reason is 'Why, in the words of whoever erased the rows.';
comment on column ops.tombstone.created_at is 'When the tombstone was created, by the clock.';
comment on column ops.tombstone.created_by is 'Owner of the process by the operating system.';

alter table ops.feed_load add column kept_out_count bigint;

update ops.feed_load set kept_out_count = 0
where refused_count is not null;

comment on table ops.feed_load is 'One load of one feed. received = loaded + unchanged + repeated + superseded + refused + kept out. A copy of what the raw snapshot says, which is the record.';
comment on column ops.feed_load.kept_out_count is 'Rows that the source still sends although they were erased; see ops.tombstone. 0 for loads that are older than this column.';
