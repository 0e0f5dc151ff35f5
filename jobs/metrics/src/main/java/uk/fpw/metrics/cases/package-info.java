/**
 * Open cases with what is recorded of them and of the items that belong to them: how long nothing was recorded, and how
 * long they have waited. The figures are independent of Spark.
 */
@NullMarked
package uk.fpw.metrics.cases;

import org.jspecify.annotations.NullMarked;
