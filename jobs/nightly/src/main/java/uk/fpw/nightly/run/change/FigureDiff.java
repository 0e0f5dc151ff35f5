package uk.fpw.nightly.run.change;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import org.apache.iceberg.expressions.Expression;
import org.apache.iceberg.expressions.Expressions;
import org.jspecify.annotations.Nullable;
import uk.fpw.layout.ReleaseId;
import uk.fpw.model.Models;
import uk.fpw.warehouse.failure.FpwException;
import uk.fpw.warehouse.store.ledger.ReleaseSteps.Step;

/**
 * The difference between two releases in the figures of past months or weeks: the sum of the recorded steps from one to
 * the other.
 */
public final class FigureDiff {

    /** Columns of {@code mart.figure_change} that are read. */
    public static final List<String> COLUMNS = List.of(
            "new_release_id",
            "queue",
            "slice",
            "slice_value",
            "measure",
            "exit_reason",
            "period_start_on",
            "period_end_on",
            "replaced_value",
            "new_value",
            "cause",
            "part");

    private FigureDiff() {}

    /** The kinds of compared periods, named as in {@code period_kind} of {@code mart.figure_change}. */
    public enum PeriodKind {
        month,
        week;

        /** Selects the rows of {@code mart.figure_change} about such periods. */
        public Expression rows() {
            return Expressions.equal("period_kind", name());
        }
    }

    /**
     * One figure that differs.
     *
     * @param startOn first day of the month or week
     * @param from its value in the earlier release; null if it was not available
     * @param to its value in the later release; null if it is not available
     * @param parts contribution of each cause, in the order of the causes; null if a value is not available
     */
    public record Figure(
            String queue,
            String slice,
            String sliceValue,
            String measure,
            String exitReason,
            String startOn,
            @Nullable Long from,
            @Nullable Long to,
            Map<String, @Nullable Long> parts) {}

    /**
     * The steps from one release to a later one.
     *
     * @param steps the releases after the first up to the later one, each of which replaced the previous one; if there
     *     is a gap, only those after it
     * @param gap why they do not lead back to the first release; null if they do
     * @param remedy what to do besides comparing tables; empty for nothing
     */
    record Chain(List<ReleaseId> steps, @Nullable String gap, String remedy) {}

    /** The recorded steps from {@code from} to {@code to}, as far as they lead back. */
    static Chain chain(Map<ReleaseId, Step> recorded, ReleaseId from, ReleaseId to) {
        List<ReleaseId> steps = new ArrayList<>();
        for (ReleaseId at = to; !at.equals(from); ) {
            Step step = recorded.get(at);
            if (step == null) {
                return new Chain(
                        steps, "what release " + at + " changed is not recorded: an earlier version created it", "");
            }
            if (step.notCompared() != null) {
                return new Chain(
                        steps,
                        "release " + at + " could not be compared with release " + step.replacedReleaseId()
                                + ", which it replaced: " + step.notCompared(),
                        "");
            }
            steps.add(0, at);
            at = step.replacedReleaseId();
            if (at == null) {
                return new Chain(
                        steps,
                        "no release from " + steps.get(0) + " to " + to + " replaced " + from,
                        ": give the earlier release first; a release that was withdrawn before the next one "
                                + "was created was not replaced");
            }
        }
        return new Chain(steps, null, "");
    }

    /**
     * The releases after {@code from} up to {@code to}, each of which replaced the one before it.
     *
     * @throws FpwException with {@code CONFIGURATION} if a step between them is not recorded
     */
    public static List<ReleaseId> steps(Map<ReleaseId, Step> recorded, ReleaseId from, ReleaseId to) {
        Chain chain = chain(recorded, from, to);
        if (chain.gap() != null) {
            throw rejection(from, to, chain.gap() + chain.remedy());
        }
        return chain.steps();
    }

    /**
     * Checks that the rows of every step still exist.
     *
     * @param readOn business date of the release whose rows are read
     * @throws FpwException with {@code CONFIGURATION} if those of a step do not
     */
    public static void requireKept(List<ReleaseId> steps, ReleaseId from, ReleaseId to, LocalDate readOn) {
        String expired = expired(steps, readOn);
        if (expired != null) {
            throw rejection(from, to, expired);
        }
    }

    /** Why the rows of a step no longer exist; null if those of every step do. */
    static @Nullable String expired(List<ReleaseId> steps, LocalDate readOn) {
        LocalDate since = Models.historySince(readOn);
        return steps.stream()
                .filter(step -> step.businessDate().isBefore(since))
                .findFirst()
                .map(step -> "what release " + step + " changed is no longer kept: steps stay for 26 months")
                .orElse(null);
    }

    /**
     * Checks that steps that changed months list weeks too; steps recorded by an earlier version do not.
     *
     * @param byMonth releases for which a month is listed
     * @param byWeek releases for which a week is listed
     * @throws FpwException with {@code CONFIGURATION} if a step has only months
     */
    public static void requireWeeks(
            List<ReleaseId> steps, Set<String> byMonth, Set<String> byWeek, ReleaseId from, ReleaseId to) {
        for (ReleaseId step : steps) {
            if (byMonth.contains(step.value()) && !byWeek.contains(step.value())) {
                throw rejection(
                        from,
                        to,
                        "what release " + step + " changed is recorded by month and not by week; leave out --by week");
            }
        }
    }

    private static FpwException rejection(ReleaseId from, ReleaseId to, String why) {
        return FpwException.configuration("the steps from release " + from + " to " + to + " cannot be added up: " + why
                + ". Compare their tables instead: fpw query --release " + from + ", and --release " + to);
    }

    /** Reads rows of {@code mart.figure_change} one by one, because there may be millions. */
    @FunctionalInterface
    public interface Rows {

        /**
         * Passes on each row.
         *
         * @param reader receives its values by column, including {@link FigureDiff#COLUMNS}
         */
        void forEach(Consumer<Map<String, @Nullable Object>> reader);
    }

    /**
     * The figures that differ, in the order of their names. Memory holds the figures, not the rows.
     *
     * @param rows rows of at least these steps
     * @param steps the releases that made them, the earliest first
     * @param asAt business date of the release before them: periods that were not over on it had no figure to change
     */
    public static List<Figure> add(Rows rows, List<ReleaseId> steps, LocalDate asAt) {
        AddedSteps added = new AddedSteps(steps, asAt);
        rows.forEach(added::add);
        return added.figures();
    }
}
