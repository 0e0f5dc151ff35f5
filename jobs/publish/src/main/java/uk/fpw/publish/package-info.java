/** From an audited candidate to a release: published rows, the flip, exports. Knows neither Spark nor DuckDB. */
@NullMarked
package uk.fpw.publish;

import org.jspecify.annotations.NullMarked;
