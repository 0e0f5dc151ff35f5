-- What was delivered of each feed for the business date of a release.
alter table ops.release_feed add column delivery varchar(20);
comment on column ops.release_feed.delivery is 'What was delivered for the business date: current (data up to it), not_due (nothing, and nothing was due after complete_to), old_content (a delivery without newer data, such as a file with the content of an earlier one) or not_delivered (nothing newer came). Null for releases that did not record it.';
