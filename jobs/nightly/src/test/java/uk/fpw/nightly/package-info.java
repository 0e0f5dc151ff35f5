/** Tests of uk.fpw.nightly. */
@NullMarked
package uk.fpw.nightly;

import org.jspecify.annotations.NullMarked;
