/** Staff in post, and what units and providers examined. Only {@code CapacityPass} uses Spark. */
@NullMarked
package uk.fpw.metrics.capacity;

import org.jspecify.annotations.NullMarked;
