/** What is counted, and in which series: queues and their spells, prepared for counting, and calendar periods. */
@NullMarked
package uk.fpw.metrics.series;

import org.jspecify.annotations.NullMarked;
