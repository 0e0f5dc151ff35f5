package uk.fpw.audit;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import uk.fpw.model.FigureDefinition;

/**
 * Quantiles and the ends of their intervals against R 4.5 with survival 3.8-3: {@code quantile(survfit(Surv(time,
 * status) ~ 1, conf.type = "log-log"))}, and with late entry {@code survfit(Surv(first_day - 1, time, status) ~ 1)}.
 */
class WaitQuantilesTest {

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

        assertThat(quantiles(spells, "_days")).isEqualTo(numbers(values));
        assertThat(quantiles(spells, "_low_days")).isEqualTo(numbers(lows));
        assertThat(quantiles(spells, "_high_days")).isEqualTo(numbers(highs));
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
        assertThat(quantiles(Arrays.asList(spells.split(" ", -1)), "_days").get(1))
                .isEqualTo(median);
    }

    /** Nobody is observed on days 3 and 4: what left on day 6 is of others, and R's 6 would be of no group. */
    @Test
    void quantileAfterTheRiskSetHasEmptiedIsNone() {
        assertThat(quantiles(List.of("0-2+", "5-6", "5-6"), "_days")).isEqualTo(numbers("- - - - -"));
    }

    /** Nobody is left on day 2, but others enter on day 3: the curve goes on. */
    @Test
    void entryOnTheNextDayKeepsTheCurveReadable() {
        assertThat(quantiles(List.of("0-2+", "3-6", "3-6"), "_days")).isEqualTo(numbers("6 6 6 6 6"));
    }

    private static List<String> numbers(String values) {
        return Arrays.stream(values.trim().split(" +", -1))
                .map(value -> value.equals("-") ? "null" : value)
                .toList();
    }

    /** The five quantiles of a cohort. */
    private static List<String> quantiles(List<String> spells, String end) {
        try (AuditSession session = AuditSession.open("Europe/London")) {
            session.execute("create table cohort_spell as "
                    + spells.stream().map(WaitQuantilesTest::spell).collect(Collectors.joining(" union all ")));
            for (FigureDefinition definition : FigureDefinition.all()) {
                if (List.of("wait_summary", "wait_curve").contains(definition.name())) {
                    session.execute("create table " + definition.name() + " as " + definition.sql());
                }
            }
            session.execute("create table quantile as " + WaitQuantiles.QUERY);
            List<String> found = new ArrayList<>();
            for (String quantile : QUANTILES) {
                found.add(String.valueOf(session.rows("select regexp_replace(cast(any_value(figure) as varchar), "
                                + "'\\.0$', '') from quantile where measure = '" + quantile + end + "'")
                        .get(0)
                        .get(0)));
            }
            return found;
        }
    }

    private static String spell(String days) {
        List<String> ends = Arrays.asList(days.replace("+", "").split("-", -1));
        return "select 'work' as queue, 'all' as slice, 'all' as slice_value, 'first entries' as cohort, " + ends.get(0)
                + " as first_day, " + ends.get(1) + " as last_day, "
                + (days.endsWith("+") ? "null" : "'examined'") + " as left_as, "
                + "cast(null as varchar) as contributor_key";
    }
}
