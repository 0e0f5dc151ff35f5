/**
 * Looks at a source nobody has described yet and writes a feed to start from. Values are counted and compared by their
 * hashes; none is kept or shown, only how it is written.
 */
@NullMarked
package uk.fpw.ingest.profile;

import org.jspecify.annotations.NullMarked;
