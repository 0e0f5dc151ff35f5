/** Deletes what is no longer needed at the end of a run, and checks and repairs tables. */
@NullMarked
package uk.fpw.warehouse.store.maintenance;

import org.jspecify.annotations.NullMarked;
