/**
 * Statistics of numbers: shares with their intervals, control charts. Plain Java on arrays; uses neither tables nor
 * Spark.
 */
@NullMarked
package uk.fpw.statistics;

import org.jspecify.annotations.NullMarked;
