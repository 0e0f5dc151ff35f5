/** A source of rows: a file or a database. */
@NullMarked
package uk.fpw.ingest.source;

import org.jspecify.annotations.NullMarked;
