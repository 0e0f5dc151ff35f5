-- A warehouse says how its keys are written. One that is there keeps what it has; software that does not know the column
-- starts new ones in the same way.
alter table ops.warehouse add column key_format varchar(20) default 'hex' not null;
comment on column ops.warehouse.key_format is 'How pseudonyms and ids of rows, spells and judgements are written: hex (64 digits) or base32 (26 characters).';
