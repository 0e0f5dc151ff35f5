/** Rows of tables as they are computed, and the Parquet files that tasks write them into. */
@NullMarked
package uk.fpw.metrics.table;

import org.jspecify.annotations.NullMarked;
