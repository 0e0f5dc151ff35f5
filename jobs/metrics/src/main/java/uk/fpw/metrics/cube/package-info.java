/**
 * Counts spells, in whole numbers: one cube per series (queue, slice, value), with one part per family of figures.
 * Every part is additive over spells or over contributors: counts over different contributors add up. Uses neither
 * Spark nor tables.
 *
 * <p>Days are counted from 1970-01-01 as in {@link java.time.LocalDate#toEpochDay}, and are local calendar days of
 * the force; periods are numbered as in {@link uk.fpw.metrics.series.Period}.
 */
@NullMarked
package uk.fpw.metrics.cube;

import org.jspecify.annotations.NullMarked;
