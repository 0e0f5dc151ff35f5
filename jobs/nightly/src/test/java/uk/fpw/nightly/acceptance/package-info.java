/** Acceptance: the installed {@code fpw}, run as its users run it, from the files in to the figures out. */
@NullMarked
package uk.fpw.nightly.acceptance;

import org.jspecify.annotations.NullMarked;
