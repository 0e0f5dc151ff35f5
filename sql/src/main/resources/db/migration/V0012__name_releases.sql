-- A name keeps one release: no two have the same. Releases without a name are not compared.
create unique index release_name on ops.release (name);
