/** Tests of uk.fpw.nightly.night. */
@NullMarked
package uk.fpw.nightly.night;

import org.jspecify.annotations.NullMarked;
