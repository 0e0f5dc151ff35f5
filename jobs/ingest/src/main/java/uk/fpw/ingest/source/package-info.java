/** Sources of rows: files and databases. */
@NullMarked
package uk.fpw.ingest.source;

import org.jspecify.annotations.NullMarked;
