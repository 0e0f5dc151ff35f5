/**
 * Loads feeds: a Spring Batch job that takes rows from a source to {@code raw} and {@code current}. May depend on
 * Spring, never on Spark.
 */
@NullMarked
package uk.fpw.ingest;

import org.jspecify.annotations.NullMarked;
