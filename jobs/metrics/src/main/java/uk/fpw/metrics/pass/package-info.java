/**
 * Runs the counting on Spark: decides which rows meet in which task. {@link uk.fpw.metrics.lifecycle} processes
 * items, {@link uk.fpw.metrics.cube} counts, and {@link uk.fpw.metrics.figures} derives figures from the counts.
 */
@NullMarked
package uk.fpw.metrics.pass;

import org.jspecify.annotations.NullMarked;
