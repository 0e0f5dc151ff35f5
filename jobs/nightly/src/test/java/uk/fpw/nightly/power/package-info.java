/** What a loss of power leaves of a warehouse: a disk that is simulated from the recorded calls of real nights. */
@NullMarked
package uk.fpw.nightly.power;

import org.jspecify.annotations.NullMarked;
