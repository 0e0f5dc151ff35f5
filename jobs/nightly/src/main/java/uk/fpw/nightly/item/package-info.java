/** The items behind a count of a release. They are shown to a person who gives a reason, which is recorded. */
@NullMarked
package uk.fpw.nightly.item;

import org.jspecify.annotations.NullMarked;
