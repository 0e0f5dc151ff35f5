/**
 * The counting as Spark runs it: which rows meet in which task. What becomes of an item stands in
 * {@link uk.fpw.metrics.lifecycle}, what is counted in {@link uk.fpw.metrics.cube}, what follows from it in
 * {@link uk.fpw.metrics.figures}.
 */
@NullMarked
package uk.fpw.metrics.pass;

import org.jspecify.annotations.NullMarked;
