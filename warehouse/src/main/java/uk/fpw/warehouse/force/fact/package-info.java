/** Published figures to compare ours with: {@code facts/*.yml}. */
@NullMarked
package uk.fpw.warehouse.force.fact;

import org.jspecify.annotations.NullMarked;
