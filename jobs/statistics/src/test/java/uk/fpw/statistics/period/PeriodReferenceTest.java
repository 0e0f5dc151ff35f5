package uk.fpw.statistics.period;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import uk.fpw.statistics.Proportion;

/** Against figures made with R by {@code golden/period/reference.R}. */
class PeriodReferenceTest {

    private static final Path GOLDEN = Path.of("src", "test", "resources", "golden", "period");

    private static List<Map<String, String>> rows(String file) throws IOException {
        List<String> lines = Files.readAllLines(GOLDEN.resolve(file));
        String[] columns = lines.get(0).split(",", -1);
        return lines.subList(1, lines.size()).stream()
                .map(line -> {
                    String[] fields = line.split(",", -1);
                    Map<String, String> row = new HashMap<>();
                    for (int i = 0; i < columns.length; i++) {
                        row.put(columns[i], fields[i]);
                    }
                    return row;
                })
                .toList();
    }

    private static double number(Map<String, String> row, String column) {
        String text = requireNonNull(row.get(column), column);
        return text.equals("Inf") ? Double.POSITIVE_INFINITY : Double.parseDouble(text);
    }

    private static int count(Map<String, String> row, String column) {
        return (int) number(row, column);
    }

    private static void close(double found, double expected, Map<String, String> row) {
        if (Double.isInfinite(expected)) {
            assertThat(found).as(row.toString()).isEqualTo(expected);
        } else {
            assertThat(found).as(row.toString()).isCloseTo(expected, within(Math.abs(expected) * 1e-9));
        }
    }

    private static CountedRates rates(Map<String, String> row) {
        return new CountedRates(
                count(row, "later"), count(row, "later_days"), count(row, "earlier"), count(row, "earlier_days"));
    }

    @Test
    void exactComparisonsOfRatesAreThoseOfTheReference() throws IOException {
        List<Map<String, String>> rows = rows("rates.csv");
        for (Map<String, String> row : rows) {
            Comparison found = requireNonNull(rates(row).exact());
            if (count(row, "earlier") > 0) {
                close(requireNonNull(found.size()), number(row, "ratio"), row);
            } else {
                assertThat(found.size()).isNull();
            }
            close(found.low(), number(row, "low"), row);
            close(found.high(), number(row, "high"), row);
            close(Math.pow(10, found.log10P()), number(row, "p"), row);
        }
        assertThat(rows).hasSize(21);
    }

    @Test
    void scaledComparisonsOfRatesAreThoseOfTheReference() throws IOException {
        List<Map<String, String>> rows = rows("scaled.csv");
        for (Map<String, String> row : rows) {
            Comparison found = requireNonNull(rates(row).scaled(number(row, "phi")));
            assertThat(found.low()).as(row.toString()).isCloseTo(number(row, "low"), within(1e-9));
            assertThat(found.high()).as(row.toString()).isCloseTo(number(row, "high"), within(1e-8));
            close(Math.pow(10, found.log10P()), number(row, "p"), row);
        }
        assertThat(rows).hasSize(19);
    }

    @Test
    void fishersTestIsThatOfTheReference() throws IOException {
        List<Map<String, String>> rows = rows("fisher.csv");
        for (Map<String, String> row : rows) {
            Comparison found = new CountedShares(
                            new Proportion(count(row, "later"), count(row, "later_total")),
                            new Proportion(count(row, "earlier"), count(row, "earlier_total")))
                    .compare();
            close(Math.pow(10, found.log10P()), number(row, "p"), row);
        }
        assertThat(rows).hasSize(16);
    }

    @Test
    void comparisonsOfMeansAreThoseOfTheReference() throws IOException {
        List<Map<String, String>> rows = rows("means.csv");
        for (Map<String, String> row : rows) {
            Comparison found = requireNonNull(MeanDifference.of(numbers(row, "later"), numbers(row, "earlier")));
            close(requireNonNull(found.size()), number(row, "difference"), row);
            close(found.low(), number(row, "low"), row);
            close(found.high(), number(row, "high"), row);
            close(Math.pow(10, found.log10P()), number(row, "p"), row);
        }
        assertThat(rows).hasSize(6);
    }

    private static long[] numbers(Map<String, String> row, String column) {
        return Arrays.stream(requireNonNull(row.get(column)).split(" "))
                .mapToLong(Long::parseLong)
                .toArray();
    }

    @Test
    void adjustedProbabilitiesAreThoseOfTheReference() throws IOException {
        List<Map<String, String>> rows = rows("holm.csv");
        List<Double> adjusted = Holm.adjust(
                rows.stream().map(row -> Math.log10(number(row, "p"))).toList());
        for (int i = 0; i < rows.size(); i++) {
            close(Math.pow(10, adjusted.get(i)), number(rows.get(i), "adjusted"), rows.get(i));
        }
        assertThat(Holm.adjust(List.of())).isEmpty();
    }

    @Test
    void probabilitiesSmallerThanAnyNumberHaveALogarithm() {
        // R: log10 of the binomial tail by lgamma and log-sum-exp
        assertThat(requireNonNull(new CountedRates(30_000, 250, 10_000, 250).exact())
                        .log10P())
                .isBetween(-2300.0, -2260.0);
        assertThat(requireNonNull(new CountedRates(30_000, 250, 10_000, 250).scaled(2))
                        .log10P())
                .isBetween(-1100.0, -1080.0);
    }

    @Test
    void ofNothingThereIsNoComparison() {
        assertThat(new CountedRates(0, 20, 0, 21).exact()).isNull();
        assertThat(new CountedRates(0, 20, 0, 21).scaled(1)).isNull();
        assertThat(MeanDifference.of(new long[] {1}, new long[] {1, 2})).isNull();
        assertThat(MeanDifference.of(new long[] {1, 1}, new long[] {1, 1})).isNull();
        assertThat(MeanDifference.mean(new long[0])).isNull();
        assertThatThrownBy(() -> new CountedRates(1, 0, 1, 1))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("1 in 0 days and 1 in 1 are not rates");
    }

    @Test
    void itemsOfACaseAndBatchesOfADayAddToTheDispersion() {
        long[] even = {3, 3, 3, 3, 3, 0, 0, 3, 3, 3, 3, 3, 0, 0};
        // 10 cases of three items each, one item a day
        OverDispersion byCase = OverDispersion.of(30, 90, 30, even);
        assertThat(byCase.byContributor()).isEqualTo(3);
        assertThat(byCase.byDay()).isZero();
        assertThat(byCase.factor()).isEqualTo(3);
        // 30 cases of one item, in one batch of the second week
        long[] batch = {0, 0, 0, 0, 0, 0, 0, 30, 0, 0, 0, 0, 0, 0};
        OverDispersion byDay = OverDispersion.of(30, 30, 30, batch);
        assertThat(byDay.byDay()).isEqualTo(30);
        // one day has all of them: twice as much
        assertThat(byDay.factor()).isEqualTo(60);
        // the same of 10 cases of three: not counted twice
        assertThat(OverDispersion.of(30, 90, 90, batch).factor()).isEqualTo(60);
        assertThat(byCase.with(byDay)).isEqualTo(new OverDispersion(60, 120, 60, 90 + 900, 900, 60));
        assertThat(OverDispersion.NONE.factor()).isEqualTo(1);
    }

    /** Shares 1/4, 1/4, 3/4 and 3/4 of 40: surplus 10 each, 4 x 100 / (0.25 x 160) x 4/3. */
    @Test
    void sharesThatWanderAddToTheDispersion() {
        ShareSpread spread = new ShareSpread(new long[] {10, 10, 30, 30, 0}, new long[] {40, 40, 40, 40, 0});
        assertThat(spread.factor()).isCloseTo(40.0 / 3, within(1e-12));
        assertThat(spread.blocks()).isEqualTo(4);
        // (1 - 1 + 1) / 4 of the variance
        assertThat(spread.autocorrelation()).isCloseTo(0.25, within(1e-12));
        assertThat(spread.isWandering()).isFalse();
        assertThat(new ShareSpread(new long[] {20, 20, 20}, new long[] {40, 40, 40}).factor())
                .isEqualTo(1);
        assertThat(new ShareSpread(new long[] {1, 30}, new long[] {40, 40}).factor())
                .isEqualTo(1);
        assertThat(new ShareSpread(new long[3], new long[3]).autocorrelation()).isZero();
    }

    /** 56 of 70 and 48 of 80: z = 0.2 / sqrt(0.693333 x 0.306667 x (1/70 + 1/80)), p by R's pnorm. */
    @Test
    void scaledSharesHaveAWiderInterval() {
        CountedShares shares = new CountedShares(new Proportion(56, 70), new Proportion(48, 80));
        Comparison plain = requireNonNull(shares.scaled(1));
        Comparison scaled = requireNonNull(shares.scaled(4));
        assertThat(Math.pow(10, plain.log10P())).isCloseTo(0.00804508136819658, within(1e-9));
        assertThat(Math.pow(10, scaled.log10P())).isCloseTo(0.185142637089225, within(1e-9));
        assertThat(scaled.high() - scaled.low()).isCloseTo(2 * (plain.high() - plain.low()), within(1e-12));
        assertThat(requireNonNull(shares.scaled(1000)).high()).isEqualTo(1);
        assertThat(requireNonNull(shares.scaled(1000)).low()).isEqualTo(-1);
    }

    /** None of 3 and none of 3: by Wilson 0 to 0.561497 each (R: {@code DescTools::BinomCI}). */
    @Test
    void whereNoneIsCountedTheDifferenceIsNotCertain() {
        CountedShares none = new CountedShares(new Proportion(0, 3), new Proportion(0, 3));
        assertThat(none.scaled(1)).isNull();
        assertThat(none.compare().log10P()).isZero();
        assertThat(none.compare().low()).isCloseTo(-0.561497, within(1e-6));
        assertThat(none.compare().high()).isCloseTo(0.561497, within(1e-6));
        assertThat(none.compare().detectable()).isNull();
    }
}
