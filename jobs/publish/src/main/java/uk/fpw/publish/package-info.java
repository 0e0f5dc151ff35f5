/** From an audited candidate to a release: published rows, the switch, exports. Independent of Spark and DuckDB. */
@NullMarked
package uk.fpw.publish;

import org.jspecify.annotations.NullMarked;
