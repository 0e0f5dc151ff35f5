/**
 * Turns an audited candidate into a release: publishes its rows, makes it current, exports it. Knows neither Spark
 * nor DuckDB.
 */
@NullMarked
package uk.fpw.publish;

import org.jspecify.annotations.NullMarked;
