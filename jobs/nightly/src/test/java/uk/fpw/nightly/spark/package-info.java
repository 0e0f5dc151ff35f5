/** Tests of uk.fpw.nightly.spark. */
@NullMarked
package uk.fpw.nightly.spark;

import org.jspecify.annotations.NullMarked;
