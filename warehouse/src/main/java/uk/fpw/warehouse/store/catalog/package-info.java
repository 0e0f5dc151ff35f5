/**
 * The Iceberg catalog. Exposes only Iceberg API types, so that Spark can use it with its own Iceberg;
 * {@link uk.fpw.warehouse.store.catalog.WarehouseJdbcCatalog} extends a class that is the same in both.
 */
@NullMarked
package uk.fpw.warehouse.store.catalog;

import org.jspecify.annotations.NullMarked;
