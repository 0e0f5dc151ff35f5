/** Reads rows of tables and queries of operational databases over JDBC. */
@NullMarked
package uk.fpw.ingest.database;

import org.jspecify.annotations.NullMarked;
