package uk.fpw.metrics.comparison;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * How often unchanged weeks are called different, and how often a change of a fifth is detected. The numbers in
 * {@code docs/methods.md} come from here: {@code -Dfpw.simulated.series=4000} runs more series. Prints its results.
 */
@Tag("thorough")
class PlaceboSimulationTest {

    private static final int SERIES = Integer.getInteger("fpw.simulated.series", 400);

    private static final int WINDOW = 12;

    /** Weeks of history before the change: a little more than required, two years and four. */
    private static final int[] HISTORIES = {66, 104, 208};

    /** Usual number in a week. */
    private static final double LEVEL = 12;

    /** Weeks after the history during which somebody waits for the worst months of a year. */
    private static final int WAITED_WEEKS = 200;

    /** How unchanged weeks are generated, and how the date is chosen. */
    enum Kind {
        INDEPENDENT(1),
        AUTOCORRELATED(2),
        BATCHES(3),
        SEASONS(4),
        TREND(5),
        AFTER_THE_WORST_MONTHS(6),
        /** The date is chosen when the last 13 weeks are the highest of the last 52, and then this many weeks later. */
        AFTER_THE_WORST_OF_A_YEAR(7, 0),
        FOUR_WEEKS_AFTER_THE_WORST_OF_A_YEAR(8, 4),
        EIGHT_WEEKS_AFTER_THE_WORST_OF_A_YEAR(9, 8),
        A_QUARTER_AFTER_THE_WORST_OF_A_YEAR(10, 13),
        /**
         * The date is after the highest 13 of the last 52 weeks, chosen by somebody who has seen the following weeks.
         */
        LOOKED_FOR_AFTERWARDS(11);

        private final long seed;
        private final int delay;

        Kind(long seed) {
            this(seed, -1);
        }

        Kind(long seed, int delay) {
            this.seed = seed;
            this.delay = delay;
        }

        /** Whether the date is chosen because weeks were high, with a decrease expected. */
        private boolean isChosen() {
            return this == AFTER_THE_WORST_MONTHS || this == LOOKED_FOR_AFTERWARDS || delay >= 0;
        }
    }

    private record Found(int series, int verdicts, int different, int opposite) {

        private static final Found NONE = new Found(0, 0, 0, 0);

        double differentShare() {
            return (double) different / Math.max(1, verdicts);
        }

        double oppositeShare() {
            return (double) opposite / Math.max(1, verdicts);
        }

        Found plus(Found other) {
            return new Found(
                    series + other.series,
                    verdicts + other.verdicts,
                    different + other.different,
                    opposite + other.opposite);
        }
    }

    private static final class Weeks {

        private final Kind kind;
        private final SplittableRandom random;
        private final double level;
        private final double phase;
        private double memory;

        Weeks(Kind kind, SplittableRandom random, double level) {
            this.kind = kind;
            this.random = random;
            this.level = level;
            this.phase = random.nextDouble() * 52;
            this.memory = normal();
        }

        double next(int week, int weeks, double change) {
            double mean = level * (1 + change);
            return switch (kind) {
                case AUTOCORRELATED -> {
                    memory = 0.5 * memory + Math.sqrt(0.75) * normal();
                    yield Math.max(0, Math.rint(mean + Math.sqrt(level) * memory));
                }
                // once in 15 weeks thirty more at once
                case BATCHES -> poisson(mean) + (random.nextInt(15) == 0 ? 30 : 0);
                case SEASONS -> poisson(mean * (1 + 0.15 * Math.sin(2 * Math.PI * (phase + week) / 52)));
                case TREND -> poisson(mean * (1 + 0.3 * week / weeks));
                default -> poisson(mean);
            };
        }

        private double normal() {
            return Math.sqrt(-2 * Math.log(1 - random.nextDouble())) * Math.cos(2 * Math.PI * random.nextDouble());
        }

        private int poisson(double mean) {
            double limit = Math.exp(-mean);
            double product = random.nextDouble();
            int count = 0;
            while (product > limit) {
                product *= random.nextDouble();
                count++;
            }
            return count;
        }
    }

    /** Half of the changes are on a Monday, and half are expected to bring more. */
    private static Found simulate(Kind kind, int history, double level, double change, long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        Found found = Found.NONE;
        for (int i = 0; i < SERIES; i++) {
            int gap = i % 2;
            boolean isHigher = i / 2 % 2 == 0;
            Weeks weeks = new Weeks(kind, random.split(), level);
            int length = history + gap + WINDOW + (kind.delay >= 0 ? WAITED_WEEKS : 0);
            double[] values = new double[length];
            for (int week = 0; week < length; week++) {
                values[week] = weeks.next(week, length, week < history + gap ? 0 : isHigher ? change : -change);
            }
            int before =
                    switch (kind) {
                        case AFTER_THE_WORST_MONTHS ->
                            afterTheHighest(values, PlaceboDates.MONTHS_BEFORE_WEEKS, length - gap - WINDOW);
                        case LOOKED_FOR_AFTERWARDS ->
                            afterTheHighest(
                                    values,
                                    history - PlaceboDates.YEAR_WEEKS + PlaceboDates.MONTHS_BEFORE_WEEKS,
                                    history);
                        default -> kind.delay < 0 ? history : afterTheHighestOfAYear(values, history, gap, kind.delay);
                    };
            found = found.plus(verdict(new PlaceboDates(
                    Arrays.copyOf(values, before),
                    Arrays.copyOfRange(values, before + gap, before + gap + WINDOW),
                    gap,
                    !kind.isChosen() && isHigher)));
        }
        return found;
    }

    private static Found verdict(PlaceboDates test) {
        if (test.dateCount() < PlaceboDates.FEWEST_DATES
                || test.isConstant()
                || test.isAutocorrelated()
                || test.isOuter()
                || test.isAfterExtreme()) {
            return new Found(1, 0, 0, 0);
        }
        // the probabilities take time, and are only needed here
        if (test.share() > PlaceboDates.LEVEL && test.oppositeShare() > PlaceboDates.LEVEL) {
            return new Found(1, 1, 0, 0);
        }
        PlaceboDates.Probabilities found = test.probabilities();
        boolean isDifferent = test.share() <= PlaceboDates.LEVEL && found.declared() <= PlaceboDates.LEVEL;
        boolean isOpposite =
                test.oppositeShare() <= PlaceboDates.LEVEL && found.opposite() <= PlaceboDates.OPPOSITE_LEVEL;
        return isOpposite && test.isAfterOppositeExtreme()
                ? new Found(1, 0, 0, 0)
                : new Found(1, 1, isDifferent ? 1 : 0, isOpposite ? 1 : 0);
    }

    /** The first date after the end of the history that is this many weeks after the highest three months of a year. */
    private static int afterTheHighestOfAYear(double[] values, int history, int gap, int delay) {
        int last = values.length - gap - WINDOW;
        for (int before = history; before < last; before++) {
            int end = before - delay;
            double latest = monthsUpTo(values, end);
            boolean isHighest = true;
            int first = Math.max(0, end - PlaceboDates.YEAR_WEEKS) + PlaceboDates.MONTHS_BEFORE_WEEKS;
            for (int earlier = first; earlier < end; earlier++) {
                isHighest &= monthsUpTo(values, earlier) < latest;
            }
            if (isHighest) {
                return before;
            }
        }
        return last;
    }

    private static double monthsUpTo(double[] values, int end) {
        double sum = 0;
        for (int i = end - PlaceboDates.MONTHS_BEFORE_WEEKS; i < end; i++) {
            sum += values[i];
        }
        return sum;
    }

    /** The date since which things seem to have improved: after the three highest months. */
    private static int afterTheHighest(double[] values, int first, int last) {
        int best = first;
        for (int before = first; before <= last; before++) {
            if (monthsUpTo(values, before) > monthsUpTo(values, best)) {
                best = before;
            }
        }
        return best;
    }

    private static final Map<Kind, Found> WITHOUT_A_CHANGE = new EnumMap<>(Kind.class);

    @BeforeAll
    static void simulateWithoutAChange() {
        for (Kind kind : Kind.values()) {
            WITHOUT_A_CHANGE.put(kind, without(kind));
        }
    }

    private static Found without(Kind kind) {
        Found all = Found.NONE;
        for (int history : HISTORIES) {
            all = all.plus(simulate(kind, history, LEVEL, 0, 1000 * kind.seed + history));
        }
        System.out.printf(
                Locale.ROOT,
                "%s: verdict in %.1f %% of %d series, of these different %.1f %%, against the direction %.1f %%%n",
                kind,
                100.0 * all.verdicts() / all.series(),
                all.series(),
                100 * all.differentShare(),
                100 * all.oppositeShare());
        return all;
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void whereNothingChangesFewAreCalledDifferent(Kind kind) {
        Found found = Objects.requireNonNull(WITHOUT_A_CHANGE.get(kind));

        assertThat(found.oppositeShare()).isLessThanOrEqualTo(0.03);
        if (kind != Kind.LOOKED_FOR_AFTERWARDS && (double) found.verdicts() / found.series() > 0.1) {
            assertThat(found.differentShare()).isBetween(0.01, 0.07);
        }
    }

    @Test
    void overAllKindsAtMostSevenPercentAreCalledDifferent() {
        Found all = Found.NONE;
        for (Found ofKind : WITHOUT_A_CHANGE.values()) {
            all = all.plus(ofKind);
        }

        System.out.printf(
                Locale.ROOT,
                "all kinds: different %.1f %% of %d verdicts, against the direction %.1f %%%n",
                100 * all.differentShare(),
                all.verdicts(),
                100 * all.oppositeShare());
        assertThat(all.differentShare()).isLessThanOrEqualTo(0.07);
    }

    @Test
    void whatAChangeOfAFifthShows() {
        for (double level : new double[] {12, 50}) {
            for (int history : HISTORIES) {
                Found found = simulate(Kind.INDEPENDENT, history, level, 0.2, 7 + history);
                System.out.printf(
                        Locale.ROOT,
                        "a fifth of %.0f a week after %d weeks: different %.0f %% of verdicts%n",
                        level,
                        history,
                        100 * found.differentShare());
            }
        }
        Found found = simulate(Kind.INDEPENDENT, 104, 50, 0.2, 1);

        assertThat(found.differentShare()).isGreaterThan(0.5);
    }
}
