/**
 * The life of one item in its queues: from the events that the staging queries state to spells, and to what does not
 * fit. Independent of Spark and of tables.
 *
 * <p>Days are numbered from 1970-01-01; points in time are microseconds since then, UTC.
 */
@NullMarked
package uk.fpw.metrics.lifecycle;

import org.jspecify.annotations.NullMarked;
