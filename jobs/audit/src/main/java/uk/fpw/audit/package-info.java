/**
 * The audit of a candidate by another engine, DuckDB, in a process of its own: every test of the models, the digests of
 * the tables, the published numbers once more from the events, by the definitions of the sql module, and how its spells
 * differ from those of the current release.
 */
@NullMarked
package uk.fpw.audit;

import org.jspecify.annotations.NullMarked;
