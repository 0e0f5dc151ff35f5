/**
 * Before and after a change: one declared outcome, compared with the same difference at earlier dates. The figures are
 * independent of Spark.
 */
@NullMarked
package uk.fpw.metrics.comparison;

import org.jspecify.annotations.NullMarked;
