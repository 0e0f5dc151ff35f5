/** Tests of publishing. */
@NullMarked
package uk.fpw.publish;

import org.jspecify.annotations.NullMarked;
