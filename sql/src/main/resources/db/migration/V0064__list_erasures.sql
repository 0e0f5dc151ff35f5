-- Erasures are also listed outside of the warehouse, in a file beside the pseudonym key, by which a restored backup that
-- lacks them is recognised.
alter table ops.erasure add column is_listed boolean default false not null;
comment on column ops.erasure.is_listed is 'Whether the list of erasures (FPW_ERASURES_FILE) has it. Without it, backups made before the erasure are not recognised when they are restored.';
