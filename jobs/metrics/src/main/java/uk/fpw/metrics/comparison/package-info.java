/**
 * Compares one declared outcome before and after a change, with the same difference at earlier dates. Only
 * {@code ComparisonPass} uses Spark.
 */
@NullMarked
package uk.fpw.metrics.comparison;

import org.jspecify.annotations.NullMarked;
