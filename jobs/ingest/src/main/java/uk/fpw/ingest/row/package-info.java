/** Rows: from text to typed, pseudonymised versions, or to a refusal that says why not. */
@NullMarked
package uk.fpw.ingest.row;

import org.jspecify.annotations.NullMarked;
