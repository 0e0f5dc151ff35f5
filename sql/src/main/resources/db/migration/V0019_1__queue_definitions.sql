-- A version of a queue stands for one definition for good. A release says which staging queries and rules its queues had.
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
