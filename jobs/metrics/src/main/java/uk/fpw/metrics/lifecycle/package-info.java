/**
 * The history of one item in its queues: turns the events of the staging queries into spells, and reports events that
 * do not fit. Uses neither Spark nor tables.
 *
 * <p>Days are counted from 1970-01-01; instants are microseconds since then, in UTC.
 */
@NullMarked
package uk.fpw.metrics.lifecycle;

import org.jspecify.annotations.NullMarked;
