/** Starts and supervises the programs that work beside the application. */
@NullMarked
package uk.fpw.nightly.program;

import org.jspecify.annotations.NullMarked;
