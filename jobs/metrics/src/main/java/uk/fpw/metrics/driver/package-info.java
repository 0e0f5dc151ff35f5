/** How the figures of a queue changed between two periods, in parts that add up. Only {@code DriverPass} uses Spark. */
@NullMarked
package uk.fpw.metrics.driver;

import org.jspecify.annotations.NullMarked;
