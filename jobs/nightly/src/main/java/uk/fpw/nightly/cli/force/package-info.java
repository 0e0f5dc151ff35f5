/** Commands for a force folder: create, check and test it, and profile its sources. */
@NullMarked
package uk.fpw.nightly.cli.force;

import org.jspecify.annotations.NullMarked;
