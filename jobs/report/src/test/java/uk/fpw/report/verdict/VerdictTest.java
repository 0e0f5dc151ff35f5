package uk.fpw.report.verdict;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;

/** What a verdict says, of figures that the tests make up. */
class VerdictTest {

    private static final Verdict.Periods YEAR =
            new Verdict.Periods("year to date", "last year", LocalDate.of(2015, 4, 1), LocalDate.of(2015, 11, 30));

    private static final Verdict.Size SHARE = new Verdict.Size("difference", 0.132, 0.091, 0.174, 0.048, true);

    private static Verdict verdict(
            String measure,
            String code,
            String reason,
            @Nullable Double now,
            @Nullable Double then,
            Verdict.Size size) {
        return new Verdict("exams", "Exams", "cases with devices due", measure, YEAR, code, reason, now, then, size);
    }

    @Test
    void worseAndBetterSayBothValuesAndTheInterval() {
        assertThat(verdict("late share", "worse", "-", 0.342, 0.21, SHARE).sentence())
                .isEqualTo("Worse than a year before: Late 34 % of the cases with devices due in April to November "
                        + "2015, 21 % of the cases with devices due in the same months of the year before (difference "
                        + "+13 points, 95 % interval +9 points to +17 points), more than chance explains.");
        assertThat(verdict(
                                "time waited",
                                "better",
                                "-",
                                31.5,
                                35.0,
                                new Verdict.Size("ratio", 1.24, 1.11, null, 1.1, true))
                        .sentence())
                .isEqualTo(
                        "Better than a year before: Half had left after 31.5 days in April to November 2015, 35 days "
                                + "in the same months of the year before; at the same day of their wait items left "
                                + "1.24 times as fast (95 % interval 1.11 to no bound), more than chance explains.");
    }

    @Test
    void noEvidenceSaysWhatWouldHaveBeenFound() {
        Verdict verdict = verdict(
                "received", "no_evidence", "-", 12.25, 11.9, new Verdict.Size("ratio", 1.03, 0.97, 1.09, 1.08, false));

        assertThat(verdict.words()).isEqualTo("no evidence");
        assertThat(verdict.sentence())
                .isEqualTo("No evidence of a change: Received 12.3 a day of service in April to November 2015, 11.9 a "
                        + "day of service in the same months of the year before (ratio 1.03, 95 % interval 0.97 to "
                        + "1.09). In 80 of 100 such comparisons a ratio of 1.08 or 0.93 would have been found; less "
                        + "than that may have changed.");
        assertThat(verdict("late share", "no_evidence", "-", 0.2, 0.2, SHARE).wouldBeFound())
                .isEqualTo("–");
    }

    @Test
    void changeThatIsMoreThanChanceAndTooSmallIsNotCalledNoEvidence() {
        Verdict verdict = verdict(
                "late share",
                "no_evidence",
                "-",
                0.22,
                0.2,
                new Verdict.Size("difference", 0.02, 0.01, 0.03, 0.01, true));

        assertThat(verdict.words()).isEqualTo("too small to matter");
        assertThat(verdict.sentence())
                .startsWith("A change that is smaller than what matters: Late 22 % of the cases with ");
    }

    @Test
    void fewerBecauseOthersWereWithdrawnIsNotBetter() {
        Verdict verdict = verdict(
                "late share",
                "fewer_because",
                "not called better: served share 0.60 instead of 0.91; left without being served: 88 withdrawn",
                0.11,
                0.21,
                new Verdict.Size("difference", -0.1, -0.14, -0.06, 0.05, true));

        assertThat(verdict.words()).isEqualTo("not better");
        assertThat(verdict.sentence())
                .startsWith("Not called better, although this is: Late 11 % of the cases with devices due")
                .endsWith(". Served share 0.60 instead of 0.91; left without being served: 88 withdrawn.");
    }

    @Test
    void whatCannotBeToldSaysWhy() {
        Verdict.Size none = new Verdict.Size("difference", null, null, null, null, false);
        Verdict verdict = verdict("net change", "cannot_be_told", "each week resembles the next", 1.5, null, none);

        assertThat(verdict.words()).isEqualTo("cannot be told");
        assertThat(verdict.sentence())
                .isEqualTo("Better or worse cannot be told (net change, April to November 2015 against the same months "
                        + "of the year before): each week resembles the next.");
    }

    @ParameterizedTest
    @CsvFileSource(resources = "forces.csv", delimiter = ';', quoteCharacter = '\'', numLinesToSkip = 2)
    void eachOfThirtyForcesReadsAsItShould(
            String measure,
            String period,
            String code,
            String reason,
            double now,
            double then,
            String kind,
            double size,
            double low,
            @Nullable Double high,
            @Nullable Double detectable,
            String sentence) {
        Verdict.Periods periods =
                switch (period) {
                    case "year" -> YEAR;
                    case "quarter" ->
                        new Verdict.Periods(
                                "quarter", "the year before last", LocalDate.of(2015, 7, 1), LocalDate.of(2015, 9, 30));
                    default ->
                        new Verdict.Periods(
                                "month", "last year", LocalDate.of(2015, 11, 1), LocalDate.of(2015, 11, 30));
                };
        boolean isMoreThanChance = !code.equals("no_evidence");
        assertThat(new Verdict(
                                "exams",
                                "Exams",
                                "cases",
                                measure,
                                periods,
                                code,
                                reason,
                                now,
                                then,
                                new Verdict.Size(kind, size, low, high, detectable, isMoreThanChance))
                        .sentence())
                .isEqualTo(sentence);
    }

    @Test
    void monthsAreNamedOnceAndYearsWhereTheyDiffer() {
        assertThat(new Verdict.Periods("month", "last year", LocalDate.of(2015, 11, 1), LocalDate.of(2015, 11, 30))
                        .words())
                .isEqualTo("November 2015");
        assertThat(new Verdict.Periods("year to date", "last year", LocalDate.of(2015, 4, 1), LocalDate.of(2016, 1, 31))
                        .words())
                .isEqualTo("April 2015 to January 2016");
    }
}
