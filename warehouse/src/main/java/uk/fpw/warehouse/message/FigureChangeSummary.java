package uk.fpw.warehouse.message;

import static java.util.Objects.requireNonNullElseGet;

import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import uk.fpw.layout.ReleaseId;

/**
 * Summary of past figures in which a candidate differs from the release that it would replace.
 *
 * @param replacedReleaseId id of that release
 * @param notCompared why the two were not compared, in one sentence; null if they were
 * @param figureCount number of compared figures; 0 if not compared
 * @param changedCount how many differ
 * @param unexplainedCount how many of these have a part without a known cause
 * @param unnamedCount changed spells with the cause {@code reference data} although no row of their item refers to a
 *     changed row
 * @param largest the figure with the largest numeric difference; null if none differs in two known values
 * @param warnings problems, each in one sentence: figures that could not be compared because of an error, or lost rows
 *     about earlier releases; empty if there were none
 * @param statistics how many quantiles and shares differ; null if not compared
 * @param lost why the rows about earlier releases were not carried over, in one sentence; null if they were, or there
 *     were none
 * @param notes what else differs between the two without changing a count, each in one sentence; no reason to warn
 */
public record FigureChangeSummary(
        ReleaseId replacedReleaseId,
        @Nullable String notCompared,
        long figureCount,
        long changedCount,
        long unexplainedCount,
        long unnamedCount,
        @Nullable ChangedFigure largest,
        List<String> warnings,
        @Nullable StatisticChangeSummary statistics,
        @Nullable String lost,
        List<String> notes) {

    /** Results of earlier versions have no warnings and no notes. */
    public FigureChangeSummary {
        warnings = List.copyOf(requireNonNullElseGet(warnings, List::<String>of));
        notes = List.copyOf(requireNonNullElseGet(notes, List::<String>of));
    }

    /**
     * Numbers of figures.
     *
     * @param compared how many were compared
     * @param changed how many differ
     * @param unexplained how many of these have a part without a known cause
     * @param unnamed see {@link FigureChangeSummary#unnamedCount}
     */
    public record Counts(long compared, long changed, long unexplained, long unnamed) {}

    /** Two releases that were compared, without quantiles and shares. */
    public static FigureChangeSummary compared(
            ReleaseId replacedReleaseId, Counts counts, @Nullable ChangedFigure largest) {
        return new FigureChangeSummary(
                replacedReleaseId,
                null,
                counts.compared(),
                counts.changed(),
                counts.unexplained(),
                counts.unnamed(),
                largest,
                List.of(),
                null,
                null,
                List.of());
    }

    /** The same with the changes of quantiles and shares. */
    public FigureChangeSummary with(StatisticChangeSummary found) {
        return copy(joined(warnings, found.warnings()), found, lost, notes);
    }

    /** Number of counts, quantiles and shares that have a part without a known cause. */
    public long withoutCauseCount() {
        return unexplainedCount + (statistics == null ? 0 : statistics.unexplainedCount());
    }

    /** Two releases that were not compared. */
    public static FigureChangeSummary notCompared(ReleaseId replacedReleaseId, String why, List<String> warnings) {
        return new FigureChangeSummary(replacedReleaseId, why, 0, 0, 0, 0, null, warnings, null, null, List.of());
    }

    /** The same with other warnings. */
    public FigureChangeSummary with(List<String> otherWarnings) {
        return copy(otherWarnings, statistics, lost, notes);
    }

    /** The same with more warnings. */
    public FigureChangeSummary withMore(List<String> moreWarnings) {
        return with(joined(warnings, moreWarnings));
    }

    private static List<String> joined(List<String> some, List<String> more) {
        return Stream.concat(some.stream(), more.stream()).toList();
    }

    /** The same without the rows about earlier releases. */
    public FigureChangeSummary withLost(String why) {
        return copy(warnings, statistics, why, notes);
    }

    /** The same with notes. */
    public FigureChangeSummary withNotes(List<String> newNotes) {
        return copy(warnings, statistics, lost, newNotes);
    }

    private FigureChangeSummary copy(
            List<String> newWarnings,
            @Nullable StatisticChangeSummary newStatistics,
            @Nullable String newLost,
            List<String> newNotes) {
        return new FigureChangeSummary(
                replacedReleaseId,
                notCompared,
                figureCount,
                changedCount,
                unexplainedCount,
                unnamedCount,
                largest,
                newWarnings,
                newStatistics,
                newLost,
                newNotes);
    }

    /**
     * Why the candidate's rows cannot show what has changed since the replaced release or since earlier ones, in one
     * sentence; null if they can.
     */
    public @Nullable String gap() {
        return notCompared != null ? notCompared : lost;
    }

    /** Whether the release is valid but somebody should look at something. */
    public boolean hasWarnings() {
        return withoutCauseCount() > 0 || !warnings.isEmpty();
    }

    /**
     * One figure.
     *
     * @param slice slice and value, such as {@code kind phone}; {@code all} for a total
     * @param measure column of the mart, such as {@code waiting_count}; with the exit reason if there is one
     * @param month first day of the month, such as {@code 2015-10-01}
     * @param causes contribution of each cause, in the order of the causes
     */
    public record ChangedFigure(
            String queue,
            String slice,
            String measure,
            String month,
            long replacedValue,
            long newValue,
            List<Part> causes) {}

    /** Contribution of a cause to the change of a figure. */
    public record Part(String cause, long part) {}
}
