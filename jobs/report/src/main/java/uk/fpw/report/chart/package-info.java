/**
 * Charts as SVG, drawn on the server: no script, no outside address, colours that the colour-blind can tell apart. Each
 * has its text alternative, and its numbers as a table.
 */
@NullMarked
package uk.fpw.report.chart;

import org.jspecify.annotations.NullMarked;
