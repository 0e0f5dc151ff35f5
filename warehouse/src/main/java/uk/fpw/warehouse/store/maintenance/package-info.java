/** What is deleted at the end of a run, and what is never deleted. */
@NullMarked
package uk.fpw.warehouse.store.maintenance;

import org.jspecify.annotations.NullMarked;
