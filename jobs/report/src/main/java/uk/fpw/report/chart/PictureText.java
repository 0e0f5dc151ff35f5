package uk.fpw.report.chart;

/**
 * What a picture is about.
 *
 * @param id begins the ids of its elements
 * @param title its name
 * @param description what it shows, for those who cannot see it
 * @param unit what its values count or measure
 */
record PictureText(String id, String title, String description, String unit) {}
