/** How long items wait: survival curves from aggregated observations. Plain Java without Spark. */
@NullMarked
package uk.fpw.statistics.wait;

import org.jspecify.annotations.NullMarked;
