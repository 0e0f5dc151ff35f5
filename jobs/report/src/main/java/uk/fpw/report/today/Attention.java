package uk.fpw.report.today;

import org.jspecify.annotations.Nullable;
import uk.fpw.report.chart.Chart;

/**
 * Something that needs attention.
 *
 * @param rule the rule that found it
 * @param title what it is about
 * @param sentence what was found, with its number
 * @param href page that shows more, from the folder of the site
 * @param chart a small picture; null if there is none
 * @param size how much it is about, among what one rule finds; the highest is shown first;
 *     {@link #MEANS_LITTLE} comes after those that are shown, unless nothing else was found
 */
public record Attention(
        Rule rule,
        String title,
        String sentence,
        String href,
        @Nullable Chart chart,
        double size) {

    /** A size below every other. */
    public static final double MEANS_LITTLE = Double.NEGATIVE_INFINITY;

    /** Whether it says of itself that it means little. */
    public boolean meansLittle() {
        return size == MEANS_LITTLE;
    }

    /**
     * What is looked for.
     *
     * @param harm whom or what it concerns
     * @param name its name, as each thing that it finds shows it
     * @param meaning what it looks for
     */
    public record Rule(Harm harm, String name, String meaning) {}

    /** Parts of the first page, in their order: people before things, and what is known before what is doubtful. */
    public enum Harm {
        PEOPLE("people", "What may harm a person"),
        STANDARDS("late", "Late"),
        WORSE("worse", "Worse than before, or unlike chance"),
        RECOMMENDATIONS("asked", "Recommendations"),
        DATA("data", "Data that is missing or doubtful");

        private final String id;
        private final String heading;

        Harm(String id, String heading) {
            this.id = id;
            this.heading = heading;
        }

        /** Anchor of the part. */
        public String id() {
            return id;
        }

        /** Heading of the part. */
        public String heading() {
            return heading;
        }
    }
}
