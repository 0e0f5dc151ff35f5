-- A full extract has rows that were removed after their time each night anew. What it had of them last shows whether the
-- source has corrected one since; no value of theirs is stored.
alter table ops.retention add column sent_on date;
alter table ops.retention add column sent_count bigint;
alter table ops.retention add column sent_sum bigint;
alter table ops.retention add column sent_key varchar(64);
comment on column ops.retention.sent_on is 'Date of the last full extract, of which the next three columns tell; null before the first one.';
comment on column ops.retention.sent_count is 'Number of its rows that were kept out because they were closed before retained_from.';
comment on column ops.retention.sent_sum is 'Sum of the hashes of these rows, as 64 bits, independent of their order.';
comment on column ops.retention.sent_key is 'Fingerprint of the pseudonym key of these hashes; null if the feed has no pseudonyms.';
