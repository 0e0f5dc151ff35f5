/** The tables that say what a force defines, and the calendar. Knows no Spark. */
@NullMarked
package uk.fpw.metrics.dimension;

import org.jspecify.annotations.NullMarked;
