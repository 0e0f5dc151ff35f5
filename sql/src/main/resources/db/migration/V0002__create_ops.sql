-- How the warehouse is run: nights, locks, loads, refusals, accounts, quality results, releases. Instants are points in time; dates are business dates.
create schema ops;

create table ops.night (
    run_id varchar(40) not null primary key,
    business_date date not null,
    started_at timestamp with time zone not null,
    finished_at timestamp with time zone,
    status varchar(20) not null,
    exit_code integer,
    release_id varchar(40),
    message varchar(4000)
);
comment on table ops.night is 'One attempt at a night.';
comment on column ops.night.run_id is 'Identity of the attempt.';
comment on column ops.night.business_date is 'The only date of the night: as-of and known-on.';
comment on column ops.night.started_at is 'When it began, by the clock.';
comment on column ops.night.finished_at is 'When it ended; null while it runs or if it was killed.';
comment on column ops.night.status is 'running, released, failed or abandoned (killed, noticed by a later run).';
comment on column ops.night.exit_code is 'Exit code of the process; null while it runs or if it was killed.';
comment on column ops.night.release_id is 'The release it made; null if none.';
comment on column ops.night.message is 'What went wrong, in words; null if nothing did.';

create table ops.warehouse_lock (
    name varchar(100) not null primary key,
    token bigint not null,
    run_id varchar(40),
    host varchar(255),
    pid bigint,
    process_started_at timestamp with time zone,
    acquired_at timestamp with time zone,
    heartbeat_at timestamp with time zone
);
comment on table ops.warehouse_lock is 'One row per lock. The token grows with every holder and is checked before each commit, so that an orphan cannot write beside its successor.';
comment on column ops.warehouse_lock.name is 'What is locked: warehouse.';
comment on column ops.warehouse_lock.token is 'Number of the latest holder.';
comment on column ops.warehouse_lock.run_id is 'Night that holds it; null if free.';
comment on column ops.warehouse_lock.host is 'Host of the holder; null if free.';
comment on column ops.warehouse_lock.pid is 'Process of the holder; null if free.';
comment on column ops.warehouse_lock.process_started_at is 'When that process began, so that a reused pid is not taken for it; null if free or unknown.';
comment on column ops.warehouse_lock.acquired_at is 'When it was taken; null if free.';
comment on column ops.warehouse_lock.heartbeat_at is 'Last sign of life of the holder; null if free.';

create table ops.feed_load (
    load_id varchar(60) not null primary key,
    run_id varchar(40),
    feed varchar(100) not null,
    business_date date not null,
    status varchar(20) not null,
    file_name varchar(255),
    file_digest varchar(64),
    received_count bigint,
    loaded_count bigint,
    unchanged_count bigint,
    refused_count bigint,
    deleted_count bigint,
    flagged_count bigint,
    raw_snapshot_id bigint,
    started_at timestamp with time zone not null,
    finished_at timestamp with time zone,
    message varchar(4000)
);
comment on table ops.feed_load is 'One load of one feed. received = loaded + unchanged + refused. A copy of what the raw snapshot says, which is the record.';
comment on column ops.feed_load.load_id is 'Identity of the load.';
comment on column ops.feed_load.run_id is 'Night that made it; null if rebuilt from raw.';
comment on column ops.feed_load.feed is 'Feed.';
comment on column ops.feed_load.business_date is 'Business date; known-on of its rows.';
comment on column ops.feed_load.status is 'running, loaded or failed.';
comment on column ops.feed_load.file_name is 'File that was read.';
comment on column ops.feed_load.file_digest is 'SHA-256 of the file.';
comment on column ops.feed_load.received_count is 'Rows in the file; null if it could not be counted.';
comment on column ops.feed_load.loaded_count is 'Rows that were new or changed.';
comment on column ops.feed_load.unchanged_count is 'Rows equal to the current version.';
comment on column ops.feed_load.refused_count is 'Rows that could not be stored; see ops.refusal.';
comment on column ops.feed_load.deleted_count is 'Current rows that a full extract no longer holds.';
comment on column ops.feed_load.flagged_count is 'Loaded rows with an ambiguous local time (the earlier was taken).';
comment on column ops.feed_load.raw_snapshot_id is 'Snapshot of the raw table; null if the load changed nothing or failed.';
comment on column ops.feed_load.started_at is 'When it began.';
comment on column ops.feed_load.finished_at is 'When it ended; null while it runs or if it was killed.';
comment on column ops.feed_load.message is 'What went wrong; null if nothing did.';

create table ops.refusal (
    load_id varchar(60) not null,
    line_number bigint not null,
    feed varchar(100) not null,
    file_name varchar(255) not null,
    row_key varchar(400),
    field varchar(100),
    code varchar(40) not null,
    message varchar(1000) not null,
    value_shown varchar(200),
    primary key (load_id, line_number)
);
comment on table ops.refusal is 'One source row that could not be stored.';
comment on column ops.refusal.load_id is 'Load that refused it.';
comment on column ops.refusal.line_number is 'Line in the file, counted from 1; of a row over several lines, the first.';
comment on column ops.refusal.feed is 'Feed.';
comment on column ops.refusal.file_name is 'File.';
comment on column ops.refusal.row_key is 'Key of the row, pseudonymised where the feed says so: its current version, if any, is stale. Null if the key could not be read.';
comment on column ops.refusal.field is 'Column that is at fault; null if the row as a whole is.';
comment on column ops.refusal.code is 'UNPARSABLE, MISSING, NO_SUCH_TIME, FIELD_COUNT, KEY_REPEATED, ROW_REPEATED.';
comment on column ops.refusal.message is 'In words, without personal values.';
comment on column ops.refusal.value_shown is 'The text at fault, only of columns declared not personal.';

create table ops.feed_account (
    run_id varchar(40) not null,
    feed varchar(100) not null,
    current_count bigint not null,
    used_count bigint not null,
    excluded_count bigint not null,
    primary key (run_id, feed)
);
comment on table ops.feed_account is 'Where the current rows of a feed went in a night: current = used + excluded.';
comment on column ops.feed_account.run_id is 'Night.';
comment on column ops.feed_account.feed is 'Feed.';
comment on column ops.feed_account.current_count is 'Rows in current.';
comment on column ops.feed_account.used_count is 'Rows whose item contributes to a spell, or waits for its day.';
comment on column ops.feed_account.excluded_count is 'Rows in core.exclusion.';

create table ops.exclusion_count (
    run_id varchar(40) not null,
    feed varchar(100) not null,
    code varchar(60) not null,
    row_count bigint not null,
    primary key (run_id, feed, code)
);
comment on table ops.exclusion_count is 'Rows of a feed left out of core in a night, by reason; the rows are in core.exclusion.';
comment on column ops.exclusion_count.run_id is 'Night.';
comment on column ops.exclusion_count.feed is 'Feed.';
comment on column ops.exclusion_count.code is 'Rule or reason.';
comment on column ops.exclusion_count.row_count is 'Rows.';

create table ops.quality_result (
    run_id varchar(40) not null,
    table_name varchar(100) not null,
    code varchar(100) not null,
    severity varchar(20) not null,
    failed_count bigint not null,
    message varchar(2000) not null,
    primary key (run_id, table_name, code)
);
comment on table ops.quality_result is 'One test of one table in a night.';
comment on column ops.quality_result.run_id is 'Night.';
comment on column ops.quality_result.table_name is 'Model or feed.';
comment on column ops.quality_result.code is 'Test.';
comment on column ops.quality_result.severity is 'stop (a failure stops the release) or warning.';
comment on column ops.quality_result.failed_count is 'Rows that failed; 0 for a test that passed.';
comment on column ops.quality_result.message is 'What a failure means.';

create table ops.release (
    release_id varchar(40) not null primary key,
    run_id varchar(40) not null,
    business_date date not null,
    released_at timestamp with time zone not null,
    software_version varchar(40) not null,
    force_digest varchar(64) not null,
    key_fingerprint varchar(64),
    digest varchar(64) not null,
    name varchar(100)
);
comment on table ops.release is 'One release: a set of table snapshots that were audited and published together.';
comment on column ops.release.release_id is 'Business date and number, such as 2016-01-12.1.';
comment on column ops.release.run_id is 'Night that made it.';
comment on column ops.release.business_date is 'Business date.';
comment on column ops.release.released_at is 'When it was published.';
comment on column ops.release.software_version is 'Version of this software.';
comment on column ops.release.force_digest is 'SHA-256 of the force folder.';
comment on column ops.release.key_fingerprint is 'Fingerprint of the pseudonym key; null if the force needs none.';
comment on column ops.release.digest is 'SHA-256 over the digests of its tables: equal for equal content.';
comment on column ops.release.name is 'Name under which it is kept; null for an ordinary night.';

create table ops.release_table (
    release_id varchar(40) not null references ops.release (release_id),
    table_name varchar(100) not null,
    snapshot_id bigint not null,
    row_count bigint not null,
    digest varchar(64) not null,
    primary key (release_id, table_name)
);
comment on table ops.release_table is 'One table of one release.';
comment on column ops.release_table.release_id is 'Release.';
comment on column ops.release_table.table_name is 'Table, such as mart.queue_daily.';
comment on column ops.release_table.snapshot_id is 'Iceberg snapshot.';
comment on column ops.release_table.row_count is 'Rows.';
comment on column ops.release_table.digest is 'SHA-256 of its sorted rows without release_id and clock times.';

create table ops.current_release (
    only_row integer default 1 not null primary key check (only_row = 1),
    release_id varchar(40) not null references ops.release (release_id)
);
comment on table ops.current_release is 'The release that readers see; one row, none before the first release.';
comment on column ops.current_release.only_row is 'Always 1.';
comment on column ops.current_release.release_id is 'Release.';
