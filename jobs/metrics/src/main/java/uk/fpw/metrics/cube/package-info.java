/**
 * What is counted of the spells, in whole numbers: a cube per series (queue, slice, value), of one part per family of
 * figures. Every part is additive, over spells or over contributors: two of them, counted over different contributors,
 * add up to that of both. Independent of Spark and of tables.
 *
 * <p>Days are numbered from 1970-01-01 as {@link java.time.LocalDate#toEpochDay} does, and are local calendar days of
 * the force; periods as {@link uk.fpw.metrics.series.Period} does.
 */
@NullMarked
package uk.fpw.metrics.cube;

import org.jspecify.annotations.NullMarked;
