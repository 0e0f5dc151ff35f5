/**
 * Operations on both the tables of feeds and {@code ops}: reconciling {@code ops} with {@code raw} after a process was
 * killed, and withdrawing loads.
 */
@NullMarked
package uk.fpw.warehouse.store.recovery;

import org.jspecify.annotations.NullMarked;
