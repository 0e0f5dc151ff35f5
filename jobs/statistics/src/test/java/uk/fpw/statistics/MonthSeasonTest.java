package uk.fpw.statistics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MonthSeasonTest {

    private static final Path GOLDEN = Path.of("src", "test", "resources", "golden", "season");

    private static Map<String, List<Double>> series() throws IOException {
        Map<String, List<Double>> series = new LinkedHashMap<>();
        Files.readAllLines(GOLDEN.resolve("season.csv")).stream().skip(1).forEach(line -> {
            String[] parts = line.split(",", -1);
            series.computeIfAbsent(parts[0], name -> new ArrayList<>()).add(Double.valueOf(parts[2]));
        });
        return series;
    }

    private static double[] numbers(List<Double> values) {
        return values.stream().mapToDouble(Double::doubleValue).toArray();
    }

    private static void close(double found, double expected) {
        assertThat(found).isCloseTo(expected, within(1e-9 * (1e-300 + Math.abs(expected))));
    }

    /** {@code lm} and {@code anova} of R: complete and incomplete years, a trend, R's AirPassengers and USAccDeaths. */
    @Test
    void testIsThatOfR() throws IOException {
        JsonNode expected = new ObjectMapper()
                .readTree(GOLDEN.resolve("season_expected.json").toFile());
        Map<String, List<Double>> series = series();

        assertThat(series).hasSize(10).hasSize(expected.size());
        series.forEach((name, values) -> {
            MonthSeason found = Objects.requireNonNull(MonthSeason.of(numbers(values)), name);
            JsonNode reference = expected.path(name);
            assertThat(found.months()).isEqualTo(reference.path("months").intValue());
            assertThat(found.residualDegrees())
                    .isEqualTo(reference.path("residual_df").intValue());
            close(found.f(), reference.path("f").doubleValue());
            close(found.fBeyondTrend(), reference.path("f_beyond_trend").doubleValue());
            close(found.size(), reference.path("size").doubleValue());
            double p = Math.max(
                    reference.path("p").doubleValue(),
                    reference.path("p_beyond_trend").doubleValue());
            close(Math.pow(10, found.log10P()), p);
            assertThat(found.isEvident()).as(name).isEqualTo(p < 0.01);
        });
    }

    /** The rise of this series alone has p = 0.000004; beyond a straight trend there is p = 0.0497. */
    @Test
    void trendIsNoSeason() throws IOException {
        MonthSeason trend =
                Objects.requireNonNull(MonthSeason.of(numbers(Objects.requireNonNull(series().get("trend_36")))));

        assertThat(trend.f()).isGreaterThan(9);
        assertThat(trend.log10P()).isCloseTo(Math.log10(0.049680118), within(1e-6));
        assertThat(trend.isEvident()).isFalse();
    }

    @Test
    void fewerThanTwoYearsAndNoVariationHaveNoTest() {
        assertThat(MonthSeason.of(new double[23])).isNull();
        assertThat(MonthSeason.of(new double[24])).isNull();
        double[] sameEachYear = new double[30];
        for (int month = 0; month < sameEachYear.length; month++) {
            sameEachYear[month] = month % 12;
        }
        assertThat(MonthSeason.of(sameEachYear)).isNull();
    }

    /**
     * Of 4,000 series without a season, 1 % have one, whatever their trend. A season of 1 standard deviation is found
     * in 19 % of series of two years, 54 % of three and 88 % of five. Rises are in standard deviations of a month, in
     * a year.
     */
    @ParameterizedTest
    @CsvSource({
        "24, 0, 0, 0, 0.012",
        "36, 0, 0, 0, 0.012",
        "60, 0, 0, 0, 0.012",
        "36, 0, 2, 0, 0.013",
        "60, 0, 4, 0, 0.013",
        "24, 1, 0, 0.16, 0.22",
        "36, 1, 0, 0.5, 0.57",
        "60, 1, 0, 0.86, 0.91",
        "36, 1.5, 0, 0.89, 0.93",
    })
    @Tag("thorough")
    void seasonIsFoundWhereThereIsOne(int months, double size, double rise, double atLeast, double atMost) {
        SplittableRandom random = new SplittableRandom(20261202);
        int runs = 4000;
        int evident = 0;
        for (int run = 0; run < runs; run++) {
            int phase = random.nextInt(12);
            double[] values = new double[months];
            for (int month = 0; month < months; month++) {
                values[month] = random.nextGaussian()
                        + rise * month / 12
                        + size * Math.sqrt(2) * Math.sin(Math.PI * (month + phase) / 6);
            }
            evident += Objects.requireNonNull(MonthSeason.of(values)).isEvident() ? 1 : 0;
        }
        double share = (double) evident / runs;
        System.out.printf("months %d, season %.1f, rise %.1f: evident %.4f%n", months, size, rise, share);
        assertThat(share).isBetween(atLeast, atMost);
    }
}
