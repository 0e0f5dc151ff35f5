/**
 * The counting as Spark runs it: which rows meet in which task. The processing of an item is in
 * {@link uk.fpw.metrics.lifecycle}, the counts are in {@link uk.fpw.metrics.cube}, the figures derived from them in
 * {@link uk.fpw.metrics.figures}.
 */
@NullMarked
package uk.fpw.metrics.pass;

import org.jspecify.annotations.NullMarked;
