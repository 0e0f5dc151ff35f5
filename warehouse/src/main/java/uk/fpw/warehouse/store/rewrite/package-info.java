/**
 * Replaces the keys of an existing warehouse: all rows are rewritten to new files, and one transaction switches to
 * them.
 */
@NullMarked
package uk.fpw.warehouse.store.rewrite;

import org.jspecify.annotations.NullMarked;
