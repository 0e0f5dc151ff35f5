/** Tests of uk.fpw.nightly.notify. */
@NullMarked
package uk.fpw.nightly.notify;

import org.jspecify.annotations.NullMarked;
