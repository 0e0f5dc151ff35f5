/**
 * The nightly run: one Spring Batch job under the warehouse lock, its row in {@code ops.night}, its log and its
 * summary.
 */
@NullMarked
package uk.fpw.nightly.run;

import org.jspecify.annotations.NullMarked;
