/**
 * Rows partitioned into buckets by key, so that two sets of rows can be compared bucket by bucket in bounded memory.
 */
@NullMarked
package uk.fpw.ingest.bucket;

import org.jspecify.annotations.NullMarked;
