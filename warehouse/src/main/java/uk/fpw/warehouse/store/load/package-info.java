/** Loads: storing source rows in {@code raw} and {@code current} exactly once, and accounting for every row. */
@NullMarked
package uk.fpw.warehouse.store.load;

import org.jspecify.annotations.NullMarked;
