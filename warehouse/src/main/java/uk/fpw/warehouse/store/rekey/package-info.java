/**
 * Other keys for a warehouse that is there: every row stays where it is, in new files, and one transaction switches to
 * them.
 */
@NullMarked
package uk.fpw.warehouse.store.rekey;

import org.jspecify.annotations.NullMarked;
