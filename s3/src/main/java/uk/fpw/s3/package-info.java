/**
 * Tables in an object store that speaks the protocol of Amazon S3. Loaded only for a warehouse whose force folder says
 * {@code storage.tables}; knows nothing of what the tables mean.
 */
@NullMarked
package uk.fpw.s3;

import org.jspecify.annotations.NullMarked;
