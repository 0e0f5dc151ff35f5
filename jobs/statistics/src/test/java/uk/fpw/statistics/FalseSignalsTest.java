package uk.fpw.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.function.IntToDoubleFunction;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FalseSignalsTest {

    private static final int CHARTS = 20_000;

    /** Of the months of 2015 in England and Wales. */
    private static final int[] WORKING_DAYS = {21, 20, 22, 20, 19, 22, 23, 20, 22, 22, 21, 21};

    private static final double MEAN_WORKING_DAYS = 253 / 12.0;

    private static boolean hasSignal(double[] values) {
        return XmrChart.of(values, new int[0], XmrChart.Options.DEFAULT).stream()
                .anyMatch(point -> point.signal() != XmrChart.Signal.NONE);
    }

    /** Share of charts that show a signal, from values by month. */
    private static double simulated(int points, IntToDoubleFunction value) {
        int signals = 0;
        for (int chart = 0; chart < CHARTS; chart++) {
            signals += hasSignal(IntStream.range(0, points).mapToDouble(value).toArray()) ? 1 : 0;
        }
        return (double) signals / CHARTS;
    }

    private static double perWorkingDay(Random random, double mean, int month) {
        int days = WORKING_DAYS[month % 12];
        return Draws.poisson(random, mean * days / MEAN_WORKING_DAYS) / (double) days;
    }

    private static int binomial(Random random, int trials, double probability) {
        int count = 0;
        double trial = 0;
        while (true) {
            // trials to the next success
            trial += 1 + Math.floor(Math.log(random.nextDouble()) / Math.log1p(-probability));
            if (trial > trials) {
                return count;
            }
            count++;
        }
    }

    /** Lengths of the table, and between them, and beyond them. */
    @ParameterizedTest
    @ValueSource(ints = {4, 5, 7, 11, 12, 14, 24, 36, 42, 84, 300})
    void shareIsThatOfChartsOfIndependentNormalPoints(int points) {
        Random random = new Random(20151231L + points);
        int charts = points > 100 ? CHARTS / 10 : CHARTS;
        int signals = 0;
        for (int chart = 0; chart < charts; chart++) {
            double[] values =
                    DoubleStream.generate(random::nextGaussian).limit(points).toArray();
            signals += hasSignal(values) ? 1 : 0;
        }
        double share = FalseSignals.share(points);
        double standardError = Math.sqrt(share * (1 - share) / charts);

        assertThat((double) signals / charts).isCloseTo(share, within(0.002 + 3.5 * standardError));
    }

    /**
     * Counts of a mean of 5 a month, below which there are no limits, as they are and as charted: per working day. The
     * printed share is that of normal points.
     */
    @ParameterizedTest
    @ValueSource(ints = {12, 24, 36})
    @Tag("thorough")
    void countsOfFiveAMonthShowNoMoreThanHalfAsManyAgain(int points) {
        Random random = new Random(20151231L + points);

        double printed = FalseSignals.share(points);
        assertThat(simulated(points, month -> Draws.poisson(random, 5))).isBetween(printed, 1.5 * printed);
        assertThat(simulated(points, month -> perWorkingDay(random, 5, month))).isBetween(0.9 * printed, 1.5 * printed);
        Random others = new Random(20160101L + points);
        // net change: what came in less what left
        assertThat(simulated(points, month -> perWorkingDay(random, 5, month) - perWorkingDay(others, 5, month)))
                .isBetween(0.9 * printed, 1.5 * printed);
    }

    /** Of 20, 40, 100 and 300 due items five did not meet the standard, or did, on average. */
    @ParameterizedTest
    @ValueSource(ints = {20, 40, 100, 300})
    @Tag("thorough")
    void sharesOfFiveAMonthShowNoMoreThanHalfAsManyAgain(int due) {
        Random random = new Random(20151231L + due);

        for (int points : List.of(12, 24, 36)) {
            double printed = FalseSignals.share(points);
            assertThat(simulated(points, month -> 1 - (double) binomial(random, due, 5.0 / due) / due))
                    .as("%s points", points)
                    .isBetween(0.9 * printed, 1.5 * printed);
        }
    }

    /**
     * How many of many flows seem to need attention in a month in which nothing changed: of 60,000 charts of a program
     * of its own in Python, which leaves no moving range out.
     */
    @ParameterizedTest
    @CsvSource({"12, 0.0112", "24, 0.0145", "36, 0.0164", "84, 0.0188"})
    @Tag("thorough")
    void latestPointOfAnUnchangedChart(int points, double share) {
        Random random = new Random(20151231L + points);
        int signals = 0;
        for (int chart = 0; chart < CHARTS; chart++) {
            double[] values =
                    DoubleStream.generate(random::nextGaussian).limit(points).toArray();
            signals += XmrChart.of(values, new int[0], XmrChart.Options.DEFAULT)
                                    .get(points - 1)
                                    .signal()
                            != XmrChart.Signal.NONE
                    ? 1
                    : 0;
        }

        assertThat((double) signals / CHARTS).isCloseTo(share, within(0.003));
    }

    /** Why there are no limits of fewer: 0.41 of 24 counts of a mean of 1, and of shares of which one is missed. */
    @Test
    @Tag("thorough")
    void fewerItemsShowMuchMore() {
        Random random = new Random(20151231L);

        assertThat(simulated(24, month -> Draws.poisson(random, 1))).isCloseTo(0.41, within(0.02));
        assertThat(simulated(24, month -> 1 - binomial(random, 100, 0.01) / 100.0))
                .isCloseTo(0.41, within(0.02));
        assertThat(FalseSignals.share(24)).isLessThan(0.41 / 2.5);
    }

    /** Numbers of the simulation, and between them. */
    @ParameterizedTest
    @CsvSource({"3, 1", "5, 6", "9, 4", "12, 11", "15, 8", "24, 6", "30, 11", "48, 9", "90, 11"})
    void shareOfLaterPointsIsThatOfIndependentNormalPoints(int limitPoints, int points) {
        Random random = new Random(20151231L + 100L * limitPoints + points);
        int signals = 0;
        for (int chart = 0; chart < CHARTS; chart++) {
            double[] before = DoubleStream.generate(random::nextGaussian)
                    .limit(limitPoints)
                    .toArray();
            double[] after =
                    DoubleStream.generate(random::nextGaussian).limit(points).toArray();
            XmrChart.Segment limits = XmrChart.of(before, new int[0], XmrChart.Options.DEFAULT)
                    .get(0)
                    .segment();
            signals += XmrChart.against(limits, 2, after).stream()
                            .anyMatch(point -> point.signal() != XmrChart.Signal.NONE)
                    ? 1
                    : 0;
        }
        double share = FalseSignals.shareOfLater(limitPoints, points);
        double standardError = Math.sqrt(share * (1 - share) / CHARTS);

        assertThat((double) signals / CHARTS).isCloseTo(share, within(0.004 + 3.5 * standardError));
    }

    @Test
    void laterPointsNeedLimits() {
        assertThatThrownBy(() -> FalseSignals.shareOfLater(2, 5))
                .hasMessage("5 points cannot be measured against limits of 2");
        assertThatThrownBy(() -> FalseSignals.shareOfLater(24, 12)).isInstanceOf(IllegalArgumentException.class);
        assertThat(FalseSignals.shareOfLater(500, 11)).isEqualTo(0.1005);
    }

    /** {@code golden/xmr/false_alarm_rates.json}: 4,000 charts of 24 points each, made with R 4.5. */
    @Test
    void shareOfTwentyFourPointsIsThatOfTheReference() throws IOException {
        JsonNode reference = new ObjectMapper()
                .readTree(Path.of("src", "test", "resources", "golden", "xmr", "false_alarm_rates.json")
                        .toFile());

        assertThat(FalseSignals.share(24))
                .isCloseTo(reference.path("iid_normal").doubleValue(), within(0.012));
        assertThat(FalseSignals.share(24))
                .isCloseTo(reference.path("iid_poisson_150").doubleValue(), within(0.012));
        assertThat(reference.path("random_walk_stock").doubleValue()).isGreaterThan(0.9);
    }

    @Test
    void fourPointsBreakNoRuleAndMorePointsBreakOneMoreOften() {
        for (int points = 0; points <= 4; points++) {
            assertThat(FalseSignals.share(points)).isZero();
        }
        for (int points = 5; points < 1000; points++) {
            assertThat(FalseSignals.share(points))
                    .as("%s points", points)
                    .isGreaterThan(FalseSignals.share(points - 1))
                    .isLessThan(1);
        }
    }
}
