/**
 * The files of tables: the file system for Iceberg and Spark with access permissions and durability, and the storage
 * for everything else that needs such a file.
 */
@NullMarked
package uk.fpw.warehouse.store.files;

import org.jspecify.annotations.NullMarked;
