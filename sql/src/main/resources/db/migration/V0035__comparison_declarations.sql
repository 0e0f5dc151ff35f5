-- What is compared is declared before anybody looks. A release records the declarations that it had, so that one which is changed or added afterwards can be recognised.
create table ops.comparison_declaration (
    declaration varchar(400) not null,
    digest varchar(64) not null,
    definition varchar(100000) not null,
    visible_from date,
    first_business_date date not null,
    first_release_id varchar(40) not null,
    first_released_at timestamp with time zone not null,
    primary key (declaration, digest)
);
comment on table ops.comparison_declaration is 'What was declared to be compared, and since which release it was there. A declaration that was changed has a row for each form that a release had.';
comment on column ops.comparison_declaration.declaration is 'Where it stands in the force folder: changes/ and the change, or queues/, the queue, / and the comparison.';
comment on column ops.comparison_declaration.digest is 'SHA-256 of what decides what is compared, without comments, layout and texts for readers.';
comment on column ops.comparison_declaration.definition is 'The fields that the digest is taken over, as JSON.';
comment on column ops.comparison_declaration.visible_from is 'First day whose figures show something of what is compared: the first week after a change. Null for a comparison of a queue, which has no such day.';
comment on column ops.comparison_declaration.first_business_date is 'Business date of the first release with it.';
comment on column ops.comparison_declaration.first_release_id is 'That release.';
comment on column ops.comparison_declaration.first_released_at is 'When that release was made.';

alter table ops.release add column declaration_count integer;
comment on column ops.release.declaration_count is 'Comparisons that were declared when the release was made; null if it is older than the record of them.';
