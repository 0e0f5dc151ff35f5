/** Staff in post, and what units and providers examined. The figures are independent of Spark. */
@NullMarked
package uk.fpw.metrics.capacity;

import org.jspecify.annotations.NullMarked;
