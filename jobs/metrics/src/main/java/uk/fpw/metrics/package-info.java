/**
 * The Spark process of a run: current to core to mart. Its only input is a run file, its only output a result file.
 */
@NullMarked
package uk.fpw.metrics;

import org.jspecify.annotations.NullMarked;
