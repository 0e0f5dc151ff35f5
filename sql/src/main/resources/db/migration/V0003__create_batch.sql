-- Tables of Spring Batch 6.0, in the shape its schema scripts for H2 and PostgreSQL share. Names and sizes are Spring Batch's. Times are those of the JVM, which runs in UTC.
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
