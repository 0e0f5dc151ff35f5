package uk.fpw.warehouse.run;

import com.fasterxml.jackson.annotation.JsonCreator;
import java.util.List;
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
 * @param largest the one that differs most in number; null if none has two values that differ
 * @param statistics how many quantiles and shares differ; null where they were not looked for
 */
public record FigureChangeSummary(
        ReleaseId replacedReleaseId,
        @Nullable String notCompared,
        long figureCount,
        long changedCount,
        long unexplainedCount,
        @Nullable ChangedFigure largest,
        @Nullable StatisticChangeSummary statistics) {

    /** As it is read from a result file. */
    @JsonCreator
    public FigureChangeSummary {}

    /** The counts alone. */
    public FigureChangeSummary(
            ReleaseId replacedReleaseId,
            @Nullable String notCompared,
            long figureCount,
            long changedCount,
            long unexplainedCount,
            @Nullable ChangedFigure largest) {
        this(replacedReleaseId, notCompared, figureCount, changedCount, unexplainedCount, largest, null);
    }

    /** The same, and what was found of quantiles and shares. */
    public FigureChangeSummary with(StatisticChangeSummary found) {
        return new FigureChangeSummary(
                replacedReleaseId, notCompared, figureCount, changedCount, unexplainedCount, largest, found);
    }

    /** Counts, quantiles and shares of which no cause is known for a part. */
    public long withoutCauseCount() {
        return unexplainedCount + (statistics == null ? 0 : statistics.unexplainedCount());
    }

    /** Why quantiles and shares could not be compared, if an error is the reason; otherwise null. */
    public @Nullable String failure() {
        return statistics != null && statistics.isFailed() ? statistics.notCompared() : null;
    }

    /** Two releases that were not compared. */
    public static FigureChangeSummary notCompared(ReleaseId replacedReleaseId, String why) {
        return new FigureChangeSummary(replacedReleaseId, why, 0, 0, 0, null);
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
