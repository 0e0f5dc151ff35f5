package uk.fpw.warehouse.run;

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
        @Nullable StatisticChangeSummary statistics) {

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
                found.isFailed()
                        ? Stream.concat(
                                        warnings.stream(),
                                        Stream.of("what changed quantiles and shares of the past is not listed: "
                                                + found.notCompared()))
                                .toList()
                        : warnings,
                found);
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
                statistics);
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
