package uk.fpw.metrics.grading;

import java.util.Comparator;
import org.jspecify.annotations.Nullable;
import uk.fpw.metrics.lifecycle.SparkText;
import uk.fpw.metrics.table.TableRows;

/**
 * A series of judgements by one scheme whose shares are comparable over time.
 *
 * @param version version of the scheme's list of grades
 * @param population cases from which the judged ones were taken, or {@value #NOT_RECORDED}
 * @param selection how they were taken: random, all, purposive or unknown
 * @param theme what about the cases is judged, or {@value #NOT_RECORDED}
 * @param assessor who judges, or {@value #NOT_RECORDED}
 */
record GradedSeries(int version, String population, String selection, String theme, String assessor)
        implements Comparable<GradedSeries> {

    /** Used if the source does not say. */
    static final String NOT_RECORDED = GradedRow.NOT_RECORDED;

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
     * Orders other series by similarity to this one, least similar first: by version, then by whether population,
     * selection and theme are equal.
     */
    Comparator<GradedSeries> byLikeness() {
        return Comparator.comparingInt(GradedSeries::version)
                .thenComparing(other -> other.population.equals(population))
                .thenComparing(other -> other.selection.equals(selection))
                .thenComparing(other -> other.theme.equals(theme))
                .thenComparing(Comparator.naturalOrder());
    }

    /** Why judgements of the series say nothing about other cases; null if they do. */
    @Nullable
    String noConclusion() {
        if (selection.equals("purposive")) {
            return "the cases were picked (purposive): their shares say nothing of other cases";
        }
        if (selection.equals("unknown")) {
            return "it is not known how the cases were selected";
        }
        return population.equals(NOT_RECORDED)
                ? "it is not recorded from which cases the judged ones were taken"
                : null;
    }

    /** Sets the columns that identify the series. */
    TableRows.Row set(TableRows.Row row, String scheme) {
        return row.set("scheme", scheme)
                .set("scheme_version", version)
                .set("population", population)
                .set("selection", selection)
                .set("theme", theme)
                .set("assessor", assessor);
    }

    /** The first respect in which another series differs. */
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
