/** Converts rows from text to typed, pseudonymised versions, or to refusals with a reason. */
@NullMarked
package uk.fpw.ingest.row;

import org.jspecify.annotations.NullMarked;
