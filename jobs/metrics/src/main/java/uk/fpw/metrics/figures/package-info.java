/**
 * Computes the rows of the queue marts from the counts of each series, and passes them to a consumer. Uses neither
 * Spark nor files.
 *
 * <p>The model's {@code .yml} defines the columns; {@link uk.fpw.metrics.cube} counts.
 */
@NullMarked
package uk.fpw.metrics.figures;

import org.jspecify.annotations.NullMarked;
