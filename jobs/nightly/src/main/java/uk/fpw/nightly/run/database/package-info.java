/** The database of a run: opened, made, upgraded and dumped, embedded or on a server. */
@NullMarked
package uk.fpw.nightly.run.database;

import org.jspecify.annotations.NullMarked;
