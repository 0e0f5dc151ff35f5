package uk.fpw.metrics.comparison;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** Differences, placebo dates and what prevents a verdict, computed by hand. */
class PlaceboDatesTest {

    private static final double[] BEFORE = {1, 2, 4, 3, 5, 4};
    private static final double[] AFTER = {8, 6};

    @Test
    void differenceIsComparedWithTheSameAtEveryEarlierDate() {
        PlaceboDates higher = new PlaceboDates(BEFORE, AFTER, 0, true);

        assertThat(higher.beforeMean()).isEqualTo(4.5);
        assertThat(higher.afterMean()).isEqualTo(7);
        assertThat(higher.difference()).isEqualTo(2.5);
        // (4+3)/2 - (1+2)/2 = 2, (3+5)/2 - (2+4)/2 = 1, (5+4)/2 - (4+3)/2 = 1
        assertThat(higher.dateCount()).isEqualTo(3);
        assertThat(higher.share()).isZero();
        assertThat(higher.oppositeShare()).isEqualTo(1);
        // in the other direction every date shows as much
        assertThat(new PlaceboDates(BEFORE, AFTER, 0, false).share()).isEqualTo(1);
        assertThat(new PlaceboDates(BEFORE, new double[] {6, 6}, 0, true).share())
                .as("1.5, of which one is more")
                .isEqualTo(1.0 / 3);
    }

    @Test
    void placeboDatesLeaveOutAsManyWeeksAsTheDate() {
        PlaceboDates gap = new PlaceboDates(BEFORE, AFTER, 1, true);

        // (3+5)/2 - (1+2)/2 = 2.5, (5+4)/2 - (2+4)/2 = 1.5; as large counts
        assertThat(gap.dateCount()).isEqualTo(2);
        assertThat(gap.share()).isEqualTo(0.5);
    }

    @Test
    void autocorrelationIsOfTheWeeksBefore() {
        PlaceboDates test = new PlaceboDates(BEFORE, AFTER, 0, true);

        // mean 19/6; products of neighbours 95/36, squares 390/36
        assertThat(test.autocorrelation()).isCloseTo(19.0 / 78, within(1e-12));
        assertThat(test.autocorrelationBound()).isCloseTo(2 / Math.sqrt(6), within(1e-12));
        assertThat(test.isAutocorrelated()).isFalse();
        double[] steps = new double[80];
        Arrays.setAll(steps, i -> Math.floorDiv(i, 20));
        assertThat(new PlaceboDates(steps, AFTER, 0, true).isAutocorrelated()).isTrue();
        double[] turns = new double[80];
        Arrays.setAll(turns, i -> i % 2);
        assertThat(new PlaceboDates(turns, AFTER, 0, true).isAutocorrelated())
                .as("weeks that avoid their neighbours")
                .isTrue();
    }

    @Test
    void threeMonthsBeforeAreRankedAmongEarlierOnesWithTiesCountedHalf() {
        // of 15 weeks, the last 13 have the same sum as those one week earlier, and a smaller one than those two
        // weeks earlier
        double[] weeks = {1, 1, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 7, 0, 1};

        assertThat(new PlaceboDates(weeks, AFTER, 0, true).rankShare()).isEqualTo(0.25);
        assertThat(new PlaceboDates(BEFORE, AFTER, 0, true).rankShare()).isNaN();
    }

    @Test
    void monthsThatAreTheHighestAreOuter() {
        double[] weeks = new double[100];
        Arrays.setAll(weeks, i -> i % 7 + (i >= 87 ? 3 : 0));
        assertThat(new PlaceboDates(weeks, AFTER, 0, true).isOuter()).isTrue();
        Arrays.setAll(weeks, i -> i % 7 - (i >= 87 ? 3 : 0));
        assertThat(new PlaceboDates(weeks, AFTER, 0, true).isOuter()).isTrue();
        Arrays.setAll(weeks, i -> i % 7);
        assertThat(new PlaceboDates(weeks, AFTER, 0, true).isOuter()).isFalse();
    }

    @Test
    void weeksSinceTheMonthsOfTheYearBeforeAfterWhichAnythingLooksLikeSuccess() {
        double[] weeks = new double[100];
        weeks[20] = -99; // longer ago than a year
        weeks[60] = 5; // the highest are those with this week and not the next one: they end with week 60 to 69
        weeks[70] = -5; // the lowest are those with this week and not the one before: they end with week 73 to 82

        assertThat(new PlaceboDates(weeks, AFTER, 0, true).weeksSinceExtreme()).isEqualTo(99 - 82);
        assertThat(new PlaceboDates(weeks, AFTER, 0, false).weeksSinceExtreme()).isEqualTo(99 - 69);
        weeks[97] = 9;
        PlaceboDates higher = new PlaceboDates(weeks, AFTER, 0, true);
        PlaceboDates lower = new PlaceboDates(weeks, AFTER, 0, false);
        assertThat(lower.weeksSinceExtreme()).isZero();
        assertThat(lower.isAfterExtreme()).isTrue();
        assertThat(lower.isAfterOppositeExtreme()).isFalse();
        assertThat(higher.isAfterExtreme()).isFalse();
        assertThat(higher.isAfterOppositeExtreme()).isTrue();
    }

    @Test
    void weeksThatDoNotVaryGiveNothing() {
        double[] weeks = new double[80];
        Arrays.fill(weeks, 5);
        PlaceboDates test = new PlaceboDates(weeks, new double[] {5, 5}, 0, true);

        assertThat(test.isConstant()).isTrue();
        assertThat(test.autocorrelation()).isNaN();
        assertThat(test.isAutocorrelated()).isFalse();
        assertThat(test.probabilities().declared()).isNaN();
        assertThat(test.probabilities().opposite()).isNaN();
    }

    @Test
    void asManyWeeksBeforeAreNeeded() {
        assertThatThrownBy(() -> new PlaceboDates(AFTER, BEFORE, 0, true))
                .hasMessage("there are 2 weeks before and 6 after the date");
        assertThat(new PlaceboDates(AFTER, AFTER, 0, true).dateCount()).isZero();
        assertThat(new PlaceboDates(AFTER, AFTER, 0, true).share()).isNaN();
    }

    /**
     * Recounted with other random orders and an independent statistic: the probability in the other direction is that
     * among the orders which such a verdict requires. Among all orders that the declared one requires it would be
     * higher, because weeks after the highest months are often lower.
     */
    @Test
    void oppositeProbabilityIsThatOfOrdersThatCouldHaveThisVerdict() {
        double[] weeks = new double[92];
        Random random = new Random(7);
        Arrays.setAll(weeks, i -> Math.rint(20 + 4 * random.nextGaussian()));
        double real = statistic(weeks);
        int declared = 0;
        int asSmall = 0;
        int opposite = 0;
        int oppositeAsSmall = 0;
        for (double[] order = weeks.clone(); opposite < 8000; ) {
            for (int i = order.length - 1; i > 0; i--) {
                int other = random.nextInt(i + 1);
                double value = order[i];
                order[i] = order[other];
                order[other] = value;
            }
            PlaceboDates test = dates(order);
            if (test.isAutocorrelated() || test.isOuter() || test.isAfterExtreme()) {
                continue;
            }
            boolean isAsSmall = statistic(order) <= real + 1e-9;
            declared++;
            asSmall += isAsSmall ? 1 : 0;
            if (!test.isAfterOppositeExtreme()) {
                opposite++;
                oppositeAsSmall += isAsSmall ? 1 : 0;
            }
        }

        double found = dates(weeks).probabilities().opposite();

        assertThat(found).isCloseTo((double) oppositeAsSmall / opposite, within(0.02));
        assertThat(found).isLessThan((double) asSmall / declared - 0.03);
    }

    private static PlaceboDates dates(double[] weeks) {
        return new PlaceboDates(Arrays.copyOf(weeks, 80), Arrays.copyOfRange(weeks, 80, 92), 0, true);
    }

    /**
     * For 12 weeks after 80: the difference minus the mean of all 57 earlier ones, divided by their standard
     * deviation.
     */
    private static double statistic(double[] weeks) {
        double[] differences = IntStream.rangeClosed(12, 68)
                .mapToDouble(at -> difference(weeks, at))
                .toArray();
        double mean = Arrays.stream(differences).average().orElseThrow();
        double squares = Arrays.stream(differences)
                .map(value -> (value - mean) * (value - mean))
                .sum();
        return (difference(weeks, 80) - mean) / Math.sqrt(squares / 56);
    }

    private static double difference(double[] weeks, int at) {
        return (Arrays.stream(weeks, at, at + 12).sum()
                        - Arrays.stream(weeks, at - 12, at).sum())
                / 12;
    }

    @Test
    void theSameWeeksHaveTheSameProbability() {
        double[] weeks = new double[100];
        Arrays.setAll(weeks, i -> (i * 37) % 11);

        PlaceboDates.Probabilities once = new PlaceboDates(weeks, AFTER, 0, true).probabilities();

        assertThat(once.declared()).isBetween(0.001, 1.0);
        assertThat(once.declared() + once.opposite()).isGreaterThan(1);
        assertThat(new PlaceboDates(weeks, AFTER, 0, true).probabilities()).isEqualTo(once);
    }
}
