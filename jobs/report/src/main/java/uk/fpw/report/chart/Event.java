package uk.fpw.report.chart;

import java.time.LocalDate;

/**
 * Something dated that a series should be read with, drawn as a vertical line.
 *
 * @param on first day on which it applied
 * @param label a few words
 */
public record Event(LocalDate on, String label) {}
