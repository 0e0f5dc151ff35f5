/**
 * The Spark process of a night: current to core to mart. Its only input is a run file, its only answer a result file.
 */
@NullMarked
package uk.fpw.metrics;

import org.jspecify.annotations.NullMarked;
