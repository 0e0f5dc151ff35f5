/** What a power failure leaves of a warehouse: a disk simulated from the recorded calls of real nights. */
@NullMarked
package uk.fpw.nightly.power;

import org.jspecify.annotations.NullMarked;
