/** How a candidate departs from the current release. */
@NullMarked
package uk.fpw.metrics.change;

import org.jspecify.annotations.NullMarked;
