/** Reports on changed figures: in the summary of a run, and for pinned and quoted ones. */
@NullMarked
package uk.fpw.nightly.run.change;

import org.jspecify.annotations.NullMarked;
