-- Without addresses, URLs and what servers said, which may name people. Not granted to analysts: it is about operators.
create table ops.failed_notice (
    notice_number bigint not null primary key,
    failed_at timestamp with time zone not null,
    event varchar(20) not null,
    channel varchar(20) not null,
    reason varchar(100) not null,
    resolved_at timestamp with time zone
);
comment on table ops.failed_notice is 'Notices of a release, a failed run or a missed deadline that did not reach everybody.';
comment on column ops.failed_notice.notice_number is 'Counts up.';
comment on column ops.failed_notice.failed_at is 'When it failed, by the clock.';
comment on column ops.failed_notice.event is 'What was to be told: released, failed or late.';
comment on column ops.failed_notice.channel is 'mail, webhook, or all if the settings are wrong or the notice could not be written.';
comment on column ops.failed_notice.reason is 'Kind of the failure, in words of this software: without addresses.';
comment on column ops.failed_notice.resolved_at is 'When the channel worked again or was no longer set; null if neither.';
