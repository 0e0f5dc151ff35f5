-- A record of a read whose text was erased no longer fits its hash. Only one that is listed here, and is as the erasure left it, was not changed by somebody.
create table ops.erased_look (
    erasure_id varchar(40) not null,
    session_number bigint not null,
    copy_number integer not null,
    line_number integer not null,
    record_hash varchar(64),
    content_hash varchar(64) not null,
    constraint erased_look_pk primary key (erasure_id, session_number, copy_number, line_number),
    constraint erased_look_erasure_fk foreign key (erasure_id) references ops.erasure (erasure_id)
);
comment on table ops.erased_look is 'A record of ops.look_record from which an erasure removed a text.';
comment on column ops.erased_look.erasure_id is 'Erasure.';
comment on column ops.erased_look.session_number is 'Session of the record.';
comment on column ops.erased_look.copy_number is 'Copy of the session.';
comment on column ops.erased_look.line_number is 'Line of the record.';
comment on column ops.erased_look.record_hash is 'Hash that the record was written with, and still has; null if the line is not a record.';
comment on column ops.erased_look.content_hash is 'Hash of its content without the erased text.';
