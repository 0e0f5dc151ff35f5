package uk.fpw.metrics.grading;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Each case counted once: shares, changes, trends and funnels; the business date is 2015-06-30. */
@Tag("time-zone")
class GradedCasesTest {

    private static final Map<String, Object> GOOD_BY_YEAR = Map.of("period_kind", "financial year", "grade", "good");
    private static final Map<String, Object> YEARS = Map.of("period_kind", "financial year");

    /**
     * Ten cases a year; two of the first were judged twice, one of the second twice on one day with different
     * results.
     */
    private static final String TWICE = """
            2013-05-01 | 1 | good       | handling | force | burglary | random | a1..a3  | |
            2013-05-01 | 1 | inadequate | handling | force | burglary | random | b1..b7  | |
            2013-09-01 | 1 | good       | handling | force | burglary | random | b1..b2  | |
            2014-05-01 | 1 | good       | handling | force | burglary | random | c1..c9  | |
            2014-06-01 | 1 | good       | handling | force | burglary | random | a1      | |
            2014-06-01 | 1 | inadequate | handling | force | burglary | random | a1      | |
            2014-06-01 | 1 | inadequate | handling | force | burglary | random | b7      | |
            """;

    @Test
    void lastJudgementOfACaseCountsSoThatAYearJudgedTwiceHasAnInterval() {
        assertThat(TestJudgements.of(TWICE)
                        .shares("period, judgement_count, share, share_low, interval_reason", GOOD_BY_YEAR))
                .containsExactly(
                        "2013/14|5|0.416666666667|null|a case was judged more than once: the judgements do not stand "
                                + "for as many cases",
                        "2014/15|10|0.833333333333|null|a case was judged more than once: the judgements do not stand "
                                + "for as many cases");
        // b1 and b2 are good in the end: 5 of 10; a1 of 2014/15 is unclear: 9 of 10
        assertThat(TestJudgements.of(TWICE)
                        .rows(
                                "grading_case_share",
                                "period, case_count, case_total_count, unclear_case_count, judgement_total_count, "
                                        + "share, share_low, share_high, interval_reason, repeated_case_count, "
                                        + "share_change, change_reason, contributor_count",
                                GOOD_BY_YEAR))
                .containsExactly(
                        "2013/14|5|10|0|12|0.5|0.236593090513|0.763406909487|null|null|null|no case of the same "
                                + "scheme version, population, selection, theme and assessor was judged before|5",
                        "2014/15|9|10|1|12|0.9|0.595849973205|0.982123786905|null|2|0.4|null|9");
    }

    @Test
    void firstQuarterIsNotComparedWithTheYearThatIsCountedBesideIt() {
        assertThat(TestJudgements.of(TWICE)
                        .rows(
                                "grading_case_share",
                                "period, share, previous_period_start_on, share_change",
                                Map.of("grade", "good")))
                .containsExactly(
                        "2013/14|0.5|null|null",
                        "2014/15|0.9|2013-04-01|0.4",
                        "2013 Q2|0.3|null|null",
                        "2013 Q3|1.0|2013-04-01|0.7",
                        "2014 Q2|0.9|2013-07-01|-0.1");
    }

    @Test
    void pickedCasesHaveSharesAndNothingElse() {
        String picked = "the cases were picked (purposive): their shares say nothing of other cases";
        TestJudgements judged = TestJudgements.of("""
                2013-05-01 | 1 | good       | handling | force | exploitation | purposive | a1..a3 | |
                2014-05-01 | 1 | inadequate | handling | force | exploitation | purposive | b1..b4 | |
                """);
        assertThat(judged.rows(
                        "grading_case_share", "period, share, share_low, interval_reason, change_reason", GOOD_BY_YEAR))
                .containsExactly(
                        "2013/14|1.0|null|" + picked + "|" + picked, "2014/15|0.0|null|" + picked + "|" + picked);
        assertThat(judged.rows("grading_change", "period, fisher_p, test_reason", YEARS))
                .containsExactly("2014/15|null|" + picked);
        assertThat(judged.rows("grading_trend", "grade, p, test_reason", YEARS))
                .containsExactly(
                        "all|null|" + picked,
                        "good|null|" + picked,
                        "adequate|null|" + picked,
                        "requires improvement|null|" + picked);
    }

    @Test
    void changeIsTestedOverAllGrades() {
        // 5 of 10 good and 9 of 10, 14 of 20 in all: x of the first 10 with probability C(10,x) C(10,14-x) / C(20,14).
        // x = 5: 252 * 10, x = 4: 210 * 1 of 38760, and the same on the other side: 5460/38760
        assertThat(TestJudgements.of(TWICE)
                        .rows(
                                "grading_change",
                                "period, previous_period, case_total_count, previous_case_total_count, "
                                        + "repeated_case_count, fisher_p, comparison_count, fisher_p_adjusted, "
                                        + "test_reason",
                                YEARS))
                .containsExactly("2014/15|2013/14|10|10|2|0.140866873065|1|0.140866873065|null");
    }

    @Test
    void changeIsNotTestedOfTwoCasesOrAnotherKind() {
        assertThat(TestJudgements.of("""
                        2014-08-01 | 1 | good       | planning | force | robbery | random  | a1..a9 | |
                        2014-11-01 | 1 | inadequate | planning | force | robbery | random  | b1..b2 | |
                        2015-02-01 | 1 | good       | planning | force | robbery | random  | c1..c3 | |
                        2015-05-01 | 2 | good       | planning | force | robbery | random  | d1..d9 | |
                        """)
                        .rows(
                                "grading_change",
                                "period, fisher_p, comparison_count, test_reason",
                                Map.of("period_kind", "quarter")))
                .containsExactly(
                        "2014 Q4|null|0|too few cases: 2",
                        "2015 Q1|null|0|the period from 2014-10-01: too few cases: 2");
    }

    @Test
    void periodThatIsNotOverIsNotTested() {
        assertThat(TestJudgements.of("""
                        2014-05-01 | 1 | good       | planning | force | robbery | random | a1..a9 | |
                        2015-05-01 | 1 | inadequate | planning | force | robbery | random | b1..b9 | |
                        """)
                        .rows(
                                "grading_change",
                                "period, case_total_count, fisher_p, comparison_count, test_reason, is_partial",
                                YEARS))
                .containsExactly(
                        "2015/16|9|null|0|the period is not over: it is tested once, when all its cases are known"
                                + "|true");
    }

    @Test
    void trendWithManyCasesIsThatOfTheNormalApproximation() {
        // 30, 35 and 45 of 100: p0 = 110/300, T = -1*30 + 1*45 = 15 about a mean time of 1, var = p0 (1 - p0) * 200,
        // z = 15 / sqrt(46.4444) = 2.2010. The source begins in May of the first year
        assertThat(TestJudgements.of("""
                        2011-05-01 | 1 | good       | planning | force | robbery | all | a1..a30 | |
                        2011-05-02 | 1 | inadequate | planning | force | robbery | all | b1..b70 | |
                        2012-05-01 | 1 | good       | planning | force | robbery | all | c1..c35 | |
                        2012-05-01 | 1 | inadequate | planning | force | robbery | all | d1..d65 | |
                        2013-05-01 | 1 | good       | planning | force | robbery | all | e1..e45 | |
                        2013-05-01 | 1 | inadequate | planning | force | robbery | all | f1..f55 | |
                        """)
                        .rows(
                                "grading_trend",
                                "first_period, first_judged_on, grade, z, p_method, comparison_count",
                                Map.of("period_kind", "financial year", "grade", "good")))
                .containsExactly("2011/12|2011-05-01|good|2.2010219462|normal approximation|3");
    }

    @Test
    void trendIsOfWholePeriodsWithTheirDistanceInTime() {
        // shares of good 3/10, 6/10, 9/10 in 2011/12, 2012/13 and 2014/15: times 0, 1 and 3; 2015/16 is not over.
        // p0 = 0.6, mean time 4/3: T = -4/3*(3-6) - 1/3*(6-6) + 5/3*(9-6) = 9,
        // var = 0.24 * 10 * (16/9 + 1/9 + 25/9) = 0.24 * 10 * 42/9 = 11.2, z = 9 / sqrt(11.2). Of the 10 of a year
        // 4 are expected not to be good: p is exact, 37313/3459729 (ExactTrendTest)
        assertThat(TestJudgements.of("""
                        2011-05-01 | 1 | good       | planning | force | robbery | all | a1..a3 | |
                        2011-05-01 | 1 | adequate   | planning | force | robbery | all | b1..b7 | |
                        2012-05-01 | 1 | good       | planning | force | robbery | all | c1..c6 | |
                        2012-05-01 | 1 | adequate   | planning | force | robbery | all | d1..d4 | |
                        2014-05-01 | 1 | good       | planning | force | robbery | all | e1..e8 | |
                        2014-05-01 | 1 | good       | planning | force | robbery | all | a1     | |
                        2014-05-01 | 1 | adequate   | planning | force | robbery | all | f1     | |
                        2015-05-01 | 1 | inadequate | planning | force | robbery | all | g1..g9 | |
                        """)
                        .rows(
                                "grading_trend",
                                "first_period, last_period, period_count, case_total_count, repeated_case_count, "
                                        + "grade, first_share, last_share, first_mean_rank, last_mean_rank, z, "
                                        + "p, p_method, comparison_count, test_reason",
                                YEARS))
                .containsExactly(
                        // the same association with the divisor N - 1: -9 / sqrt(11.2) * sqrt(29/30)
                        "2011/12|2014/15|3|30|1|all|null|null|1.7|1.1|-2.644063431269|0.010784948763|exact|1|null",
                        "2011/12|2014/15|3|30|1|good|0.3|0.9|null|null|2.689264371002|0.010784948763|exact|1|null",
                        "2011/12|2014/15|3|30|1|adequate|1.0|1.0|null|null|null|null|null|1|no case, or every case, "
                                + "got this grade or a better one",
                        "2011/12|2014/15|3|30|1|requires improvement|1.0|1.0|null|null|null|null|null|1|no case, or "
                                + "every case, got this grade or a better one");
    }

    @Test
    void unitsAreComparedWithAllOfThem() {
        TestJudgements judged = TestJudgements.of("""
                2014-05-01 | 1 | good     | planning | force | robbery | all | a1..a90 | | | north
                2014-05-01 | 1 | adequate | planning | force | robbery | all | b1..b10 | | | north
                2014-05-01 | 1 | good     | planning | force | robbery | all | c1..c50 | | | south
                2014-05-01 | 1 | adequate | planning | force | robbery | all | d1..d50 | | | south
                2014-05-01 | 1 | good     | planning | force | robbery | all | e1..e2  | | | west
                2014-05-01 | 1 | adequate | planning | force | robbery | all | f1..f2  | | | west
                2014-05-01 | 1 | good     | planning | force | robbery | all | g1..g7  | |
                """);
        // 142 of 204 are good: 0.696078 +- z * sqrt(0.696078 * 0.303922 / n)
        assertThat(judged.rows(
                        "grading_funnel",
                        "unit, case_count, case_total_count, share, unit_count, all_share, low_95, high_998, position, "
                                + "is_rough, limits_reason",
                        Map.of("grade", "good")))
                .containsExactly(
                        "(not recorded)|7|7|1.0|3|null|null|null|null|null|the unit is not recorded",
                        "north|90|100|0.9|3|0.696078431373|0.6059300485|0.838213413086|above 99.8 % limit|false|null",
                        "south|50|100|0.5|3|0.696078431373|0.6059300485|0.838213413086|below 99.8 % limit|false|null",
                        "west|2|4|0.5|3|0.696078431373|0.245336517008|1.0|within limits|true|null");
        assertThat(judged.rows("grading_funnel", "unit, position, limits_reason", Map.of("grade", "adequate")))
                .contains("west|null|no case, or every case, of the units got this grade or a better one");
    }

    @Test
    void twoUnitsAreNoFunnelAndWithoutUnitsThereIsNone() {
        assertThat(TestJudgements.of("""
                        2014-05-01 | 1 | good     | planning | force | robbery | all | a1..a9 | | | north
                        2014-05-01 | 1 | adequate | planning | force | robbery | all | b1..b9 | | | south
                        """)
                        .rows("grading_funnel", "unit, low_95, limits_reason", Map.of("grade", "good")))
                .containsExactly(
                        "north|null|fewer than three units to compare: 2",
                        "south|null|fewer than three units to compare: 2");
        assertThat(TestJudgements.of(TWICE).rows("grading_funnel", "unit", Map.of()))
                .isEmpty();
    }

    @Test
    void countsOfASourceAreTestedAsTheyAre() {
        TestJudgements judged = TestJudgements.of("""
                2011-05-01 | 1 | good       | areas | inspectorate | forces | all | R1 | 10 | 20
                2011-05-01 | 1 | adequate   | areas | inspectorate | forces | all | R1 | 10 | 20
                2012-05-01 | 1 | good       | areas | inspectorate | forces | all | R2 | 15 | 20
                2012-05-01 | 1 | adequate   | areas | inspectorate | forces | all | R2 | 5  | 20
                2013-05-01 | 1 | good       | areas | inspectorate | forces | all | R3 | ?  | 20
                2013-05-01 | 1 | adequate   | areas | inspectorate | forces | all | R3 | 2  | 20
                """);
        assertThat(judged.rows("grading_case_share", "period", Map.of())).isEmpty();
        assertThat(judged.rows(
                        "grading_change",
                        "period, case_total_count, repeated_case_count, fisher_p, test_reason",
                        YEARS))
                .containsExactly(
                        "2012/13|20|null|0.190792572328|null",
                        "2013/14|null|null|null|the number of judgements is not known for every grade");
        assertThat(judged.rows("grading_trend", "grade, case_total_count, test_reason", YEARS))
                .contains("all|null|the period from 2013-04-01: the number of judgements is not known for every grade");
    }

    @Test
    void yearThatIsNotKnownToItsEndHasNoFigures() {
        assertThat(TestJudgements.of(TWICE)
                        .knownTo("2014-12-31", "feed audits is late")
                        .rows(
                                "grading_change",
                                "period, case_total_count, fisher_p, is_available, unavailable_reason",
                                YEARS))
                .containsExactly("2014/15|null|null|false|feed audits is late");
        assertThat(TestJudgements.of(TWICE)
                        .knownTo("2014-12-31", "feed audits is late")
                        .rows("grading_trend", "last_period, period_count, test_reason", Map.of("grade", "all")))
                .contains("2013/14|1|fewer than three whole periods: 1");
    }
}
