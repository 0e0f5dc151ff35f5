/**
 * Parquet files ({@code format: {kind: parquet}}), row by row. Columns have types, so a column with an unsuitable type
 * fails the load before any row is read, as with a database.
 *
 * <p>Memory: one row group at a time, with the loaded columns only; it may use a quarter of the process's memory.
 */
@NullMarked
package uk.fpw.ingest.parquet;

import org.jspecify.annotations.NullMarked;
