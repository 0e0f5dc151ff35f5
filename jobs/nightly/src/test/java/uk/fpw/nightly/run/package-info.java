/** Tests of uk.fpw.nightly.run. */
@NullMarked
package uk.fpw.nightly.run;

import org.jspecify.annotations.NullMarked;
