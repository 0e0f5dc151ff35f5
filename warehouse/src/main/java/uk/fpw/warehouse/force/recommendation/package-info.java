/** Recommendations made to a force, with related figures: {@code recommendations/*.yml}. */
@NullMarked
package uk.fpw.warehouse.force.recommendation;

import org.jspecify.annotations.NullMarked;
