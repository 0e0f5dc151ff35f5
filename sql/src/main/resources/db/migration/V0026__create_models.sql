-- The published tables and views are made from their models by a migration that is repeated whenever the models change. Which models made them is written down, so that an older version of the
-- software knows that it is one.
create table ops.models (
    position integer not null primary key,
    digest varchar(64) not null,
    made_at timestamp with time zone not null
);
comment on table ops.models is 'The descriptions by which the published tables and views were made, one after the other. The last one is what they are.';
comment on column ops.models.position is 'Place in the order in which they came, from 1.';
comment on column ops.models.digest is 'SHA-256, hex, of all that is made from the models.';
comment on column ops.models.made_at is 'When, by the clock.';
