/**
 * Backups of a warehouse in a plain folder, and what is restored from one: files that never change once for all
 * backups, and of each backup the database that names them. Knows the files; the database is dumped and opened by the
 * caller.
 */
@NullMarked
package uk.fpw.warehouse.store.backup;

import org.jspecify.annotations.NullMarked;
