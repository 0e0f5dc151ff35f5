package uk.fpw.metrics.comparison;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import uk.fpw.text.Plural;
import uk.fpw.warehouse.force.change.Change;
import uk.fpw.warehouse.message.Declaration;

/**
 * One declared outcome before and after a change, with a verdict or the reason why there is none.
 *
 * @param weeksAfter complete known weeks after the change, up to the length of the window
 * @param before null, as are its parts, if a week before the change is unknown
 * @param after null if it is too early; so are difference, placebo and waits
 * @param waits null for flows
 * @param probability null without a verdict
 * @param verdict {@value #DIFFERENT}, {@value #OPPOSITE}, {@value #NOT_DIFFERENT}, or null with a reason
 */
record BeforeAfter(
        ComparisonWindow window,
        int weeksAfter,
        @Nullable Double before,
        @Nullable Double after,
        @Nullable Placebo placebo,
        @Nullable WindowLogRank waits,
        @Nullable Probability probability,
        @Nullable String verdict,
        @Nullable String reason) {

    static final String DIFFERENT = "different";
    static final String OPPOSITE = "different, against the declared direction";
    static final String NOT_DIFFERENT = "not different";

    /** With fewer exits on either side of the change there is no verdict on waits. */
    static final int FEWEST_EXITS = 20;

    /**
     * How the difference compares with earlier dates, and what speaks against a verdict.
     *
     * @param share NaN without placebo dates; so is the opposite one
     * @param autocorrelation NaN if the weeks do not vary
     * @param rankShare NaN without earlier windows
     * @param weeksSinceExtreme weeks since the lowest three months of the preceding year if an increase is declared,
     *     otherwise since the highest
     */
    record Placebo(
            int dates,
            double share,
            double oppositeShare,
            double autocorrelation,
            double bound,
            double rankShare,
            int weeksSinceExtreme) {

        private static Placebo of(PlaceboDates test) {
            return new Placebo(
                    test.dateCount(),
                    test.share(),
                    test.oppositeShare(),
                    test.autocorrelation(),
                    test.autocorrelationBound(),
                    test.rankShare(),
                    test.weeksSinceExtreme());
        }
    }

    /**
     * Probability of a difference this large by chance.
     *
     * @param declared in the declared direction
     * @param adjusted {@code declared}, adjusted for the number of comparisons of the change (Bonferroni), at most 1
     * @param opposite in the other direction, not adjusted
     */
    record Probability(double declared, double adjusted, double opposite) {}

    /**
     * Compares the weeks before and after a change.
     *
     * @param declaration since when releases have had the comparison; null if that is unknown
     * @param weeks the whole known weeks of the queue, oldest first and without gaps
     * @param spells those at risk in one of the windows; only read for the wait. Null if items of the weeks before the
     *     change have been removed, so that there is no verdict on the wait
     */
    static BeforeAfter of(
            Change change, @Nullable Declaration declaration, List<QueueWeek> weeks, @Nullable SpellsAtRisk spells) {
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
            return without(window, after.length, finite(beforeMean), null, null, tooEarly(change.date(), weeks, after));
        }
        if (beforeMean == null) {
            return without(
                    window,
                    after.length,
                    null,
                    finite(Arrays.stream(after).average().orElseThrow()),
                    null,
                    "too short a history: " + Plural.of(before.length, "complete week")
                            + " before the change, fewer than the " + declared.weeks() + " to compare");
        }
        boolean isWait = declared.outcome() == Change.Outcome.WAIT;
        // a shorter wait is a higher share that leaves
        boolean isHigher = (declared.direction() == Change.Direction.HIGHER) != isWait;
        if (isWait && spells == null) {
            return without(
                    window,
                    after.length,
                    finite(beforeMean),
                    finite(Arrays.stream(after).average().orElseThrow()),
                    null,
                    "before the retained rows: items of the weeks before the change have been removed");
        }
        WindowLogRank waits = isWait && spells != null ? WindowLogRank.of(spells, window, isHigher) : null;
        if (Arrays.stream(before).anyMatch(Double::isNaN)
                || Arrays.stream(after).anyMatch(Double::isNaN)) {
            return without(
                    window,
                    after.length,
                    finite(beforeMean),
                    finite(Arrays.stream(after).average().orElseThrow()),
                    waits,
                    "in some weeks nothing waited, so that nothing could leave");
        }
        String notDeclared = notDeclared(declared, declaration, window.afterFrom());
        return notDeclared == null
                ? judged(window, new PlaceboDates(before, after, window.gap(), isHigher), waits, comparisons(change))
                : without(
                        window,
                        after.length,
                        finite(beforeMean),
                        finite(Arrays.stream(after).average().orElseThrow()),
                        waits,
                        notDeclared);
    }

    /** Number of comparisons that a change declares: one for each of its queues. */
    static int comparisons(Change change) {
        return change.queues().size();
    }

    /** Why the comparison does not count as declared in advance; null if it does. */
    private static @Nullable String notDeclared(
            Change.Comparison declared, @Nullable Declaration declaration, LocalDate visibleFrom) {
        if (declared.declaredOn().isAfter(visibleFrom)) {
            return "declared on " + declared.declaredOn()
                    + ", when weeks after the change could already be seen: declare before the change";
        }
        if (declaration == null) {
            return null;
        }
        if (declaration.changedOn() != null) {
            return "changed after it was declared: the release of " + declaration.changedOn() + " has another "
                    + declaration.changedFields() + " than that of " + declaration.firstSeenOn()
                    + "; undo this, or record another change before its date";
        }
        LocalDate absentOn = declaration.absentOn();
        return absentOn == null || !absentOn.isAfter(visibleFrom)
                ? null
                : "declared on " + declared.declaredOn() + " by its own account, but the release of " + absentOn
                        + " did not have it, when weeks after the change could already be seen: declare before the "
                        + "change";
    }

    private static BeforeAfter judged(
            ComparisonWindow window, PlaceboDates test, @Nullable WindowLogRank waits, int comparisons) {
        Placebo placebo = Placebo.of(test);
        String reason = withheld(test, placebo, waits);
        PlaceboDates.Probabilities found = reason == null ? test.probabilities() : null;
        if (found != null && Double.isNaN(found.declared())) {
            reason = "hardly any order of these weeks is one of which there could be a verdict";
        }
        String verdict = found == null ? null : verdict(placebo, found, waits, comparisons);
        if (OPPOSITE.equals(verdict) && test.isAfterOppositeExtreme()) {
            reason = "against the declared direction, but too soon after unusual months: the "
                    + (test.isHigher() ? "highest" : "lowest") + " three months of the year before ended fewer than "
                    + PlaceboDates.WEEKS_AFTER_EXTREME + " weeks before the change";
        }
        if (found == null || reason != null) {
            return new BeforeAfter(
                    window, test.weeksAfter(), test.beforeMean(), test.afterMean(), placebo, waits, null, null, reason);
        }
        return new BeforeAfter(
                window,
                test.weeksAfter(),
                test.beforeMean(),
                test.afterMean(),
                placebo,
                waits,
                new Probability(found.declared(), Math.min(1, found.declared() * comparisons), found.opposite()),
                verdict,
                null);
    }

    /** Multiplies each probability by the number of comparisons that the change declares. */
    private static String verdict(
            Placebo placebo, PlaceboDates.Probabilities found, @Nullable WindowLogRank waits, int comparisons) {
        if (placebo.share <= PlaceboDates.LEVEL
                && found.declared() * comparisons <= PlaceboDates.LEVEL
                && (waits == null || waits.probability() * comparisons <= PlaceboDates.LEVEL)) {
            return DIFFERENT;
        }
        return placebo.oppositeShare <= PlaceboDates.LEVEL
                        && found.opposite() * comparisons <= PlaceboDates.OPPOSITE_LEVEL
                        && (waits == null || waits.oppositeProbability() * comparisons <= PlaceboDates.OPPOSITE_LEVEL)
                ? OPPOSITE
                : NOT_DIFFERENT;
    }

    /** Why there is no verdict; null if nothing speaks against one. */
    private static @Nullable String withheld(PlaceboDates test, Placebo placebo, @Nullable WindowLogRank waits) {
        if (placebo.dates < PlaceboDates.FEWEST_DATES) {
            return "too short a history: " + Plural.of(placebo.dates, "placebo date") + ", fewer than "
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
        if (test.isAfterExtreme()) {
            return "too soon after unusual months: the " + (test.isHigher() ? "lowest" : "highest")
                    + " three months of the year before ended " + Plural.of(placebo.weeksSinceExtreme, "week")
                    + " before the change, fewer than " + PlaceboDates.WEEKS_AFTER_EXTREME
                    + ", and more usual ones would have followed anyway";
        }
        if (waits != null && waits.leftBefore() < FEWEST_EXITS) {
            return tooFew(waits.leftBefore(), "before");
        }
        if (waits != null && waits.leftAfter() < FEWEST_EXITS) {
            return tooFew(waits.leftAfter(), "after");
        }
        String tooFew = waits == null ? null : waits.tooFew();
        if (tooFew != null) {
            return tooFew;
        }
        return waits != null && Double.isNaN(waits.probability())
                ? "no items of the same age were at risk before and after the change"
                : null;
    }

    private static String tooFew(long left, String when) {
        return "too few: " + Plural.of(left, "item") + " left in the weeks " + when + " the change, fewer than "
                + FEWEST_EXITS;
    }

    private static String tooEarly(LocalDate change, List<QueueWeek> weeks, double[] after) {
        boolean isBeforeHistory = !weeks.isEmpty() && weeks.get(0).startOn().isAfter(change.plusWeeks(1));
        return isBeforeHistory
                ? "the change is before the complete weeks of the queue"
                : "too early: " + Plural.of(after.length, "complete week") + " known after the change";
    }

    private static BeforeAfter without(
            ComparisonWindow window,
            int weeksAfter,
            @Nullable Double before,
            @Nullable Double after,
            @Nullable WindowLogRank waits,
            String reason) {
        return new BeforeAfter(window, weeksAfter, before, after, null, waits, null, null, reason);
    }

    private static @Nullable Double finite(@Nullable Double value) {
        return value == null || value.isNaN() ? null : value;
    }

    /** Values of the weeks that lie between two days. */
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
