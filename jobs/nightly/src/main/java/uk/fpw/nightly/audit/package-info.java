/** The audit of a candidate as a child process of the run. Knows how to start it, but no class of DuckDB. */
@NullMarked
package uk.fpw.nightly.audit;

import org.jspecify.annotations.NullMarked;
