/** Reads a source once, in full or from its cursor on: the preparation, the reading, and its results. */
@NullMarked
package uk.fpw.ingest.extract;

import org.jspecify.annotations.NullMarked;
