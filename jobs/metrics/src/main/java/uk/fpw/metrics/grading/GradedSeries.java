package uk.fpw.metrics.grading;

import java.util.Comparator;
import uk.fpw.metrics.lifecycle.SparkText;

/**
 * What judgements by one scheme have in common whose shares can be compared over time.
 *
 * @param version version of the scheme's list of grades
 * @param population cases from which the judged ones were taken, or {@value #NOT_RECORDED}
 * @param selection how they were taken: random, all, purposive or unknown
 * @param theme what about the cases is judged, or {@value #NOT_RECORDED}
 * @param assessor who judges, or {@value #NOT_RECORDED}
 */
record GradedSeries(int version, String population, String selection, String theme, String assessor)
        implements Comparable<GradedSeries> {

    /** Where the source does not say. */
    static final String NOT_RECORDED = "(not recorded)";

    private static final Comparator<GradedSeries> ORDER = Comparator.comparingInt(GradedSeries::version)
            .thenComparing(GradedSeries::population, SparkText.ORDER)
            .thenComparing(GradedSeries::selection, SparkText.ORDER)
            .thenComparing(GradedSeries::theme, SparkText.ORDER)
            .thenComparing(GradedSeries::assessor, SparkText.ORDER);

    @Override
    public int compareTo(GradedSeries other) {
        return ORDER.compare(this, other);
    }

    /**
     * Of series that are not this one, the least comparable first: by version, then by whether population, selection
     * and theme are the same.
     */
    Comparator<GradedSeries> byLikeness() {
        return Comparator.comparingInt(GradedSeries::version)
                .thenComparing(other -> other.population.equals(population))
                .thenComparing(other -> other.selection.equals(selection))
                .thenComparing(other -> other.theme.equals(theme))
                .thenComparing(Comparator.naturalOrder());
    }

    /** The first thing in which another series differs. */
    String differenceOf(GradedSeries other) {
        if (other.version != version) {
            return "version " + other.version + " of the scheme";
        }
        if (!other.population.equals(population)) {
            return "population '" + other.population + "'";
        }
        if (!other.selection.equals(selection)) {
            return "selection '" + other.selection + "'";
        }
        return other.theme.equals(theme) ? "assessor '" + other.assessor + "'" : "theme '" + other.theme + "'";
    }
}
