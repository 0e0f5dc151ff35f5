-- A release is compared with the one that it replaces, and shows what has changed in the figures of the past.
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
