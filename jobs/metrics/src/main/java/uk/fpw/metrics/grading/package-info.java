/** Judgements by a grading scheme: the rows of the grading queries, and the statistics of shares and of agreement. */
@NullMarked
package uk.fpw.metrics.grading;

import org.jspecify.annotations.NullMarked;
