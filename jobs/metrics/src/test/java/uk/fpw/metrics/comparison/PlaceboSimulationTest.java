package uk.fpw.metrics.comparison;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * How often weeks in which nothing changes are called different, and how often a change of a fifth is seen. The numbers
 * in {@code docs/analyst.md} come from here: {@code -Dfpw.simulated.series=4000} with more series. Prints what it
 * finds.
 */
class PlaceboSimulationTest {

    private static final int SERIES = Integer.getInteger("fpw.simulated.series", 400);

    private static final int WINDOW = 12;

    /** Weeks of history before the change: a little more than is needed, two years and four. */
    private static final int[] HISTORIES = {66, 104, 208};

    /** Usual number in a week. */
    private static final double LEVEL = 12;

    /** How weeks come about in which nothing changes. */
    enum Kind {
        INDEPENDENT(1),
        AUTOCORRELATED(2),
        BATCHES(3),
        SEASONS(4),
        TREND(5),
        AFTER_THE_WORST_MONTHS(6);

        private final long seed;

        Kind(long seed) {
            this.seed = seed;
        }
    }

    private record Found(int series, int verdicts, int different) {

        double differentShare() {
            return (double) different / Math.max(1, verdicts);
        }

        Found plus(Found other) {
            return new Found(series + other.series, verdicts + other.verdicts, different + other.different);
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
                case INDEPENDENT, AFTER_THE_WORST_MONTHS -> poisson(mean);
                case AUTOCORRELATED -> {
                    memory = 0.5 * memory + Math.sqrt(0.75) * normal();
                    yield Math.max(0, Math.rint(mean + Math.sqrt(level) * memory));
                }
                // once in 15 weeks thirty more at once
                case BATCHES -> poisson(mean) + (random.nextInt(15) == 0 ? 30 : 0);
                case SEASONS -> poisson(mean * (1 + 0.15 * Math.sin(2 * Math.PI * (phase + week) / 52)));
                case TREND -> poisson(mean * (1 + 0.3 * week / weeks));
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
        Found found = new Found(0, 0, 0);
        for (int i = 0; i < SERIES; i++) {
            int gap = i % 2;
            boolean isHigher = i / 2 % 2 == 0;
            Weeks weeks = new Weeks(kind, random.split(), level);
            int length = history + gap + WINDOW;
            double[] values = new double[length];
            for (int week = 0; week < length; week++) {
                values[week] = weeks.next(week, length, week < history + gap ? 0 : isHigher ? change : -change);
            }
            int before = kind == Kind.AFTER_THE_WORST_MONTHS ? afterTheHighest(values, gap) : history;
            PlaceboDates test = new PlaceboDates(
                    Arrays.copyOf(values, before),
                    Arrays.copyOfRange(values, before + gap, before + gap + WINDOW),
                    gap,
                    kind != Kind.AFTER_THE_WORST_MONTHS && isHigher);
            boolean hasVerdict = test.dateCount() >= PlaceboDates.FEWEST_DATES
                    && !test.isConstant()
                    && !test.isAutocorrelated()
                    && !test.isOuter();
            boolean isDifferent =
                    hasVerdict && test.share() <= PlaceboDates.LEVEL && test.probability() <= PlaceboDates.LEVEL;
            found = found.plus(new Found(1, hasVerdict ? 1 : 0, isDifferent ? 1 : 0));
        }
        return found;
    }

    /** The date of which somebody would say that things have become better since: after the three highest months. */
    private static int afterTheHighest(double[] values, int gap) {
        int best = PlaceboDates.MONTHS_BEFORE_WEEKS;
        double highest = -1;
        for (int before = best; before + gap + WINDOW <= values.length; before++) {
            double sum = Arrays.stream(values, before - PlaceboDates.MONTHS_BEFORE_WEEKS, before)
                    .sum();
            if (sum > highest) {
                highest = sum;
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
        Found all = new Found(0, 0, 0);
        for (int history : HISTORIES) {
            all = all.plus(simulate(kind, history, LEVEL, 0, 1000 * kind.seed + history));
        }
        System.out.printf(
                Locale.ROOT,
                "%s: verdict in %.1f %% of %d series, of these different %.1f %%%n",
                kind,
                100.0 * all.verdicts() / all.series(),
                all.series(),
                100 * all.differentShare());
        return all;
    }

    @ParameterizedTest
    @EnumSource(Kind.class)
    void whereNothingChangesFewAreCalledDifferent(Kind kind) {
        Found found = Objects.requireNonNull(WITHOUT_A_CHANGE.get(kind));

        if ((double) found.verdicts() / found.series() > 0.1) {
            assertThat(found.differentShare()).isBetween(0.03, 0.07);
        }
    }

    @Test
    void overAllKindsAtMostSevenPercentAreCalledDifferent() {
        Found all = new Found(0, 0, 0);
        for (Found ofKind : WITHOUT_A_CHANGE.values()) {
            all = all.plus(ofKind);
        }

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
