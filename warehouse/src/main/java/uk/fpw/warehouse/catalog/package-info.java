/**
 * The Iceberg catalog and where it lives. Shows Iceberg API types only, so that Spark can use it beside its own
 * Iceberg; {@link uk.fpw.warehouse.catalog.WarehouseJdbcCatalog} extends a class that both have alike.
 */
@NullMarked
package uk.fpw.warehouse.catalog;

import org.jspecify.annotations.NullMarked;
