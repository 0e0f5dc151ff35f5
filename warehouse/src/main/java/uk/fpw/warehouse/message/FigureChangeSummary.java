package uk.fpw.warehouse.message;

import static java.util.Objects.requireNonNullElseGet;

import com.fasterxml.jackson.annotation.JsonCreator;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import uk.fpw.layout.ReleaseId;

/**
 * How many published figures of the past a candidate states otherwise than the release that it would replace.
 *
 * @param replacedReleaseId that release
 * @param notCompared why the two were not compared, in one sentence; null if they were
 * @param figureCount figures that were compared; 0 if none was
 * @param changedCount how many differ
 * @param unexplainedCount how many of these have a part without a cause
 * @param unnamedCount changed spells with the cause {@code reference data} although no row of their item names a row
 *     that has changed
 * @param largest the one that differs most in number; null if none has two values that differ
 * @param warnings what went wrong, each in one sentence: figures that could not be compared because of an error, or
 *     rows about earlier releases that are lost; none if all went well
 * @param statistics how many quantiles and shares differ; null where they were not looked for
 * @param lost why the rows about earlier releases are not carried over, in one sentence; null if they are, or there
 *     were none
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
        @Nullable String lost) {

    /** The file of a result of an earlier version has no warnings. */
    @JsonCreator
    public FigureChangeSummary {
        warnings = List.copyOf(requireNonNullElseGet(warnings, List::<String>of));
    }

    /** The counts alone. */
    public FigureChangeSummary(
            ReleaseId replacedReleaseId,
            @Nullable String notCompared,
            long figureCount,
            long changedCount,
            long unexplainedCount,
            long unnamedCount,
            @Nullable ChangedFigure largest,
            List<String> warnings) {
        this(
                replacedReleaseId,
                notCompared,
                figureCount,
                changedCount,
                unexplainedCount,
                unnamedCount,
                largest,
                warnings,
                null,
                null);
    }

    /** The same, and what was found of quantiles and shares. */
    public FigureChangeSummary with(StatisticChangeSummary found) {
        return new FigureChangeSummary(
                replacedReleaseId,
                notCompared,
                figureCount,
                changedCount,
                unexplainedCount,
                unnamedCount,
                largest,
                joined(warnings, found.warnings()),
                found,
                lost);
    }

    /** Counts, quantiles and shares of which no cause is known for a part. */
    public long withoutCauseCount() {
        return unexplainedCount + (statistics == null ? 0 : statistics.unexplainedCount());
    }

    /** Two releases that were not compared. */
    public static FigureChangeSummary notCompared(ReleaseId replacedReleaseId, String why, List<String> warnings) {
        return new FigureChangeSummary(replacedReleaseId, why, 0, 0, 0, 0, null, warnings);
    }

    /** The same with other warnings. */
    public FigureChangeSummary with(List<String> otherWarnings) {
        return new FigureChangeSummary(
                replacedReleaseId,
                notCompared,
                figureCount,
                changedCount,
                unexplainedCount,
                unnamedCount,
                largest,
                otherWarnings,
                statistics,
                lost);
    }

    /** The same with more warnings. */
    public FigureChangeSummary withMore(List<String> moreWarnings) {
        return with(joined(warnings, moreWarnings));
    }

    private static List<String> joined(List<String> some, List<String> more) {
        return Stream.concat(some.stream(), more.stream()).toList();
    }

    /** The same where the rows about earlier releases are not carried over. */
    public FigureChangeSummary withLost(String why) {
        return new FigureChangeSummary(
                replacedReleaseId,
                notCompared,
                figureCount,
                changedCount,
                unexplainedCount,
                unnamedCount,
                largest,
                warnings,
                statistics,
                why);
    }

    /**
     * Why what has changed since the replaced release, or since earlier ones, cannot be told by the rows of the
     * candidate, in one sentence; null if it can.
     */
    public @Nullable String gap() {
        return notCompared != null ? notCompared : lost;
    }

    /** Whether the release stands, but something has to be looked at. */
    public boolean hasWarnings() {
        return withoutCauseCount() > 0 || !warnings.isEmpty();
    }

    /**
     * One figure.
     *
     * @param slice with its value, such as {@code kind phone}; {@code all} for a total
     * @param measure column of the mart, such as {@code waiting_count}; with the exit reason if there is one
     * @param month first day of the month, such as {@code 2015-10-01}
     * @param causes what each cause contributes, in the order of the causes
     */
    public record ChangedFigure(
            String queue,
            String slice,
            String measure,
            String month,
            long replacedValue,
            long newValue,
            List<Part> causes) {}

    /** What a cause contributes to the change of a figure. */
    public record Part(String cause, long part) {}
}
