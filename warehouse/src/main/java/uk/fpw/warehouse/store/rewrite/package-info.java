/**
 * Changes the rows of an existing warehouse in all snapshots: replaces its keys, or erases rows. Tables are rewritten
 * to new files, and one transaction switches to them.
 */
@NullMarked
package uk.fpw.warehouse.store.rewrite;

import org.jspecify.annotations.NullMarked;
