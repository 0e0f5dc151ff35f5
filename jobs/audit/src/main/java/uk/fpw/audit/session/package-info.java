/** A DuckDB session over the files of a candidate: the queries, kept in files, and the tables they create. */
@NullMarked
package uk.fpw.audit.session;

import org.jspecify.annotations.NullMarked;
