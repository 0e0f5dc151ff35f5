package uk.fpw.statistics.wait;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Quantiles and the ends of their intervals against R 4.5 with survival 3.8-3: {@code quantile(survfit(Surv(time,
 * status) ~ 1, conf.type = "log-log"))}, and with late entry {@code survfit(Surv(first_day - 1, time, status) ~ 1)};
 * restricted means against {@code summary(fit, rmean = horizon)} of the same fits, from 0 on.
 */
class SmallCurvesTest {

    private static final List<String> QUANTILES = List.of("p25", "median", "p75", "p90", "p95");

    /** Days of wait, those still waiting with a +; the data set aml, and small ones with ties, levels and few exits. */
    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            5 5 8 8 9 12 13 13+ 16+ 18 23 23 27 28+ 30 31 33 34 43 45 45+ 48 161+ | \
            12 27 43 48 - | 5 13 30 43 45 | 23 34 - - -
            1 2 3 4 5 6 7 8            | 2.5 4.5 6.5 8 8 | 1 1 3 5 6      | 5 7 - - -
            1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20 | \
            5.5 10.5 15.5 18.5 19.5 | 1 5 11 15 17 | 9 15 19 - -
            5 8+ 10 12+ 15 20+ 22+ 30+ | 10 - - - -      | 5 5 15 - -     | - - - - -
            2 4 6+ 8+                  | 3 6 - - -       | 2 2 2 4 -      | - - - - -
            3+ 7+ 9+                   | - - - - -       | - - - - -      | - - - - -
            1 1 2 3                    | 1 1.5 2.5 3 3   | 1 1 1 1 2      | 2 - - - -
            5 5 5+ 8 8+ 10             | 5 8 10 10 10    | 5 5 5 8 -      | - - - - -
            0 0 0+ 1 2 5 5+ 9+         | 0.5 2 - - -     | 0 0 1 5 5      | 5 - - - -
            4                          | 4 4 4 4 4       | - - - - -      | - - - - -
            10 10 20 20 30 50          | 10 20 30 50 50  | 10 10 10 20 20 | 20 - - - -
            10 10 20+ 20+ 30 50        | 10 30 50 50 50  | 10 10 10 30 30 | - - - - -
            """)
    void quantilesAreThoseOfR(String waits, String values, String lows, String highs) {
        List<String> spells =
                Arrays.stream(waits.split(" ", -1)).map(wait -> "0-" + wait).toList();

        Map<String, @Nullable Double> found = WaitSummary.of(table(spells)).figures();

        assertThat(quantiles(found, "_days")).isEqualTo(numbers(values));
        assertThat(quantiles(found, "_low_days")).isEqualTo(numbers(lows));
        assertThat(quantiles(found, "_high_days")).isEqualTo(numbers(highs));
    }

    /** First and last day of a wait under observation. */
    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "2-2 3-10 5-5 1-4 1-3, 3",
        "1-5 1-9 5-9 1-12+, 9",
        "0-0 0-0+ 0-4 3-8 7-9+, 4",
        "1-1 1-2 4-5 4-6+ 4-7 4-8, 1.5",
    })
    void medianWithLateEntryIsThatOfR(String spells, String median) {
        assertThat(quantiles(Arrays.asList(spells.split(" ", -1))).get(1)).isEqualTo(median);
    }

    /** Nobody is observed on days 3 and 4: what left on day 6 is of others, and R's 6 would be of no group. */
    @Test
    void quantileAfterTheRiskSetHasEmptiedIsNone() {
        assertThat(quantiles(List.of("0-2+", "5-6", "5-6"))).isEqualTo(numbers("- - - - -"));
    }

    /** Nobody is left on day 2, but others enter on day 3: the curve goes on. */
    @Test
    void entryOnTheNextDayKeepsTheCurveReadable() {
        assertThat(quantiles(List.of("0-2+", "3-6", "3-6"))).isEqualTo(numbers("6 6 6 6 6"));
    }

    /** R says 0 of the error where nobody has left; nothing is known of it then. */
    @ParameterizedTest(name = "{0}")
    @CsvSource(delimiter = '|', textBlock = """
            5 5 8 8 9 12 13 13+ 16+ 18 23 23 27 28+ 30 31 33 34 43 45 45+ 48 161+ | \
            180 | 37.9378881987578 | 11.1778659728576
            1 2 3 4 5 6 7 8            | 10 | 4.5              | 0.810092587300983
            1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20 | 10 | 7.75 | 0.677772085586298
            5 8+ 10 12+ 15 20+ 22+ 30+ | 10 | 9.375            | 0.584633966683428
            2 4 6+ 8+                  | 10 | 6.5              | 1.78535710713571
            3+ 7+ 9+                   | 10 | 10               | -
            1 1 2 3                    | 10 | 1.75             | 0.414578098794425
            5 5+ 5 8+ 8 10             | 10 | 7.88888888888889 | 0.909483641319161
            0 0 0+ 1 2 5+ 5 9+         | 10 | 4.2              | 1.54337292965764
            4                          | 10 | 4                | 0
            4+                         | 10 | 10               | -
            10 10 20 20 30 50          | 10 | 10               | 0
            10 10 20+ 20+ 30 50        | 10 | 10               | 0
            1 1 2 2 3 4 4 5 5 8 8 8 8 11 11 12 12 15 17 22 23 6 6 6 7 10 13 16 22 23 6+ 9+ 10+ 11+ 17+ 19+ 20+ 25+ \
            32+ 32+ 34+ 25+            | 10 | 7.94334975369458 | 0.450467756993435
            """)
    void restrictedMeanIsThatOfR(String waits, int horizon, String mean, String error) {
        assertRestricted(
                Arrays.stream(waits.trim().split(" +", -1))
                        .map(wait -> "0-" + wait)
                        .toList(),
                horizon,
                mean,
                error);
    }

    /** First and last day of a wait under observation, cut at 8 days. */
    @ParameterizedTest(name = "{0}")
    @CsvSource({
        "2-2 3-10 5-5 1-4 1-3, 3.66666666666667, 0.916245694581702",
        "1-5 1-9 6-9 1-12+, 7, 0.816496580927726",
        "1-5 1-9 5-9 1-12+, 7.25, 0.649519052838329",
        "0-0 0-0+ 0-4 3-8 7-9+, 4, 1.88561808316413",
    })
    void restrictedMeanWithLateEntryIsThatOfR(String spells, String mean, String error) {
        assertRestricted(Arrays.asList(spells.split(" ", -1)), 8, mean, error);
    }

    /** Nobody is observed after day 2 until later items enter on day 4; R's 1.5 would be of no group. */
    @Test
    void restrictedMeanBeyondTheRiskSetIsNone() {
        List<String> spells = List.of("1-1", "1-2", "4-5", "4-6+", "4-7", "4-8");

        assertRestricted(spells, 8, "-", "-");
        assertRestricted(spells, 2, "1.5", "0.353553390593274");
    }

    private static void assertRestricted(List<String> spells, int horizon, String mean, String error) {
        LifeTable table = table(spells);
        SurvivalCurve.RestrictedMean found = SurvivalCurve.of(table).restrictedMean(horizon);
        assertNumber(found.mean(), mean);
        if (table.leftCount() == 0) {
            assertThat(WaitSummary.of(table).figures().get("restricted_mean_standard_error"))
                    .isNull();
        } else {
            assertNumber(found.standardError(), error);
        }
    }

    private static void assertNumber(@Nullable Double found, String expected) {
        if (expected.equals("-")) {
            assertThat(found).isNull();
        } else {
            assertThat(found).isCloseTo(Double.parseDouble(expected), within(1e-12));
        }
    }

    private static List<String> numbers(String values) {
        return Arrays.stream(values.trim().split(" +", -1))
                .map(value -> value.equals("-") ? "null" : value)
                .toList();
    }

    /** The five quantiles of a cohort. */
    private static List<String> quantiles(List<String> spells) {
        return quantiles(WaitSummary.of(table(spells)).figures(), "_days");
    }

    private static List<String> quantiles(Map<String, @Nullable Double> found, String end) {
        return QUANTILES.stream()
                .map(quantile -> String.valueOf(found.get(quantile + end)).replaceAll("\\.0$", ""))
                .toList();
    }

    private static LifeTable table(List<String> spells) {
        return Observation.table(spells.stream().map(SmallCurvesTest::observed).toList());
    }

    private static Observation observed(String days) {
        List<String> ends = Arrays.asList(days.replace("+", "").split("-", -1));
        return Observation.ofDays(
                Integer.parseInt(ends.get(0)),
                Integer.parseInt(ends.get(1)),
                days.endsWith("+") ? null : "examined",
                1);
    }
}
