/** The file system for Iceberg and Spark: access permissions and durability of files. */
@NullMarked
package uk.fpw.warehouse.store.files;

import org.jspecify.annotations.NullMarked;
