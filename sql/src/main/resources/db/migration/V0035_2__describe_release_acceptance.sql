-- H2 forgets what is said of a view when a table behind it gains a column.
comment on view ops.release_acceptance is 'What was let pass for a release: the acceptances that its run used, and those that the loads used on which it rests, of its business date and of earlier ones since the last that has a release which was not withdrawn.';
comment on column ops.release_acceptance.release_id is 'Release.';
comment on column ops.release_acceptance.subject is 'Feed or queue whose limit it is.';
comment on column ops.release_acceptance.limit_name is 'Limit, such as deleted.';
comment on column ops.release_acceptance.business_date is 'The only business date on which it is let pass.';
comment on column ops.release_acceptance.reason is 'Why, in the words of the person who recorded it.';
comment on column ops.release_acceptance.recorded_by is 'User of the operating system who recorded it.';
comment on column ops.release_acceptance.figures is 'What was let pass, in numbers.';
