/**
 * Sealed files: versions of rows whose processing is restricted, kept as evidence where nothing else reads them. Knows
 * the files and their keys only, neither tables nor the database.
 */
@NullMarked
package uk.fpw.warehouse.store.evidence;

import org.jspecify.annotations.NullMarked;
