/** What is counted, and in which series: the queues as counting needs them, their spells, and calendar periods. */
@NullMarked
package uk.fpw.metrics.series;

import org.jspecify.annotations.NullMarked;
