package uk.fpw.nightly.run;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import uk.fpw.layout.ReleaseId;
import uk.fpw.model.ChangeCause;
import uk.fpw.nightly.audit.FigureChangeInput;
import uk.fpw.warehouse.ledger.ReleaseSteps.Step;
import uk.fpw.warehouse.run.ExitCode;
import uk.fpw.warehouse.run.FpwException;

/** The difference of two releases in the figures of past months: the recorded steps from one to the other, added up. */
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

    /**
     * One figure that differs.
     *
     * @param month first day of the month
     * @param from its value in the earlier release; null if it was not available
     * @param to its value in the later release; null if it is not available
     * @param parts what each cause contributes, in the order of the causes; null where a value is not available
     */
    public record Figure(
            String queue,
            String slice,
            String sliceValue,
            String measure,
            String exitReason,
            String month,
            @Nullable Long from,
            @Nullable Long to,
            Map<String, @Nullable Long> parts) {}

    /**
     * The way from one release to a later one.
     *
     * @param steps the releases after the one up to the other, each of which replaced the one before it; after a gap
     *     only those after it
     * @param gap why they do not lead back to the first release; null if they do
     * @param remedy what to do about it besides comparing tables; empty for nothing
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
     * Checks that the rows of every step are still there.
     *
     * @param readOn business date of the release whose rows are read
     * @throws FpwException with {@code CONFIGURATION} if those of a step are not
     */
    public static void requireKept(List<ReleaseId> steps, ReleaseId from, ReleaseId to, LocalDate readOn) {
        String expired = expired(steps, readOn);
        if (expired != null) {
            throw rejection(from, to, expired);
        }
    }

    /** Why the rows of a step are no longer there; null if those of every step are. */
    static @Nullable String expired(List<ReleaseId> steps, LocalDate readOn) {
        LocalDate since = FigureChangeInput.keptSince(readOn);
        return steps.stream()
                .filter(step -> step.businessDate().isBefore(since))
                .findFirst()
                .map(step -> "what release " + step + " changed is no longer kept: steps stay for 26 months")
                .orElse(null);
    }

    private static FpwException rejection(ReleaseId from, ReleaseId to, String why) {
        return new FpwException(
                ExitCode.CONFIGURATION,
                "the steps from release " + from + " to " + to + " cannot be added up: " + why
                        + ". Compare their tables instead: fpw query --release " + from + ", and --release " + to);
    }

    /**
     * The figures that differ, in the order of their names.
     *
     * @param rows rows of {@code mart.figure_change}, of at least these steps, by column
     * @param steps the releases that made them, the earliest first
     * @param asAt business date of the release before them: months that were not over on it had no figure to change
     */
    public static List<Figure> add(List<Map<String, @Nullable Object>> rows, List<ReleaseId> steps, LocalDate asAt) {
        SortedMap<String, SortedMap<Integer, List<Map<String, @Nullable Object>>>> figures = new TreeMap<>();
        for (Map<String, @Nullable Object> row : rows) {
            int step = steps.indexOf(ReleaseId.of(text(row, "new_release_id")));
            if (step >= 0 && !LocalDate.parse(text(row, "period_end_on")).isAfter(asAt)) {
                figures.computeIfAbsent(key(row), first -> new TreeMap<>())
                        .computeIfAbsent(step, first -> new ArrayList<>())
                        .add(row);
            }
        }
        return figures.values().stream()
                .map(FigureDiff::figure)
                .filter(figure -> !Objects.equals(figure.from(), figure.to()))
                .toList();
    }

    private static Figure figure(SortedMap<Integer, List<Map<String, @Nullable Object>>> steps) {
        Map<String, @Nullable Object> first =
                Objects.requireNonNull(steps.get(steps.firstKey())).get(0);
        Map<String, @Nullable Object> last =
                Objects.requireNonNull(steps.get(steps.lastKey())).get(0);
        Long from = number(first, "replaced_value");
        Long to = number(last, "new_value");
        Map<String, Long> sums = new LinkedHashMap<>();
        long explained = 0;
        String gap = null;
        for (List<Map<String, @Nullable Object>> step : steps.values()) {
            for (Map<String, @Nullable Object> row : step) {
                Long part = number(row, "part");
                if (part == null) {
                    gap = text(row, "cause");
                } else {
                    sums.merge(text(row, "cause"), part, Long::sum);
                    explained += part;
                }
            }
        }
        Map<String, @Nullable Long> parts = new LinkedHashMap<>();
        if (from == null || to == null) {
            parts.put(gap == null ? ChangeCause.COVERAGE : gap, null);
        } else {
            if (gap != null) {
                // what happened while it was not available is not known by cause
                sums.merge(gap, to - from - explained, Long::sum);
            }
            for (ChangeCause cause : ChangeCause.all()) {
                Long part = sums.get(cause.name());
                if (part != null && part != 0) {
                    parts.put(cause.name(), part);
                }
            }
        }
        return new Figure(
                text(first, "queue"),
                text(first, "slice"),
                text(first, "slice_value"),
                text(first, "measure"),
                text(first, "exit_reason"),
                text(first, "period_start_on"),
                from,
                to,
                parts);
    }

    private static String key(Map<String, @Nullable Object> row) {
        return String.join(
                "\u0000",
                List.of(
                        text(row, "queue"),
                        text(row, "slice").equals("all") ? "" : text(row, "slice"),
                        text(row, "slice_value"),
                        text(row, "period_start_on"),
                        text(row, "measure"),
                        text(row, "exit_reason")));
    }

    private static String text(Map<String, @Nullable Object> row, String column) {
        return Objects.requireNonNull(row.get(column), column).toString();
    }

    private static @Nullable Long number(Map<String, @Nullable Object> row, String column) {
        Object value = row.get(column);
        return value == null ? null : ((Number) value).longValue();
    }
}
