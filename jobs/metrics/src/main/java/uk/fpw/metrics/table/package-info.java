/** Builds rows of tables, and writes them to Parquet files. */
@NullMarked
package uk.fpw.metrics.table;

import org.jspecify.annotations.NullMarked;
