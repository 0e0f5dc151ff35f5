package uk.fpw.report.chart;

/** A picture. */
public record Chart(String svg) {}
