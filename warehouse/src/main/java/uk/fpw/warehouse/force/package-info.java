/**
 * The force folder: everything that differs between forces, as data. Read and checked here; knows neither Spring nor
 * Spark.
 */
@NullMarked
package uk.fpw.warehouse.force;

import org.jspecify.annotations.NullMarked;
