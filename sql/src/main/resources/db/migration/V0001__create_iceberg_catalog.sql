-- Tables of Iceberg's JDBC catalog, schema version V1, in the shape Iceberg expects. Names and sizes are Iceberg's.
create table iceberg_tables (
    catalog_name varchar(255) not null,
    table_namespace varchar(255) not null,
    table_name varchar(255) not null,
    metadata_location varchar(1000),
    previous_metadata_location varchar(1000),
    iceberg_type varchar(5),
    primary key (catalog_name, table_namespace, table_name)
);
comment on table iceberg_tables is 'Iceberg catalog: one row per table, with the file that holds its current metadata.';
comment on column iceberg_tables.catalog_name is 'Catalog.';
comment on column iceberg_tables.table_namespace is 'Namespace: raw, current, core or mart.';
comment on column iceberg_tables.table_name is 'Table.';
comment on column iceberg_tables.metadata_location is 'Current metadata file.';
comment on column iceberg_tables.previous_metadata_location is 'Metadata file before it.';
comment on column iceberg_tables.iceberg_type is 'TABLE or VIEW.';

create table iceberg_namespace_properties (
    catalog_name varchar(255) not null,
    namespace varchar(255) not null,
    property_key varchar(255) not null,
    property_value varchar(1000),
    primary key (catalog_name, namespace, property_key)
);
comment on table iceberg_namespace_properties is 'Iceberg catalog: properties of namespaces.';
comment on column iceberg_namespace_properties.catalog_name is 'Catalog.';
comment on column iceberg_namespace_properties.namespace is 'Namespace.';
comment on column iceberg_namespace_properties.property_key is 'Property.';
comment on column iceberg_namespace_properties.property_value is 'Value.';
