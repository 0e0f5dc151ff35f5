-- On which days a queue is served changes no count, only what its charts divide by: it may change under the same version, and
-- then the charts of two releases differ although both counted alike.
alter table ops.release_queue add column presentation varchar(10000);
comment on column ops.release_queue.presentation is 'How the queue was charted and judged in the release: declarations that may change under the same version, as JSON. Null for releases of earlier versions, whose charts were per working day.';
