/** Published figures with ours beside them. */
@NullMarked
package uk.fpw.metrics.fact;

import org.jspecify.annotations.NullMarked;
