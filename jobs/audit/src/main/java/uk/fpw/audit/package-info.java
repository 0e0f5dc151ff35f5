/**
 * Audits a candidate with another engine, DuckDB, in a separate process: every test of the models, the digests of the
 * tables, a recount of the published numbers from the events, and how its spells differ from those of the current
 * release. Its SQL, and the definitions for the recount, are files of the sql module.
 */
@NullMarked
package uk.fpw.audit;

import org.jspecify.annotations.NullMarked;
