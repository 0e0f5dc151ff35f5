/** Dated changes that figures should be read with: {@code changes/*.yml}. */
@NullMarked
package uk.fpw.warehouse.force.change;

import org.jspecify.annotations.NullMarked;
