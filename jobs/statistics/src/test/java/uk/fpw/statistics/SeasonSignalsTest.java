package uk.fpw.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Objects;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import uk.fpw.statistics.SeasonSignalsSimulation.Shape;

class SeasonSignalsTest {

    private static final int CHARTS = 20_000;

    @Test
    void numbersOfTheFileAreMadeAgain() {
        assertThat(SeasonSignals.share(24, 1))
                .isCloseTo(
                        SeasonSignalsSimulation.share(24, 1, Shape.WAVE, SeasonSignalsSimulation.CHARTS, 20261202),
                        within(1e-5));
        assertThat(SeasonSignals.shareOfLater(12, 4, 0.5))
                .isCloseTo(
                        SeasonSignalsSimulation.sharesOfLater(12, 0.5, SeasonSignalsSimulation.CHARTS, 20261202)[3],
                        within(1e-5));
    }

    @Test
    void withoutASeasonTheShareIsThatOfIndependentPoints() {
        for (int points : List.of(0, 4, 5, 24, 100, 300)) {
            assertThat(SeasonSignals.share(points, 0)).isEqualTo(FalseSignals.share(points));
        }
        assertThat(SeasonSignals.shareOfLater(15, 8, 0)).isEqualTo(FalseSignals.shareOfLater(15, 8));
        assertThatThrownBy(() -> SeasonSignals.shareOfLater(2, 5, 1))
                .hasMessage("5 points cannot be measured against limits of 2");
    }

    @Test
    void largerSeasonsAndLongerChartsShowMore() {
        for (int points = 12; points < 300; points += 7) {
            for (double size = 0; size < 6; size += 0.2) {
                double share = SeasonSignals.share(points, size);
                assertThat(share).isBetween(0.0, 1.0);
                assertThat(SeasonSignals.share(points + 12, size)).isGreaterThan(share - 0.01);
                assertThat(SeasonSignals.share(points, size + 0.3)).isGreaterThan(share - 0.01);
            }
        }
        assertThat(SeasonSignals.share(36, 50)).isEqualTo(SeasonSignals.share(36, 5));
    }

    /** Between the sizes and lengths of the file, with other random numbers. */
    @ParameterizedTest
    @CsvSource({"14, 0.6", "24, 0.4", "27, 1.2", "36, 0.87", "42, 0.3", "72, 0.6", "36, 2.5", "9, 1.7"})
    @Tag("thorough")
    void shareIsThatOfMonthsOnAWave(int points, double size) {
        double share = SeasonSignals.share(points, size);
        double found = SeasonSignalsSimulation.share(points, size, Shape.WAVE, CHARTS, 1);

        System.out.printf("points %d, season %.2f: %.4f, simulated %.4f%n", points, size, share, found);
        assertThat(found).isCloseTo(share, within(0.02));
    }

    @ParameterizedTest
    @CsvSource({"12, 6, 0.7", "15, 3, 1.2", "24, 11, 0.4", "30, 8, 2.5", "48, 1, 0.9"})
    @Tag("thorough")
    void shareOfLaterIsThatOfMonthsOnAWave(int limitPoints, int points, double size) {
        double share = SeasonSignals.shareOfLater(limitPoints, points, size);
        double found = SeasonSignalsSimulation.sharesOfLater(limitPoints, size, CHARTS, 1)[points - 1];

        System.out.printf(
                "limits of %d, points %d, season %.2f: %.4f, simulated %.4f%n",
                limitPoints, points, size, share, found);
        assertThat(found).isCloseTo(share, within(0.025));
    }

    /**
     * What is printed where a season is evident, on average, from its estimated size, and how many of these charts show
     * a signal although nothing but the season changes. A season that is only just evident was overestimated, or it
     * would not be evident: more is printed than there is. Where one month differs from eleven like ones, too.
     */
    @ParameterizedTest
    @CsvSource({
        "24, 1, WAVE, 0.93, 0.79",
        "36, 0.5, WAVE, 0.83, 0.60",
        "36, 1, WAVE, 0.90, 0.89",
        "36, 1.5, WAVE, 0.97, 0.98",
        "60, 0.5, WAVE, 0.84, 0.80",
        "60, 1, WAVE, 0.95, 0.97",
        "36, 1, ONE_MONTH, 0.88, 0.65",
        "60, 1, ONE_MONTH, 0.95, 0.80",
        "36, 2, ONE_MONTH, 0.99, 1"
    })
    @Tag("thorough")
    void whatIsPrintedWhereASeasonIsEvident(int points, double size, Shape shape, double printed, double shown) {
        SplittableRandom random = new SplittableRandom(7);
        int evident = 0;
        int signals = 0;
        double shares = 0;
        for (int chart = 0; chart < CHARTS; chart++) {
            double[] months = SeasonSignalsSimulation.months(random, points, size, shape);
            MonthSeason season = Objects.requireNonNull(MonthSeason.of(months));
            if (season.isEvident()) {
                evident++;
                shares += SeasonSignals.share(points, season.size());
                signals += SeasonSignalsSimulation.hasSignal(XmrChart.of(months, new int[0], XmrChart.Options.DEFAULT))
                        ? 1
                        : 0;
            }
        }
        System.out.printf(
                "points %d, season %.2f %s: evident %.3f, printed %.3f, signals %.3f, without season %.3f%n",
                points,
                size,
                shape,
                (double) evident / CHARTS,
                shares / evident,
                (double) signals / evident,
                FalseSignals.share(points));
        assertThat(shares / evident).isCloseTo(printed, within(0.015));
        assertThat((double) signals / evident).isCloseTo(shown, within(0.02));
    }
}
