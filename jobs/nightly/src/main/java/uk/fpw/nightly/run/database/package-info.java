/** The database of a run: opens, creates, upgrades and dumps it, embedded or on a server. */
@NullMarked
package uk.fpw.nightly.run.database;

import org.jspecify.annotations.NullMarked;
