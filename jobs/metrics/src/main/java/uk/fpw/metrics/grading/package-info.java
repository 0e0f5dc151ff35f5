/**
 * Judgements by a grading scheme: the rows of the grading queries, the statistics of shares and of agreement, and the
 * rows of the marts about them. Only {@code GradingPass} and {@code GradingTask} know Spark.
 */
@NullMarked
package uk.fpw.metrics.grading;

import org.jspecify.annotations.NullMarked;
