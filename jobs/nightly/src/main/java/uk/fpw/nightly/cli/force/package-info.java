/** Commands for a force folder: begun, checked, tested, and a first look at its sources. */
@NullMarked
package uk.fpw.nightly.cli.force;

import org.jspecify.annotations.NullMarked;
