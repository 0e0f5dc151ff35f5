package uk.fpw.report.page;

import org.jspecify.annotations.Nullable;
import uk.fpw.report.chart.Chart;

/**
 * Something that needs attention.
 *
 * @param rule name of the rule that found it
 * @param title what it is about
 * @param sentence what was found, with its number
 * @param href page that shows more, from the folder of the site
 * @param chart a small picture; null if there is none
 * @param rank place among all; the lowest is shown first
 * @param size how much it is about, among things of one rank; the highest is shown first
 */
public record Attention(
        String rule,
        String title,
        String sentence,
        String href,
        @Nullable Chart chart,
        int rank,
        double size) {}
