/**
 * Judgements by a grading scheme: statistics of shares, changes and agreement, and the rows of the marts about them.
 * Only {@code GradingPass} and {@code GradingTask} use Spark.
 */
@NullMarked
package uk.fpw.metrics.grading;

import org.jspecify.annotations.NullMarked;
