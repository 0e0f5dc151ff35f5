package uk.fpw.metrics.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Random;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class FalseSignalsTest {

    private static final int CHARTS = 20_000;

    private static boolean hasSignal(double[] values) {
        return XmrChart.of(values, new int[0], XmrChart.Options.DEFAULT).stream()
                .anyMatch(point -> point.signal() != XmrChart.Signal.NONE);
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
