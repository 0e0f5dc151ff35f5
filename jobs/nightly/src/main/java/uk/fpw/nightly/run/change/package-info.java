/** What a run says of changed figures: in its summary, and against pinned and quoted ones. */
@NullMarked
package uk.fpw.nightly.run.change;

import org.jspecify.annotations.NullMarked;
