/**
 * Says of the primary measure of each queue whether a period is better or worse than the same one of an earlier year,
 * from the rows of {@code mart.period_comparison}: all verdicts of a release together.
 */
@NullMarked
package uk.fpw.metrics.verdict;

import org.jspecify.annotations.NullMarked;
