/**
 * The list of erasures beside the pseudonym key, by which a restored backup is recognised and its erasures are applied
 * again. Knows the file only, neither tables nor the database.
 */
@NullMarked
package uk.fpw.warehouse.store.erasure;

import org.jspecify.annotations.NullMarked;
