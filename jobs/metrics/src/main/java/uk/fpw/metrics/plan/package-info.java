/** How Spark is made to compute a night. */
@NullMarked
package uk.fpw.metrics.plan;

import org.jspecify.annotations.NullMarked;
