/** Spark's part of computing a run. */
@NullMarked
package uk.fpw.metrics.plan;

import org.jspecify.annotations.NullMarked;
