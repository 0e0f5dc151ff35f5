/** Comparing what was read with what is current, bucket by bucket, and the limits within which that is loaded. */
@NullMarked
package uk.fpw.ingest.compare;

import org.jspecify.annotations.NullMarked;
