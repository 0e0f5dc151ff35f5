/** The tables that show a force's definitions, and the calendar. Does not use Spark. */
@NullMarked
package uk.fpw.metrics.dimension;

import org.jspecify.annotations.NullMarked;
