-- Keys of a warehouse can be replaced (fpw rekey). Releases that are kept have other digests of tables with keys then,
-- and of the whole; those that they were released with stay on record.
create table ops.rekeying (
    rekeying_id varchar(40) not null,
    rekeyed_at timestamp with time zone not null,
    rekeyed_by varchar(100) not null,
    cause varchar(1000) not null,
    finished_at timestamp with time zone,
    constraint rekeying_pk primary key (rekeying_id)
);
comment on table ops.rekeying is 'One replacement of the keys of the warehouse.';
comment on column ops.rekeying.rekeying_id is 'Identifier of the replacement.';
comment on column ops.rekeying.rekeyed_at is 'When the database was switched to the new keys, by the clock.';
comment on column ops.rekeying.rekeyed_by is 'Owner of the process by the operating system.';
comment on column ops.rekeying.cause is 'What was replaced by what.';
comment on column ops.rekeying.finished_at is 'When the files of the releases followed; null until then.';

create table ops.rekeyed_digest (
    rekeying_id varchar(40) not null,
    release_id varchar(40) not null,
    table_name varchar(100) not null,
    digest varchar(64) not null,
    constraint rekeyed_digest_pk primary key (rekeying_id, release_id, table_name),
    constraint rekeyed_digest_rekeying_fk foreign key (rekeying_id) references ops.rekeying (rekeying_id)
);
comment on table ops.rekeyed_digest is 'A digest that a release had before the keys of the warehouse were replaced.';
comment on column ops.rekeyed_digest.rekeying_id is 'Replacement.';
comment on column ops.rekeyed_digest.release_id is 'Release.';
comment on column ops.rekeyed_digest.table_name is 'Table of the release; ''release'' for the digest of the whole release.';
comment on column ops.rekeyed_digest.digest is 'Digest before the replacement.';
