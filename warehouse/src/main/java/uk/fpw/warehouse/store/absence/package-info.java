/**
 * Proves that texts are in no file of a folder and in no table of a database: every byte is searched, also in
 * compressed files. Knows formats of files, but nothing of feeds, loads or releases.
 */
@NullMarked
package uk.fpw.warehouse.store.absence;

import org.jspecify.annotations.NullMarked;
