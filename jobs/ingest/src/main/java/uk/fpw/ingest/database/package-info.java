/** Rows of tables and queries of operational databases, read over JDBC and never written. */
@NullMarked
package uk.fpw.ingest.database;

import org.jspecify.annotations.NullMarked;
