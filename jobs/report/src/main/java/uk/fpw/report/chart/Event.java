package uk.fpw.report.chart;

import java.time.LocalDate;

/**
 * A dated event to keep in mind when reading a series, drawn as a vertical line.
 *
 * @param on first day on which it applied
 * @param label a few words
 */
public record Event(LocalDate on, String label) {}
