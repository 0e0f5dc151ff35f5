/** Commands that inspect a warehouse: runs, changes, the items behind a count, the integrity of files and figures. */
@NullMarked
package uk.fpw.nightly.cli.look;

import org.jspecify.annotations.NullMarked;
