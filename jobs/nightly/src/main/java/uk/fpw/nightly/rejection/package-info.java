/** Reports of rejected rows for the owners of the feeds. */
@NullMarked
package uk.fpw.nightly.rejection;

import org.jspecify.annotations.NullMarked;
