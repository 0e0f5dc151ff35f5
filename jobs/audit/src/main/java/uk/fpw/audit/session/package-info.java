/** One session of DuckDB over the files of a candidate: its queries, which are files, and the tables that they make. */
@NullMarked
package uk.fpw.audit.session;

import org.jspecify.annotations.NullMarked;
