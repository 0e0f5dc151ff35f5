-- What the warehouse keeps in its database beside the published tables, which are made from their models: Iceberg's catalog, the record of its runs (ops), the tables of
-- Spring Batch. Instants are points in time; dates are business dates. Only an empty database is made by this file: those of earlier versions have it in smaller steps.
create schema ops;
create schema mart_rows;
comment on schema mart_rows is 'Rows of the releases that are kept, told apart by release_id. Readers use schema mart.';
create schema mart;
comment on schema mart is 'Figures of the current release. Every row names the release it belongs to.';
create schema mart_releases;
comment on schema mart_releases is 'The views of mart over every release that is kept, told apart by release_id. Always choose one release.';
create schema bi_releases;
comment on schema bi_releases is 'The views of bi over every release that is kept, told apart by release_id. Always choose one release.';
create schema bi;
comment on schema bi is 'Views for BI tools: totals and slices apart, so that nothing is added up wrongly by accident.';

create table iceberg_tables (
    catalog_name varchar(255) not null,
    table_namespace varchar(255) not null,
    table_name varchar(255) not null,
    metadata_location varchar(1000),
    previous_metadata_location varchar(1000),
    iceberg_type varchar(5),
    primary key (catalog_name, table_namespace, table_name)
);
comment on table iceberg_tables is 'Iceberg catalog: one row per table, with the file that holds its current metadata.';
comment on column iceberg_tables.catalog_name is 'Catalog.';
comment on column iceberg_tables.table_namespace is 'Namespace: raw, current, core or mart.';
comment on column iceberg_tables.table_name is 'Table.';
comment on column iceberg_tables.metadata_location is 'Current metadata file.';
comment on column iceberg_tables.previous_metadata_location is 'Metadata file before it.';
comment on column iceberg_tables.iceberg_type is 'TABLE or VIEW.';

create table iceberg_namespace_properties (
    catalog_name varchar(255) not null,
    namespace varchar(255) not null,
    property_key varchar(255) not null,
    property_value varchar(1000),
    primary key (catalog_name, namespace, property_key)
);
comment on table iceberg_namespace_properties is 'Iceberg catalog: properties of namespaces.';
comment on column iceberg_namespace_properties.catalog_name is 'Catalog.';
comment on column iceberg_namespace_properties.namespace is 'Namespace.';
comment on column iceberg_namespace_properties.property_key is 'Property.';
comment on column iceberg_namespace_properties.property_value is 'Value.';

create table ops.night (
    run_id varchar(40) not null primary key,
    business_date date not null,
    started_at timestamp with time zone not null,
    finished_at timestamp with time zone,
    status varchar(20) not null,
    exit_code integer,
    release_id varchar(40),
    message varchar(4000),
    command varchar(20) default 'nightly' not null,
    feed varchar(100),
    force_digest varchar(64)
);
comment on table ops.night is 'One run of the warehouse: a night, or a part of one.';
comment on column ops.night.run_id is 'Identity of the attempt.';
comment on column ops.night.business_date is 'The only date of the night: as-of and known-on.';
comment on column ops.night.started_at is 'When it began, by the clock.';
comment on column ops.night.finished_at is 'When it ended; null while it runs or if it was killed.';
comment on column ops.night.status is 'running, released, loaded (ingest), computed (metrics), failed or abandoned (killed, noticed by a later run).';
comment on column ops.night.exit_code is 'Exit code of the process; null while it runs or if it was killed.';
comment on column ops.night.release_id is 'The release it made, or the candidate; null for an ingest.';
comment on column ops.night.message is 'What went wrong, in words; null if nothing did. With status released: what failed after the release was made, or which feeds it lacks.';
comment on column ops.night.command is 'What it was asked to do: nightly, ingest, metrics or release.';
comment on column ops.night.feed is 'Feed of an ingest; null otherwise.';
comment on column ops.night.force_digest is 'SHA-256 of the force folder it worked with; null before this column was there.';

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
    message varchar(4000),
    watermark varchar(100),
    source_date date,
    withdrawn_at timestamp with time zone,
    withdrawn_by varchar(100),
    withdrawn_reason varchar(1000),
    empty_key_count bigint,
    unreadable_key_count bigint,
    held_count bigint,
    reconcile varchar(20),
    reconciled_on date,
    next_reconcile_on date,
    reconciled_added_count bigint,
    reconciled_changed_count bigint,
    reconciled_deleted_count bigint,
    above_gap_count bigint,
    before_count bigint,
    changed_count bigint,
    emptied varchar(4000),
    accepted varchar(400),
    exceeded varchar(4000),
    file_size bigint,
    file_modified_at timestamp with time zone,
    repeated_count bigint
);
comment on table ops.feed_load is 'One load of one feed. received = loaded + unchanged + repeated + refused. A copy of what the raw snapshot says, which is the record.';
comment on column ops.feed_load.load_id is 'Identity of the load.';
comment on column ops.feed_load.run_id is 'Night that made it; null if rebuilt from raw.';
comment on column ops.feed_load.feed is 'Feed.';
comment on column ops.feed_load.business_date is 'Business date; known-on of its rows.';
comment on column ops.feed_load.status is 'running, loaded, failed or withdrawn (loaded, and taken back since: its rows count no longer).';
comment on column ops.feed_load.file_name is 'File, table or query that was read.';
comment on column ops.feed_load.file_digest is 'SHA-256 of the file, or the sum of those of the rows of a table or query.';
comment on column ops.feed_load.received_count is 'Rows in the file, table or query; null if it could not be counted.';
comment on column ops.feed_load.loaded_count is 'Rows that were new or changed, among them those that the source marks as deleted.';
comment on column ops.feed_load.unchanged_count is 'Rows equal to the current version, or marked as deleted and not current.';
comment on column ops.feed_load.refused_count is 'Rows that could not be stored; see ops.refusal.';
comment on column ops.feed_load.deleted_count is 'Current rows that the source marks as deleted (also among the loaded) or that a full extract no longer holds.';
comment on column ops.feed_load.flagged_count is 'Loaded rows with an ambiguous local time (the earlier was taken).';
comment on column ops.feed_load.raw_snapshot_id is 'Snapshot of the raw table; null if the load changed nothing or failed.';
comment on column ops.feed_load.started_at is 'When it began.';
comment on column ops.feed_load.finished_at is 'When it ended; null while it runs or if it was killed.';
comment on column ops.feed_load.message is 'What went wrong; null if nothing did.';
comment on column ops.feed_load.watermark is 'Highest value of the feed''s cursor in this load or an earlier one, from which the next load looks back; null if changes are not found by a cursor.';
comment on column ops.feed_load.source_date is 'Date whose file, or state of the source, was read: the business date, or an earlier one whose changes came late. Up to it the feed is complete.';
comment on column ops.feed_load.withdrawn_at is 'When it was withdrawn, by the clock; null unless it was.';
comment on column ops.feed_load.withdrawn_by is 'Operating-system user who withdrew it; null unless it was withdrawn.';
comment on column ops.feed_load.withdrawn_reason is 'Why, as that user put it; null unless it was withdrawn.';
comment on column ops.feed_load.empty_key_count is 'Refused rows whose key, or a part of it, is empty: none of the feed''s rows. Null for loads that did not count them.';
comment on column ops.feed_load.unreadable_key_count is 'Refused rows whose key could not be read, so that they may be rows that seem to be missing. Null for loads that did not count them.';
comment on column ops.feed_load.held_count is 'Current rows that are missing from a full extract and not deleted, since their keys may be among the unreadable ones. Null for loads that did not count them.';
comment on column ops.feed_load.reconcile is 'How the feed said hard deletions and missed changes are found, when it was loaded: none, or a number of days such as 7 days; null if it is no feed of changes in a database, or was rebuilt from raw.';
comment on column ops.feed_load.reconciled_on is 'Business date of the latest load, up to this one, that compared the whole source; null if none did.';
comment on column ops.feed_load.next_reconcile_on is 'Business date from which the whole source is compared again; null if it never is.';
comment on column ops.feed_load.reconciled_added_count is 'Rows that the warehouse did not have and that the cursor had missed, also among the loaded; null if this load did not compare the whole source.';
comment on column ops.feed_load.reconciled_changed_count is 'Rows that had changed, or been marked as deleted, and that the cursor had missed, also among the loaded; null if this load did not compare the whole source.';
comment on column ops.feed_load.reconciled_deleted_count is 'Current rows that were gone from the source, also among the deleted; null if this load did not compare the whole source.';
comment on column ops.feed_load.above_gap_count is 'Rows whose cursor lies above a gap, so that they are read every night; null if changes are not found by a whole number.';
comment on column ops.feed_load.before_count is 'Rows that were current before the load; null if it did not end, or is older than this column.';
comment on column ops.feed_load.changed_count is 'Rows among them that it changed without deleting them; null as before_count.';
comment on column ops.feed_load.emptied is 'Columns in which the changed rows have fewer values than before: column=lost/of, divided by commas, of being the values of all current rows before; empty if there are none.';
comment on column ops.feed_load.accepted is 'Limits that the load passed because a person accepted it (see ops.acceptance), divided by commas; empty if there are none. Such a change does not count in the limits over 28 days.';
comment on column ops.feed_load.exceeded is 'By how much a load that failed went beyond its limits, such as deleted=150,emptied:closed_at=297; null if it did not.';
comment on column ops.feed_load.file_size is 'Bytes of the file when the load began to read it; null if that is not known, and of a database.';
comment on column ops.feed_load.file_modified_at is 'When the file had been changed last when the load began to read it, by the clock of its file system; null if that is not known, and of a database.';
comment on column ops.feed_load.repeated_count is 'Rows that repeat an earlier row of the same extract word for word: same key, same values. The first is loaded or unchanged. 0 for loads that are older than this column, which counted such rows among the refused.';

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
comment on column ops.refusal.line_number is 'Line in the file, counted from 1; of a row over several lines, the first. Of a table or query, the number of the row in the extract.';
comment on column ops.refusal.feed is 'Feed.';
comment on column ops.refusal.file_name is 'File, table or query.';
comment on column ops.refusal.row_key is 'Key of the row, pseudonymised where the feed says so: its current version, if any, is stale. Null if the key is empty or could not be read.';
comment on column ops.refusal.field is 'Column that is at fault; null if the row as a whole is.';
comment on column ops.refusal.code is 'UNPARSABLE, NO_MATCH, MISSING, KEY_EMPTY, SUPERSEDED, NO_SUCH_TIME, FIELD_COUNT, KEY_REPEATED. ROW_REPEATED in loads that are older than ops.feed_load.repeated_count.';
comment on column ops.refusal.message is 'In words, without values.';
comment on column ops.refusal.value_shown is 'The shape of the text at fault, such as dd/dd/dddd or 24 letters, never the text; line and key find the row. Null if the fault is not in a text, or the row was refused before shapes were kept.';

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
    name varchar(100),
    withdrawn_at timestamp with time zone,
    withdrawn_by varchar(100),
    withdrawn_reason varchar(1000),
    declaration_count integer
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
comment on column ops.release.withdrawn_at is 'When it was withdrawn, by the clock; null unless it was. A withdrawn release is never current again.';
comment on column ops.release.withdrawn_by is 'Operating-system user who withdrew it; null unless it was withdrawn.';
comment on column ops.release.withdrawn_reason is 'Why, as that user put it; null unless it was withdrawn.';
comment on column ops.release.declaration_count is 'Comparisons that were declared when the release was made; null if it is older than the record of them.';
create unique index release_name on ops.release (name);

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
comment on table ops.current_release is 'The release that readers see; one row, none before the first release, or if every release was withdrawn.';
comment on column ops.current_release.only_row is 'Always 1.';
comment on column ops.current_release.release_id is 'Release.';

create table batch_job_instance (
    job_instance_id bigint not null primary key,
    version bigint,
    job_name varchar(100) not null,
    job_key varchar(32) not null,
    constraint job_inst_un unique (job_name, job_key)
);
comment on table batch_job_instance is 'Spring Batch: one job with one set of identifying parameters.';
comment on column batch_job_instance.job_instance_id is 'Identity.';
comment on column batch_job_instance.version is 'Changes so far, for optimistic locking.';
comment on column batch_job_instance.job_name is 'Job.';
comment on column batch_job_instance.job_key is 'Hash of the identifying parameters.';

create table batch_job_execution (
    job_execution_id bigint not null primary key,
    version bigint,
    job_instance_id bigint not null,
    create_time timestamp not null,
    start_time timestamp default null,
    end_time timestamp default null,
    status varchar(10),
    exit_code varchar(2500),
    exit_message varchar(2500),
    last_updated timestamp,
    constraint job_inst_exec_fk foreign key (job_instance_id) references batch_job_instance (job_instance_id)
);
comment on table batch_job_execution is 'Spring Batch: one attempt at a job instance.';
comment on column batch_job_execution.job_execution_id is 'Identity.';
comment on column batch_job_execution.version is 'Changes so far, for optimistic locking.';
comment on column batch_job_execution.job_instance_id is 'Job instance.';
comment on column batch_job_execution.create_time is 'When the attempt was recorded.';
comment on column batch_job_execution.start_time is 'When it began; null if it did not.';
comment on column batch_job_execution.end_time is 'When it ended; null while it runs or if it was killed.';
comment on column batch_job_execution.status is 'STARTING, STARTED, STOPPING, STOPPED, COMPLETED, FAILED, ABANDONED or UNKNOWN.';
comment on column batch_job_execution.exit_code is 'How it ended.';
comment on column batch_job_execution.exit_message is 'Why it ended so.';
comment on column batch_job_execution.last_updated is 'When this row was last written.';

create table batch_job_execution_params (
    job_execution_id bigint not null,
    parameter_name varchar(100) not null,
    parameter_type varchar(100) not null,
    parameter_value varchar(2500),
    identifying char(1) not null,
    constraint job_exec_params_fk foreign key (job_execution_id) references batch_job_execution (job_execution_id)
);
comment on table batch_job_execution_params is 'Spring Batch: one parameter of one attempt.';
comment on column batch_job_execution_params.job_execution_id is 'Attempt.';
comment on column batch_job_execution_params.parameter_name is 'Parameter.';
comment on column batch_job_execution_params.parameter_type is 'Java class of the value.';
comment on column batch_job_execution_params.parameter_value is 'Value as text.';
comment on column batch_job_execution_params.identifying is 'Y if the parameter is part of the identity of the job instance, otherwise N.';

create table batch_step_execution (
    step_execution_id bigint not null primary key,
    version bigint not null,
    step_name varchar(100) not null,
    job_execution_id bigint not null,
    create_time timestamp not null,
    start_time timestamp default null,
    end_time timestamp default null,
    status varchar(10),
    commit_count bigint,
    read_count bigint,
    filter_count bigint,
    write_count bigint,
    read_skip_count bigint,
    write_skip_count bigint,
    process_skip_count bigint,
    rollback_count bigint,
    exit_code varchar(2500),
    exit_message varchar(2500),
    last_updated timestamp,
    constraint job_exec_step_fk foreign key (job_execution_id) references batch_job_execution (job_execution_id)
);
comment on table batch_step_execution is 'Spring Batch: one attempt at one step.';
comment on column batch_step_execution.step_execution_id is 'Identity.';
comment on column batch_step_execution.version is 'Changes so far, for optimistic locking.';
comment on column batch_step_execution.step_name is 'Step.';
comment on column batch_step_execution.job_execution_id is 'Attempt at the job.';
comment on column batch_step_execution.create_time is 'When the attempt was recorded.';
comment on column batch_step_execution.start_time is 'When it began; null if it did not.';
comment on column batch_step_execution.end_time is 'When it ended; null while it runs or if it was killed.';
comment on column batch_step_execution.status is 'STARTING, STARTED, STOPPING, STOPPED, COMPLETED, FAILED, ABANDONED or UNKNOWN.';
comment on column batch_step_execution.commit_count is 'Transactions committed.';
comment on column batch_step_execution.read_count is 'Items read.';
comment on column batch_step_execution.filter_count is 'Items that the processor left out.';
comment on column batch_step_execution.write_count is 'Items written.';
comment on column batch_step_execution.read_skip_count is 'Items skipped while reading.';
comment on column batch_step_execution.write_skip_count is 'Items skipped while writing.';
comment on column batch_step_execution.process_skip_count is 'Items skipped while processing.';
comment on column batch_step_execution.rollback_count is 'Transactions rolled back.';
comment on column batch_step_execution.exit_code is 'How it ended.';
comment on column batch_step_execution.exit_message is 'Why it ended so.';
comment on column batch_step_execution.last_updated is 'When this row was last written.';

create table batch_step_execution_context (
    step_execution_id bigint not null primary key,
    short_context varchar(2500) not null,
    serialized_context varchar,
    constraint step_exec_ctx_fk foreign key (step_execution_id) references batch_step_execution (step_execution_id)
);
comment on table batch_step_execution_context is 'Spring Batch: what one attempt at one step has to remember.';
comment on column batch_step_execution_context.step_execution_id is 'Attempt at the step.';
comment on column batch_step_execution_context.short_context is 'The context, or its beginning where it is long.';
comment on column batch_step_execution_context.serialized_context is 'The whole context where it is long; otherwise null.';

create table batch_job_execution_context (
    job_execution_id bigint not null primary key,
    short_context varchar(2500) not null,
    serialized_context varchar,
    constraint job_exec_ctx_fk foreign key (job_execution_id) references batch_job_execution (job_execution_id)
);
comment on table batch_job_execution_context is 'Spring Batch: what one attempt at a job has to remember.';
comment on column batch_job_execution_context.job_execution_id is 'Attempt at the job.';
comment on column batch_job_execution_context.short_context is 'The context, or its beginning where it is long.';
comment on column batch_job_execution_context.serialized_context is 'The whole context where it is long; otherwise null.';
create sequence batch_step_execution_seq maxvalue 9223372036854775807 no cycle;
create sequence batch_job_execution_seq maxvalue 9223372036854775807 no cycle;
create sequence batch_job_instance_seq maxvalue 9223372036854775807 no cycle;

create table ops.release_feed (
    release_id varchar(40) not null,
    feed varchar(100) not null,
    complete_to date not null,
    held_count bigint,
    due_to date,
    primary key (release_id, feed)
);
comment on table ops.release_feed is 'How far a feed was known when a release was made. It lacks in the release if complete_to is before due_to. What rests on it is not available after complete_to.';
comment on column ops.release_feed.release_id is 'Release.';
comment on column ops.release_feed.feed is 'Feed.';
comment on column ops.release_feed.complete_to is 'Date of the latest file, or state of the source, that was loaded.';
comment on column ops.release_feed.held_count is 'Rows that the latest full extract did not have and that were not deleted, since their keys may be among those that could not be read. Null for releases that did not record it.';
comment on column ops.release_feed.due_to is 'Date up to which the feed had to be delivered: the business date, unless its files are of other dates; complete_to if nothing was due. Null for releases that did not record it: the business date.';

create table ops.warehouse (
    only_row integer default 1 not null primary key,
    warehouse_id varchar(36) not null,
    force_code varchar(100) not null,
    real_path varchar(4000) not null,
    data_prefix varchar(100) not null,
    force_folder varchar(4000) not null,
    database_id varchar(4000) not null,
    created_at timestamp with time zone not null,
    relocated_at timestamp with time zone,
    relocated_from varchar(36),
    constraint warehouse_has_one_row check (only_row = 1)
);
comment on table ops.warehouse is 'The identity of this warehouse; one row, none before the first night. The file warehouse.json in the warehouse folder says the same.';
comment on column ops.warehouse.only_row is 'Always 1: a database holds one warehouse.';
comment on column ops.warehouse.warehouse_id is 'UUID of the warehouse. A copy carries the same until fpw relocate gives it its own.';
comment on column ops.warehouse.force_code is 'Short name of the force whose warehouse it is.';
comment on column ops.warehouse.real_path is 'Absolute path of the warehouse folder, symbolic links resolved. The paths in its tables begin with it.';
comment on column ops.warehouse.data_prefix is 'Folder of the tables, relative to the warehouse folder: data/<UUID>, or data where the warehouse is older than its identity.';
comment on column ops.warehouse.force_folder is 'Absolute path, symbolic links resolved, of the force folder that was last allowed to write. Another one needs --adopt-folder once.';
comment on column ops.warehouse.database_id is 'The database itself, by which a copy is told apart: server and database of PostgreSQL; absolute path of an embedded one, symbolic links resolved. Empty for an embedded one in rows of earlier versions.';
comment on column ops.warehouse.created_at is 'When the identity was given.';
comment on column ops.warehouse.relocated_at is 'When fpw relocate last rewrote the paths; null if never.';
comment on column ops.warehouse.relocated_from is 'UUID of the warehouse that this one was copied from; null if it is no copy.';

create table ops.release_withdrawn_load (
    release_id varchar(40) not null references ops.release (release_id),
    load_id varchar(60) not null,
    primary key (release_id, load_id)
);
comment on table ops.release_withdrawn_load is 'A release that was made with a load which was withdrawn afterwards.';
comment on column ops.release_withdrawn_load.release_id is 'Release.';
comment on column ops.release_withdrawn_load.load_id is 'Load.';

create table ops.acceptance (
    subject varchar(100) not null,
    limit_name varchar(40) not null,
    business_date date not null,
    reason varchar(400) not null,
    recorded_by varchar(100) not null,
    recorded_at timestamp with time zone not null,
    used_by_run varchar(40),
    used_at timestamp with time zone,
    figures varchar(400),
    used_by_load varchar(60),
    shown varchar(4000),
    primary key (subject, limit_name, business_date)
);
comment on table ops.acceptance is 'A limit that a person lets pass on one business date, with the reason. Of a feed it serves one load of that date, of a queue the runs of that date; none of another.';
comment on column ops.acceptance.subject is 'Feed or queue whose limit it is.';
comment on column ops.acceptance.limit_name is 'Limit, such as deleted.';
comment on column ops.acceptance.business_date is 'The only business date on which it is let pass.';
comment on column ops.acceptance.reason is 'Why, in the words of the person; shown to readers of the release.';
comment on column ops.acceptance.recorded_by is 'User of the operating system who recorded it.';
comment on column ops.acceptance.recorded_at is 'When it was recorded, by the clock.';
comment on column ops.acceptance.used_by_run is 'Latest run that the limit would have stopped without it; null if there was none.';
comment on column ops.acceptance.used_at is 'When that run used it, by the clock; null if none did.';
comment on column ops.acceptance.figures is 'What was let pass, in numbers; null if nothing was.';
comment on column ops.acceptance.used_by_load is 'Load that passes the limit by it: once the load is complete the acceptance serves no other; null if none does, and of a queue.';
comment on column ops.acceptance.shown is 'What a load had been stopped by when it was recorded, such as deleted=150, and up to which, and a tenth more, it lets pass; null if none had been.';

create view ops.release_acceptance as
select
    made.release_id,
    accepted.subject,
    accepted.limit_name,
    accepted.business_date,
    accepted.reason,
    accepted.recorded_by,
    accepted.figures
from ops.release as made
inner join ops.acceptance as accepted
    on made.business_date >= accepted.business_date and made.released_at >= accepted.used_at
where
    (
        made.run_id = accepted.used_by_run
        or exists (
            select 1
            from ops.feed_load as brought
            left join ops.release_withdrawn_load as taken_back
                on brought.load_id = taken_back.load_id and made.release_id = taken_back.release_id
            where
                brought.feed = accepted.subject
                and brought.business_date = accepted.business_date
                and coalesce(brought.run_id, accepted.used_by_run) = accepted.used_by_run
                and (brought.status = 'loaded' or taken_back.load_id is not null)
        )
    )
    and not exists (
        select 1
        from ops.release as earlier
        where
            earlier.business_date < made.business_date
            and earlier.business_date >= accepted.business_date
            and earlier.withdrawn_at is null
    );
comment on view ops.release_acceptance is 'What was let pass for a release: the acceptances that its run used, and those that the loads used on which it rests, of its business date and of earlier ones since the last that has a release which was not withdrawn.';
comment on column ops.release_acceptance.release_id is 'Release.';
comment on column ops.release_acceptance.subject is 'Feed or queue whose limit it is.';
comment on column ops.release_acceptance.limit_name is 'Limit, such as deleted.';
comment on column ops.release_acceptance.business_date is 'The only business date on which it is let pass.';
comment on column ops.release_acceptance.reason is 'Why, in the words of the person who recorded it.';
comment on column ops.release_acceptance.recorded_by is 'User of the operating system who recorded it.';
comment on column ops.release_acceptance.figures is 'What was let pass, in numbers.';

create table ops.queue_definition (
    queue varchar(100) not null,
    queue_version integer not null,
    digest varchar(64) not null,
    definition varchar(100000) not null,
    first_business_date date not null,
    first_release_id varchar(40) not null,
    primary key (queue, queue_version)
);
comment on table ops.queue_definition is 'What a version of a queue means: a queue file that says something else under the same version is refused. A version that was in use before this table was kept stands as the first night after found it.';
comment on column ops.queue_definition.queue is 'Queue.';
comment on column ops.queue_definition.queue_version is 'Its version.';
comment on column ops.queue_definition.digest is 'SHA-256 of the definition as it was understood, without comments, layout, title and description.';
comment on column ops.queue_definition.definition is 'The fields that the digest is taken over, as JSON.';
comment on column ops.queue_definition.first_business_date is 'Business date of the first release with it.';
comment on column ops.queue_definition.first_release_id is 'That release. All history in it and in later ones is counted by this version; earlier releases keep theirs.';

create table ops.release_queue (
    release_id varchar(40) not null,
    queue varchar(100) not null,
    queue_version integer not null,
    staging_digest varchar(64) not null,
    rules_digest varchar(64) not null,
    primary key (release_id, queue)
);
comment on table ops.release_queue is 'By what each queue of a release was counted.';
comment on column ops.release_queue.release_id is 'Release.';
comment on column ops.release_queue.queue is 'Queue.';
comment on column ops.release_queue.queue_version is 'Version of the queue; see ops.queue_definition.';
comment on column ops.release_queue.staging_digest is 'SHA-256 of the staging queries that yield events of the queue, without comments and layout, and of what their files declare.';
comment on column ops.release_queue.rules_digest is 'SHA-256 of the rules on feeds that speak of the same items.';

create table ops.models (
    position integer not null primary key,
    digest varchar(64) not null,
    made_at timestamp with time zone not null
);
comment on table ops.models is 'The descriptions by which the published tables and views were made, one after the other. The last one is what they are.';
comment on column ops.models.position is 'Place in the order in which they came, from 1.';
comment on column ops.models.digest is 'SHA-256, hex, of all that is made from the models.';
comment on column ops.models.made_at is 'When, by the clock.';

create table ops.day_number (
    number integer not null primary key
);
comment on table ops.day_number is 'Whole numbers from 0 to 20000, for views with a row for every day of a wait.';
comment on column ops.day_number.number is 'The number.';
insert into ops.day_number (number) select n.number from generate_series(0, 20000) as n (number);

create table ops.release_step (
    release_id varchar(40) not null primary key,
    replaced_release_id varchar(40),
    not_compared varchar(1000),
    figure_count bigint not null,
    changed_count bigint not null
);
comment on table ops.release_step is 'Which release another one replaced. The changed figures are in mart.figure_change.';
comment on column ops.release_step.release_id is 'Release.';
comment on column ops.release_step.replaced_release_id is 'Release that readers saw before it, whose figures it was compared with; null if there was none.';
comment on column ops.release_step.not_compared is 'Why the two could not be compared; null if they were.';
comment on column ops.release_step.figure_count is 'Counts of past months that were compared.';
comment on column ops.release_step.changed_count is 'How many of them differ.';

create table ops.comparison_declaration (
    declaration varchar(400) not null,
    digest varchar(64) not null,
    definition varchar(100000) not null,
    visible_from date,
    first_business_date date not null,
    first_release_id varchar(40) not null,
    first_released_at timestamp with time zone not null,
    primary key (declaration, digest)
);
comment on table ops.comparison_declaration is 'What was declared to be compared, and since which release it was there. A declaration that was changed has a row for each form that a release had.';
comment on column ops.comparison_declaration.declaration is 'Where it stands in the force folder: changes/ and the change, or queues/, the queue, / and the comparison.';
comment on column ops.comparison_declaration.digest is 'SHA-256 of what decides what is compared, without comments, layout and texts for readers.';
comment on column ops.comparison_declaration.definition is 'The fields that the digest is taken over, as JSON.';
comment on column ops.comparison_declaration.visible_from is 'First day whose figures show something of what is compared: the first week after a change. Null for a comparison of a queue, which has no such day.';
comment on column ops.comparison_declaration.first_business_date is 'Business date of the first release with it.';
comment on column ops.comparison_declaration.first_release_id is 'That release.';
comment on column ops.comparison_declaration.first_released_at is 'When that release was made.';

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
