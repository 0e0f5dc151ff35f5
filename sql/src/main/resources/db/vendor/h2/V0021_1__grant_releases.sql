-- The owner may do everything with the views over all releases. H2 knows no right to use a schema.
grant all on schema mart_releases to fpw_owner;
grant all on schema bi_releases to fpw_owner;
