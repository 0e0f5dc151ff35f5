/** Recommendations that a force was given, with the figures that show them: {@code recommendations/*.yml}. */
@NullMarked
package uk.fpw.warehouse.force.recommendation;

import org.jspecify.annotations.NullMarked;
