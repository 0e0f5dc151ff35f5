/**
 * Loads feeds: one Spring Batch job, from a dropped file to {@code raw} and {@code current}. May know Spring; never
 * Spark.
 */
@NullMarked
package uk.fpw.ingest;

import org.jspecify.annotations.NullMarked;
