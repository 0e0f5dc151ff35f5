/** Loads: how source rows reach {@code raw} and {@code current}, exactly once, and how each is accounted for. */
@NullMarked
package uk.fpw.warehouse.store.load;

import org.jspecify.annotations.NullMarked;
