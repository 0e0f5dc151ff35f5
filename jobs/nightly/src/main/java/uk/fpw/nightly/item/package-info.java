/** The items behind a count of a release, which are shown to a person for a reason on record. */
@NullMarked
package uk.fpw.nightly.item;

import org.jspecify.annotations.NullMarked;
