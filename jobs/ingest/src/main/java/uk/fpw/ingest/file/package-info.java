/** Dropped files: whether one can be trusted, and its rows as text. */
@NullMarked
package uk.fpw.ingest.file;

import org.jspecify.annotations.NullMarked;
