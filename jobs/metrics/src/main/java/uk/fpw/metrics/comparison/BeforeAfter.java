package uk.fpw.metrics.comparison;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import uk.fpw.warehouse.force.change.Change;

/**
 * One declared outcome before and after a change, with a verdict or the reason why there is none.
 *
 * @param weeksAfter complete weeks after the change that are known, up to those of the window
 * @param before null if a week before is not known; so are its parts
 * @param after null if it is too early; so are difference, placebo and waits
 * @param waits null for flows
 * @param probability null without a verdict
 * @param verdict {@value #DIFFERENT}, {@value #NOT_DIFFERENT}, or null with a reason
 */
record BeforeAfter(
        ComparisonWindow window,
        int weeksAfter,
        @Nullable Double before,
        @Nullable Double after,
        @Nullable Placebo placebo,
        @Nullable WindowLogRank waits,
        @Nullable Double probability,
        @Nullable String verdict,
        @Nullable String reason) {

    static final String DIFFERENT = "different";
    static final String NOT_DIFFERENT = "not different";

    /** With fewer exits after it the waits give no verdict. */
    static final int FEWEST_EXITS = 20;

    /**
     * What the weeks say of themselves.
     *
     * @param share NaN without placebo dates
     * @param autocorrelation NaN if the weeks do not vary
     * @param rankShare NaN without earlier windows
     */
    record Placebo(int dates, double share, double autocorrelation, double bound, double rankShare) {}

    /**
     * Compares.
     *
     * @param weeks the whole weeks of the queue that are known, without gaps, the oldest first
     * @param spells those that were at risk in one of the windows; only read for the wait
     */
    static BeforeAfter of(Change change, List<QueueWeek> weeks, List<SpellDays> spells) {
        Change.Comparison declared = change.comparison();
        if (declared == null) {
            throw new IllegalArgumentException("change " + change.name() + " declares no outcome");
        }
        ComparisonWindow window = ComparisonWindow.of(change.date(), declared.weeks());
        double[] before = values(weeks, declared.outcome(), LocalDate.MIN, window.beforeTo());
        double[] after = values(weeks, declared.outcome(), window.afterFrom(), window.afterTo());
        Double beforeMean = before.length < declared.weeks()
                ? null
                : Arrays.stream(before)
                        .skip(before.length - declared.weeks())
                        .average()
                        .orElseThrow();
        if (after.length < declared.weeks()) {
            return without(
                    window, after.length, finite(beforeMean), null, null, null, tooEarly(change.date(), weeks, after));
        }
        if (beforeMean == null) {
            return without(
                    window,
                    after.length,
                    null,
                    finite(Arrays.stream(after).average().orElseThrow()),
                    null,
                    null,
                    "too short a history: " + count(before.length, "complete week")
                            + " before the change, fewer than the " + declared.weeks() + " to compare");
        }
        boolean isWait = declared.outcome() == Change.Outcome.WAIT;
        // a lower wait is a higher share that leaves
        boolean isHigher = (declared.direction() == Change.Direction.HIGHER) != isWait;
        WindowLogRank waits = isWait ? WindowLogRank.of(spells, window, isHigher) : null;
        if (Arrays.stream(before).anyMatch(Double::isNaN)
                || Arrays.stream(after).anyMatch(Double::isNaN)) {
            return without(
                    window,
                    after.length,
                    finite(beforeMean),
                    finite(Arrays.stream(after).average().orElseThrow()),
                    null,
                    waits,
                    "in some weeks nothing waited, so that nothing could leave");
        }
        if (declared.declaredOn().isAfter(window.afterFrom())) {
            return without(
                    window,
                    after.length,
                    finite(beforeMean),
                    finite(Arrays.stream(after).average().orElseThrow()),
                    null,
                    waits,
                    "declared on " + declared.declaredOn()
                            + ", when weeks after the change could already be seen: declare before the change");
        }
        return judged(window, new PlaceboDates(before, after, window.gap(), isHigher), after.length, waits);
    }

    private static BeforeAfter judged(
            ComparisonWindow window, PlaceboDates test, int weeksAfter, @Nullable WindowLogRank waits) {
        Placebo placebo = new Placebo(
                test.dateCount(), test.share(), test.autocorrelation(), test.autocorrelationBound(), test.rankShare());
        String reason = withheld(test, placebo, waits);
        double probability = reason == null ? test.probability() : Double.NaN;
        if (reason == null && Double.isNaN(probability)) {
            reason = "hardly any order of these weeks is one of which there could be a verdict";
        }
        if (reason != null) {
            return without(window, weeksAfter, test.beforeMean(), test.afterMean(), placebo, waits, reason);
        }
        boolean isDifferent = placebo.share <= PlaceboDates.LEVEL
                && probability <= PlaceboDates.LEVEL
                && (waits == null || waits.probability() <= PlaceboDates.LEVEL);
        return new BeforeAfter(
                window,
                weeksAfter,
                test.beforeMean(),
                test.afterMean(),
                placebo,
                waits,
                probability,
                isDifferent ? DIFFERENT : NOT_DIFFERENT,
                null);
    }

    /** Why there is no verdict; null if nothing speaks against one. */
    private static @Nullable String withheld(PlaceboDates test, Placebo placebo, @Nullable WindowLogRank waits) {
        if (placebo.dates < PlaceboDates.FEWEST_DATES) {
            return "too short a history: " + count(placebo.dates, "placebo date") + ", fewer than "
                    + PlaceboDates.FEWEST_DATES;
        }
        if (test.isConstant()) {
            return "the weeks before the change do not vary";
        }
        if (test.isAutocorrelated()) {
            return String.format(
                    Locale.ROOT,
                    "each week resembles or avoids the next: autocorrelation %.2f, beyond %.2f",
                    placebo.autocorrelation,
                    placebo.bound);
        }
        if (test.isOuter()) {
            return String.format(
                    Locale.ROOT,
                    "the three months before the change were unusual (%s than %.0f %% of earlier ones), and more usual "
                            + "ones would have followed anyway",
                    placebo.rankShare > 0.5 ? "higher" : "lower",
                    100 * Math.max(placebo.rankShare, 1 - placebo.rankShare));
        }
        if (waits != null && waits.leftAfter() < FEWEST_EXITS) {
            return "too few: " + count(waits.leftAfter(), "item") + " left in the weeks after the change, fewer than "
                    + FEWEST_EXITS;
        }
        return waits != null && Double.isNaN(waits.probability())
                ? "no items of the same age were at risk before and after the change"
                : null;
    }

    private static String tooEarly(LocalDate change, List<QueueWeek> weeks, double[] after) {
        boolean isBeforeHistory = !weeks.isEmpty() && weeks.get(0).startOn().isAfter(change.plusWeeks(1));
        return isBeforeHistory
                ? "the change is before the complete weeks of the queue"
                : "too early: " + count(after.length, "complete week") + " known after the change";
    }

    private static String count(long number, String unit) {
        return number + " " + unit + (number == 1 ? "" : "s");
    }

    private static BeforeAfter without(
            ComparisonWindow window,
            int weeksAfter,
            @Nullable Double before,
            @Nullable Double after,
            @Nullable Placebo placebo,
            @Nullable WindowLogRank waits,
            String reason) {
        return new BeforeAfter(window, weeksAfter, before, after, placebo, waits, null, null, reason);
    }

    private static @Nullable Double finite(@Nullable Double value) {
        return value == null || value.isNaN() ? null : value;
    }

    /** Values of the weeks that begin and end between two days. */
    private static double[] values(List<QueueWeek> weeks, Change.Outcome outcome, LocalDate from, LocalDate to) {
        List<Double> values = new ArrayList<>();
        for (QueueWeek week : weeks) {
            if (!week.startOn().isBefore(from) && !week.startOn().plusDays(6).isAfter(to)) {
                values.add(week.value(outcome));
            }
        }
        return values.stream().mapToDouble(Double::doubleValue).toArray();
    }
}
