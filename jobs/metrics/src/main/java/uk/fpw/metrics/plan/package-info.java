/** How Spark divides and plans the work of a run. */
@NullMarked
package uk.fpw.metrics.plan;

import org.jspecify.annotations.NullMarked;
