/**
 * Parquet files ({@code format: {kind: parquet}}), row by row. Their columns have types, so that a column that can
 * never be what the feed declares fails the load before a row is read, as with a database.
 *
 * <p>Memory: one row group at a time, of the loaded columns alone; it may take a quarter of what the process has.
 */
@NullMarked
package uk.fpw.ingest.parquet;

import org.jspecify.annotations.NullMarked;
