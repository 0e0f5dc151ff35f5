/** The Iceberg catalog and where it lives. Shows Iceberg API types only, so that Spark can use it beside its own Iceberg. */
@NullMarked
package uk.fpw.warehouse.catalog;

import org.jspecify.annotations.NullMarked;
