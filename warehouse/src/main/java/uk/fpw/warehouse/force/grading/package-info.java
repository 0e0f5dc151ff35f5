/** Judgements and their grades: {@code gradings/*.yml} and {@code schemes/*.yml}. */
@NullMarked
package uk.fpw.warehouse.force.grading;

import org.jspecify.annotations.NullMarked;
