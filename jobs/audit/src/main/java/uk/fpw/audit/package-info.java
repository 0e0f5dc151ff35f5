/**
 * The audit of a candidate by another engine, DuckDB, in a process of its own: every test of the models, the digests of the tables, and the published numbers once more from the events, by the definitions of the sql module.
 */
@NullMarked
package uk.fpw.audit;

import org.jspecify.annotations.NullMarked;
