-- Who may use the schemas of the views over all releases.
grant usage on schema mart_releases, bi_releases to fpw_analyst, fpw_bi;
