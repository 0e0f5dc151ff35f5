/** Compares an extract with the current rows, bucket by bucket, and enforces the limits for loading it. */
@NullMarked
package uk.fpw.ingest.compare;

import org.jspecify.annotations.NullMarked;
