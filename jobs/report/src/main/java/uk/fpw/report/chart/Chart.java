package uk.fpw.report.chart;

import java.util.List;

/**
 * A picture with a text alternative.
 *
 * @param svg the picture, for an HTML page
 * @param title heading, and the picture's name for readers who cannot see it
 * @param description what it shows, in one or two sentences with its numbers
 * @param unit what the values count or measure
 * @param table the same numbers
 */
public record Chart(String svg, String title, String description, String unit, Table table) {

    /**
     * The numbers of a picture as text.
     *
     * @param headings one per column
     * @param rows each as long as the headings
     */
    public record Table(List<String> headings, List<List<String>> rows) {
        public Table {
            headings = List.copyOf(headings);
            rows = List.copyOf(rows);
        }
    }
}
