/**
 * The rows of the queue marts, computed from the counts of each series. Independent of Spark and files: rows are
 * passed to a consumer.
 *
 * <p>The meaning of a column is in the model's {@code .yml}; what is counted, in {@link uk.fpw.metrics.cube}.
 */
@NullMarked
package uk.fpw.metrics.figures;

import org.jspecify.annotations.NullMarked;
