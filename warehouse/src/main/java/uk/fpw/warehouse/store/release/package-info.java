/**
 * Releases: which table snapshots were published together, the file that lets a reader find them, and the pointer to
 * the current one.
 */
@NullMarked
package uk.fpw.warehouse.store.release;

import org.jspecify.annotations.NullMarked;
