-- A value of a source is shown by its shape only (dd/dd/dddd, 24 letters). What was kept until now may be people's data in a column that was declared not personal, so it is removed.
update ops.refusal set value_shown = null
where value_shown is not null;

update ops.feed_load set message = 'not kept: the message may have held values of the source'
where status = 'failed' and message is not null;

update ops.night set message = 'not kept: the message may have held values of the source'
where status = 'failed' and message is not null;

update batch_job_execution set exit_message = null
where exit_message is not null;

update batch_step_execution set exit_message = null
where exit_message is not null;

comment on column ops.refusal.value_shown is 'The shape of the text at fault, such as dd/dd/dddd or 24 letters, never the text; line and key find the row. Null if the fault is not in a text, or the row was refused before shapes were kept.';
comment on column ops.refusal.message is 'In words, without values.';
