/** The tables with the definitions of a force, and the calendar. Independent of Spark. */
@NullMarked
package uk.fpw.metrics.dimension;

import org.jspecify.annotations.NullMarked;
