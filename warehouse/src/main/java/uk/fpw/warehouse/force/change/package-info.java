/** Dated changes as context for figures: {@code changes/*.yml}. */
@NullMarked
package uk.fpw.warehouse.force.change;

import org.jspecify.annotations.NullMarked;
