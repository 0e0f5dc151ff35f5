-- Which set of cases a published grade counts (fpw publication). Null in rows of queues, in those of the first version of
-- the rule, and where it is not recorded.
alter table ops.publication_row add column theme varchar(200);
alter table ops.publication_row add column population varchar(400);
comment on column ops.publication_row.theme is 'Aspect of the cases that was judged; null for a queue, or if it is not recorded.';
comment on column ops.publication_row.population is 'Cases from which the graded ones were selected; null for a queue, or if it is not recorded.';
