-- The tables that a session has made. Grain: schema_name, table_name.
select
    schema_name,
    table_name
from duckdb_tables()
