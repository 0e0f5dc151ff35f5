/**
 * From the current rows of the feeds to staged events: what a force's own SQL may do, whether it keeps its contract,
 * and what its rules exclude.
 */
@NullMarked
package uk.fpw.metrics.staging;

import org.jspecify.annotations.NullMarked;
