/**
 * Charts as SVG, drawn without script or outside addresses and in colours that colour-blind readers can distinguish.
 * Each has a text alternative, and its numbers as a table.
 */
@NullMarked
package uk.fpw.report.chart;

import org.jspecify.annotations.NullMarked;
