-- The tables created in the session. Grain: schema_name, table_name.
select
    schema_name,
    table_name
from duckdb_tables()
