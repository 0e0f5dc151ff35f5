/**
 * The audit of a candidate by another engine, DuckDB, in a separate process: every test of the models, the digests of
 * the tables, the recount of the published numbers from the events, with the definitions of the sql module, and the
 * differences of its spells to those of the current release. Its SQL is in files of the sql module.
 */
@NullMarked
package uk.fpw.audit;

import org.jspecify.annotations.NullMarked;
