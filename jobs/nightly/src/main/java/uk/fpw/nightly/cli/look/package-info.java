/** Commands that look: what ran, what changed, what a count consists of, whether files and figures are whole. */
@NullMarked
package uk.fpw.nightly.cli.look;

import org.jspecify.annotations.NullMarked;
