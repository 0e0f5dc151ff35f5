/**
 * The rows of the queue marts, computed from the counts of each series. Knows neither Spark nor files: rows go to
 * whoever takes them.
 *
 * <p>What a column means stands in the model's {@code .yml}; what is counted, in {@link uk.fpw.metrics.cube}.
 */
@NullMarked
package uk.fpw.metrics.figures;

import org.jspecify.annotations.NullMarked;
