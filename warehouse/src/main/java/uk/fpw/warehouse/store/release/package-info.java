/**
 * Releases: the table snapshots published together, the files by which readers find them, and the pointer to the
 * current release.
 */
@NullMarked
package uk.fpw.warehouse.store.release;

import org.jspecify.annotations.NullMarked;
