/**
 * Open cases: how long nothing was recorded about them and their items, and how long they have waited. Only
 * {@code CasePass} uses Spark.
 */
@NullMarked
package uk.fpw.metrics.cases;

import org.jspecify.annotations.NullMarked;
