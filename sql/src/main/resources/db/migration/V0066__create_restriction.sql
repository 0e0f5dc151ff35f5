-- Rows that must be kept as evidence are restricted instead of erased: removed as by an erasure, and kept in a sealed
-- file that only its own command opens.
create table ops.restriction (
    restriction_id varchar(40) not null,
    review_on date not null,
    version_count bigint not null,
    byte_count bigint not null,
    crc32 varchar(8) not null,
    made_under varchar(40) not null,
    encrypted_key varchar(200),
    lifted_at timestamp with time zone,
    lifted_by varchar(100),
    lift_reason varchar(1000),
    erased_at timestamp with time zone,
    erased_by varchar(100),
    erase_reason varchar(1000),
    constraint restriction_pk primary key (restriction_id),
    constraint restriction_erasure_fk foreign key (restriction_id) references ops.erasure (erasure_id)
);
comment on table ops.restriction is 'A restriction of the processing of rows: the erasure of the same id, of which the rows are kept in a sealed file.';
comment on column ops.restriction.restriction_id is 'Identifier of the restriction and of its erasure; the sealed file has its name.';
comment on column ops.restriction.review_on is 'Date on which it is to be decided whether the rows must still be kept.';
comment on column ops.restriction.version_count is 'Number of versions of rows in the sealed file.';
comment on column ops.restriction.byte_count is 'Size of the sealed file.';
comment on column ops.restriction.crc32 is 'CRC-32 of the sealed file, in hex.';
comment on column ops.restriction.made_under is 'Fingerprint, without the format of keys, of the pseudonym key of which the pseudonyms in the sealed file are.';
comment on column ops.restriction.encrypted_key is 'Key of the sealed file, encrypted under the pseudonym key of the warehouse (AES-GCM, base64); null once the file was deleted.';
comment on column ops.restriction.lifted_at is 'When it was lifted, by the clock: from then on rows that a source still sends are loaded again. Null while it stands.';
comment on column ops.restriction.lifted_by is 'Owner of that process by the operating system.';
comment on column ops.restriction.lift_reason is 'Why, in the words of whoever lifted it.';
comment on column ops.restriction.erased_at is 'When the sealed file was deleted, by the clock; null while it is there.';
comment on column ops.restriction.erased_by is 'Owner of that process by the operating system.';
comment on column ops.restriction.erase_reason is 'Why, in the words of whoever deleted it.';

alter table ops.tombstone add column restriction_id varchar(40);
comment on column ops.tombstone.restriction_id is 'Restriction that keeps the rows out and stands; null for rows that were erased.';
