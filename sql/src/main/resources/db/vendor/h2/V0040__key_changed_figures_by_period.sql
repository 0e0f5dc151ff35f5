-- The changed figures of a month and of a week may begin on one day: what they are is part of the key.
alter table if exists mart_rows.figure_change drop primary key;
alter table if exists mart_rows.figure_change alter column period_kind set not null;
alter table if exists mart_rows.figure_change add primary key (
    release_id,
    replaced_release_id,
    new_release_id,
    queue,
    slice,
    slice_value,
    measure,
    exit_reason,
    period_kind,
    period_start_on,
    cause
);
