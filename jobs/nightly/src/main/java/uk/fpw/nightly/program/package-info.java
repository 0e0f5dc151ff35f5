/** How the programs of the installation are started that work beside the application. */
@NullMarked
package uk.fpw.nightly.program;

import org.jspecify.annotations.NullMarked;
