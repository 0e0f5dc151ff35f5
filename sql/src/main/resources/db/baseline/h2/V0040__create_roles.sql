-- Who may read what, on H2: the roles. Those on published tables follow with the tables. H2 knows no right to use a schema.
create role if not exists fpw_owner;
create role if not exists fpw_analyst;
create role if not exists fpw_bi;
comment on role fpw_owner is 'May do everything with the warehouse''s tables: the night.';
comment on role fpw_analyst is 'Reads every mart, the views for BI tools, and how the figures came about.';
comment on role fpw_bi is 'Reads the views for BI tools and the marts that hold no single cases.';

grant alter any schema to fpw_owner;
grant all on schema public to fpw_owner;
grant all on schema ops to fpw_owner;
grant all on schema mart_rows to fpw_owner;
grant all on schema mart to fpw_owner;
grant all on schema bi to fpw_owner;
grant all on schema mart_releases to fpw_owner;
grant all on schema bi_releases to fpw_owner;
