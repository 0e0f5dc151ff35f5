/** Tests of uk.fpw.nightly.audit. */
@NullMarked
package uk.fpw.nightly.audit;

import org.jspecify.annotations.NullMarked;
