/** Compares published figures with ours. */
@NullMarked
package uk.fpw.metrics.fact;

import org.jspecify.annotations.NullMarked;
