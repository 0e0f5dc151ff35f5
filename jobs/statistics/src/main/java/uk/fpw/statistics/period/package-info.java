/** Whether a count, a share or a mean of one period differs from that of another. Plain Java without Spark. */
@NullMarked
package uk.fpw.statistics.period;

import org.jspecify.annotations.NullMarked;
