/**
 * How long items wait: survival curves from aggregated observations, and the Spark functions that let the mart models use
 * them. Everything but {@link uk.fpw.metrics.wait.WaitFunctions} is plain Java without Spark.
 */
@NullMarked
package uk.fpw.metrics.wait;

import org.jspecify.annotations.NullMarked;
