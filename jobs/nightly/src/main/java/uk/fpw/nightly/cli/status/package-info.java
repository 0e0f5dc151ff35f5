/** {@code fpw status}: reads the state of a warehouse once, then prints it in the form that is asked for. */
@NullMarked
package uk.fpw.nightly.cli.status;

import org.jspecify.annotations.NullMarked;
