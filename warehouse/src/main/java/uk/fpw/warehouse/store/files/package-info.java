/** The file system through which Iceberg and Spark write: who may read its files, and when they are on the disk. */
@NullMarked
package uk.fpw.warehouse.store.files;

import org.jspecify.annotations.NullMarked;
