/**
 * Backups of a warehouse in a plain folder, and restoring from them. Immutable files are stored once for all backups,
 * the database that refers to them once per backup. Handles files only; the caller dumps and opens the database.
 */
@NullMarked
package uk.fpw.warehouse.store.backup;

import org.jspecify.annotations.NullMarked;
