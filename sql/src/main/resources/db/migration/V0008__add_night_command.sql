-- A night can be done in parts: what each run was asked to do, and with which definitions it made a candidate.
alter table ops.night add column command varchar(20) default 'nightly' not null;
alter table ops.night add column feed varchar(100);
alter table ops.night add column force_digest varchar(64);
comment on table ops.night is 'One run of the warehouse: a night, or a part of one.';
comment on column ops.night.command is 'What it was asked to do: nightly, ingest, metrics or release.';
comment on column ops.night.feed is 'Feed of an ingest; null otherwise.';
comment on column ops.night.force_digest is 'SHA-256 of the force folder it worked with; null before this column was there.';
comment on column ops.night.status is 'running, released, loaded (ingest), computed (metrics), failed or abandoned (killed, noticed by a later run).';
comment on column ops.night.release_id is 'The release it made, or the candidate; null for an ingest.';
comment on column ops.night.message is 'What went wrong, in words; null if nothing did. With status released: what failed after the release was made.';
