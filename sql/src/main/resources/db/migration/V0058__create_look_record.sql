-- Reads of single cases and people by programs that have no database (fpw query, fpw shell), imported from the folder
-- looks of the warehouse. On PostgreSQL a trigger refuses other changes than new rows (afterMigrate).
create table ops.look_record (
    session_number bigint not null,
    copy_number integer not null,
    line_number integer not null,
    kind varchar(10) not null,
    recorded_at timestamp with time zone,
    recorded_by varchar(200),
    command varchar(100),
    release_id varchar(40),
    table_names varchar(2000),
    reason varchar(1000),
    row_count bigint,
    record_session bigint,
    record_number integer,
    previous_hash varchar(64),
    record_hash varchar(64),
    line varchar(4000),
    file_owner varchar(100) not null,
    imported_at timestamp with time zone not null,
    constraint look_record_pk primary key (session_number, copy_number, line_number)
);
comment on table ops.look_record is 'One record of a session in which tables of single cases or people could be read. Rows are only added.';
comment on column ops.look_record.session_number is 'Number of the session, from the name of its file.';
comment on column ops.look_record.copy_number is 'Usually 1; greater if another file with the number of an imported session was found.';
comment on column ops.look_record.line_number is 'Line of the file, from 1.';
comment on column ops.look_record.kind is 'read: before rows are shown. shown: afterwards. closed: the session ended. unreadable: the line is not a record. abandoned: the file had no end and was deleted after its time.';
comment on column ops.look_record.recorded_at is 'When the record was written, by the clock.';
comment on column ops.look_record.recorded_by is 'Account of the process, with the login if that is another account.';
comment on column ops.look_record.command is 'Command that reads.';
comment on column ops.look_record.release_id is 'Release that is read; null unless the kind is read.';
comment on column ops.look_record.table_names is 'Tables that are read, separated by commas.';
comment on column ops.look_record.reason is 'Why, in the words of the person; null unless the kind is read.';
comment on column ops.look_record.row_count is 'How many rows were shown; null unless the kind is shown.';
comment on column ops.look_record.record_session is 'Number of the session according to the record.';
comment on column ops.look_record.record_number is 'Number of the record in the session according to the record.';
comment on column ops.look_record.previous_hash is 'Hash of the record before it, according to the record.';
comment on column ops.look_record.record_hash is 'Hash of the record, according to the record.';
comment on column ops.look_record.line is 'The line, if it is not a record; null otherwise.';
comment on column ops.look_record.file_owner is 'Owner of the file according to the operating system.';
comment on column ops.look_record.imported_at is 'When the line was imported, by the clock.';
