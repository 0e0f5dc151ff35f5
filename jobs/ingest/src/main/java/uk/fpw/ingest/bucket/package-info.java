/** Rows sorted into buckets of their key, so that two sets of rows are compared bucket by bucket in bounded memory. */
@NullMarked
package uk.fpw.ingest.bucket;

import org.jspecify.annotations.NullMarked;
