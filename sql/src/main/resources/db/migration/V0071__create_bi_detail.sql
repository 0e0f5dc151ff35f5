-- Views for BI tools are in two schemas: bi has the few to begin with, bi_detail the others. Roles on PostgreSQL: afterMigrate__own.sql.
create schema bi_detail;
comment on schema bi_detail is 'Views for BI tools beside those of bi: the marts with totals and slices apart, stages and variants. Choose one queue, and one slice.';
comment on schema bi is 'Views for BI tools to begin with. Names that an earlier version had here, marked as old, are now in bi_detail.';
comment on schema bi_releases is 'The views of bi and bi_detail over every release that is kept, told apart by release_id. Always choose one release.';
grant all on schema bi_detail to fpw_owner;
