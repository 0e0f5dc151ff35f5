/**
 * What needs both the tables of feeds and {@code ops}: making {@code ops} agree with {@code raw} after a process was
 * killed, and taking loads back.
 */
@NullMarked
package uk.fpw.warehouse.store.recovery;

import org.jspecify.annotations.NullMarked;
