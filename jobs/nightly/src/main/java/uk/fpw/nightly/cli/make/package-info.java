/** Commands that create something: loads, candidates, releases, pages, exports. */
@NullMarked
package uk.fpw.nightly.cli.make;

import org.jspecify.annotations.NullMarked;
