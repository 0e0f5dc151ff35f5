-- Rows of a file that came after one of a later date was loaded.
comment on column ops.refusal.code is 'UNPARSABLE, MISSING, KEY_EMPTY, SUPERSEDED, NO_SUCH_TIME, FIELD_COUNT, KEY_REPEATED, ROW_REPEATED.';
