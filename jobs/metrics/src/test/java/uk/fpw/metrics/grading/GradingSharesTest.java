package uk.fpw.metrics.grading;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Judgements, and the shares computed from them; the business date is 2015-06-30. */
@Tag("time-zone")
class GradingSharesTest {

    private static final Map<String, Object> QUARTERS = Map.of("period_kind", "quarter");
    private static final Map<String, Object> GOOD_BY_QUARTER = Map.of("period_kind", "quarter", "grade", "good");

    /** Drawn at random in two quarters: 3 of 10 good, then 9 of 10. */
    private static final String TWO_QUARTERS = """
            2014-08-01 | 1 | good     | handling | force | child protection | random | a1..a3  | |
            2014-08-01 | 1 | adequate | handling | force | child protection | random | b1..b7  | |
            2014-11-01 | 1 | good     | handling | force | child protection | random | c1..c9  | |
            2014-11-01 | 1 | adequate | handling | force | child protection | random | d       | |
            """;

    @Test
    void everyGradeOfTheVersionHasARowWithItsIntervalAndItsChange() {
        assertThat(TestJudgements.of(TWO_QUARTERS)
                        .shares(
                                "period, grade, judgement_count, judgement_total_count, case_count, "
                                        + "case_total_count, share, share_low, share_high, share_change,"
                                        + " share_change_low, share_change_high, change_reason",
                                QUARTERS))
                .containsExactly(
                        "2014 Q3|good|3|10|3|10|0.3|0.107791267406|0.603221852539|null|null|null|nothing was "
                                + "judged before",
                        "2014 Q3|adequate|7|10|7|10|0.7|0.396778147461|0.892208732594|null|null|null|nothing was "
                                + "judged before",
                        "2014 Q3|requires improvement|0|10|0|10|0.0|0.0|0.277532799863|null|null|null|nothing was "
                                + "judged before",
                        "2014 Q3|inadequate|0|10|0|10|0.0|0.0|0.277532799863|null|null|null|nothing was judged before",
                        "2014 Q4|good|9|10|9|10|0.9|0.595849973205|0.982123786905|0.6|0.170522723935|0."
                                + "809017973535|null",
                        "2014 Q4|adequate|1|10|1|10|0.1|0.017876213095|0.404150026795|-0.6|-0.809017973535|-0."
                                + "170522723935|null",
                        "2014 Q4|requires "
                                + "improvement|0|10|0|10|0.0|0.0|0.277532799863|0.0|-0.277532799863|0."
                                + "277532799863|null",
                        "2014 Q4|inadequate|0|10|0|10|0.0|0.0|0.277532799863|0.0|-0.277532799863|0.277532799863|null");
    }

    @Test
    void financialYearsBeginInAprilAndAreCountedBesideTheQuarters() {
        assertThat(TestJudgements.of("""
                        2015-03-31 | 1 | good | handling | force | burglary | random | a    | |
                        2015-04-01 | 2 | good | handling | force | burglary | random | b    | |
                        """)
                        .shares(
                                "period_kind, period, period_start_on, period_end_on, judgement_count, is_partial",
                                Map.of("grade", "good")))
                .containsExactly(
                        "financial year|2014/15|2014-04-01|2015-03-31|1|false",
                        "quarter|2015 Q1|2015-01-01|2015-03-31|1|false",
                        "financial year|2015/16|2015-04-01|2016-03-31|1|true",
                        "quarter|2015 Q2|2015-04-01|2015-06-30|1|false");
        assertThat(TestJudgements.of("1999-04-01 | 1 | good | handling | force | burglary | random | | |")
                        .shares("period", Map.of("grade", "good")))
                .containsExactly("1999/00", "1999 Q2");
    }

    @Test
    void sevenPickedCasesHaveSharesAndNothingToConcludeFromThem() {
        String picked = "the cases were picked (purposive): their shares say nothing of other cases";
        assertThat(TestJudgements.of("""
                        2014-02-01 | 1 | good       | handling | force | exploitation | random    | a1..a70 | |
                        2015-02-01 | 1 | good       | handling | force | exploitation | purposive | b1..b3  | |
                        2015-02-01 | 1 | inadequate | handling | force | exploitation | purposive | c1..c4  | |
                        """)
                        .shares(
                                "grade, judgement_count, judgement_total_count, share_low, interval_reason, "
                                        + "share_change, change_reason",
                                Map.of("period", "2015 Q1", "grade", "good")))
                .containsExactly("good|3|7|null|" + picked + "|null|" + picked);
    }

    @Test
    void whyThereIsNoInterval() {
        assertThat(TestJudgements.of("""
                        2014-08-01 | 1 | good     | planning | force | (not recorded) | random  |       |   |
                        2014-08-01 | 1 | good     | planning | force | burglary       | unknown |       |   |
                        2014-08-01 | 1 | good     | planning | force | robbery        | random  | twice |   |
                        2014-09-01 | 1 | adequate | planning | force | robbery        | random  | twice |   |
                        2014-09-01 | 1 | good     | planning | force | theft          | all     | R1    | 0 | 0
                        """)
                        .shares(
                                "population, judgement_total_count, case_total_count, share, interval_reason",
                                GOOD_BY_QUARTER))
                .containsExactly(
                        "(not recorded)|1|1|1.0|it is not recorded from which cases the judged ones were taken",
                        "burglary|1|1|1.0|it is not known how the cases were selected",
                        "robbery|2|1|0.5|a case was judged more than once: the judgements do not stand for as many "
                                + "cases",
                        "theft|0|null|null|nothing was judged");
    }

    @Test
    void previousPeriodWithoutAnIntervalGivesNoChange() {
        assertThat(TestJudgements.of("""
                        2014-08-01 | 1 | good     | planning | force | robbery | random | twice | |
                        2014-09-01 | 1 | adequate | planning | force | robbery | random | twice | |
                        2015-02-01 | 1 | good     | planning | force | robbery | random | b     | |
                        2015-05-01 | 1 | good     | planning | force | robbery | random | c     | |
                        """)
                        .shares(
                                "period, previous_period_start_on, previous_share, share_change, change_reason",
                                GOOD_BY_QUARTER))
                .containsExactly(
                        "2014 Q3|null|null|null|a case was judged more than once: the judgements do not stand for "
                                + "as many cases",
                        "2015 Q1|2014-07-01|null|null|the period from 2014-07-01: a case was judged more than "
                                + "once: the judgements do not stand for as many cases",
                        "2015 Q2|2015-01-01|1.0|0.0|null");
    }

    @Test
    void whatWasJudgedBeforeIsNamedByTheFirstThingInWhichItDiffers() {
        String then = "2014-08-01 | 1 | good | handling | force | burglary | random | a | |\n";
        assertThat(change(then, "2015-05-01 | 2 | good | handling | force     | burglary | random | b | |"))
                .isEqualTo("version 1 of the scheme");
        assertThat(change(then, "2015-05-01 | 1 | good | handling | force     | robbery  | random | b | |"))
                .isEqualTo("population 'burglary'");
        assertThat(change(then, "2015-05-01 | 1 | good | handling | force     | burglary | all    | b | |"))
                .isEqualTo("selection 'random'");
        assertThat(change(then, "2015-05-01 | 1 | good | records  | force     | burglary | random | b | |"))
                .isEqualTo("theme 'handling'");
        assertThat(change(then, "2015-05-01 | 1 | good | handling | inspector | burglary | random | b | |"))
                .isEqualTo("assessor 'force'");
    }

    @Test
    void ofSeveralThatWereJudgedBeforeTheLatestIsNamedAndOfThoseTheMostAlike() {
        String now = "2015-05-01 | 1 | good | handling | force | burglary | random | z | |";
        assertThat(change("""
                2014-08-01 | 1 | good | handling | inspector | burglary | random | a | |
                2014-11-01 | 1 | good | records  | force     | robbery  | random | b | |
                """, now)).isEqualTo("population 'robbery'");
        assertThat(change("""
                2014-11-01 | 1 | good | records  | force     | burglary | random | a | |
                2014-11-01 | 1 | good | handling | force     | robbery  | random | b | |
                """, now)).isEqualTo("theme 'records'");
        // among equally similar series the last by name, in the order of code points: an emoji comes after the
        // full-width letter
        assertThat(change("""
                2014-11-01 | 1 | good | handling | ｆorce     | burglary | random | a | |
                2014-11-01 | 1 | good | handling | \uD83D\uDE00 | burglary | random | b | |
                """, now)).isEqualTo("assessor '\uD83D\uDE00'");
        // a later version, even if it differs in everything else, comes before an earlier one
        assertThat(change("""
                2014-11-01 | 1 | good | handling | inspector | burglary | random  | a | |
                2014-11-01 | 2 | good | records  | inspector | robbery  | unknown | b | |
                """, now)).isEqualTo("version 2 of the scheme");
    }

    private static String change(String before, String now) {
        String reason = TestJudgements.of(before + now)
                .shares("change_reason", Map.of("period", "2015 Q2", "grade", "good"))
                .get(0);
        String words = "what was judged before is of another kind: ";
        assertThat(reason).startsWith(words);
        return reason.substring(words.length());
    }

    @Test
    void printedTotalsAreFlaggedAndNotForced() {
        assertThat(TestJudgements.of("""
                        2014-12-01 | 1 | good                 | handling | force        | cases | all | R1 | 17 | 33
                        2014-12-01 | 1 | adequate             | handling | force        | cases | all | R1 | 8  | 33
                        2014-12-01 | 1 | requires improvement | handling | force        | cases | all | R1 | 5  | 33
                        2014-12-01 | 1 | inadequate           | handling | force        | cases | all | R1 | 3  | 33
                        2014-12-01 | 1 | good                 | handling | inspectorate | cases | all | R2 | 9  | 33
                        2014-12-01 | 1 | adequate             | handling | inspectorate | cases | all | R2 | 8  | 33
                        2014-12-01 | 1 | requires improvement | handling | inspectorate | cases | all | R2 | 7  | 33
                        2014-12-01 | 1 | inadequate           | handling | inspectorate | cases | all | R2 | 10 | 33
                        """)
                        .shares(
                                "assessor, judgement_count, judgement_total_count, case_total_count, "
                                        + "stated_case_count, stated_difference_count, adds_up, "
                                        + "interval_reason",
                                QUARTERS))
                .containsExactly(
                        "force|17|33|null|33|0|true|null",
                        "force|8|33|null|33|0|true|null",
                        "force|5|33|null|33|0|true|null",
                        "force|3|33|null|33|0|true|null",
                        "inspectorate|9|34|null|33|1|false|null",
                        "inspectorate|8|34|null|33|1|false|null",
                        "inspectorate|7|34|null|33|1|false|null",
                        "inspectorate|10|34|null|33|1|false|null");
    }

    @Test
    void gradesThatAreNotMentionedAreNoneOnlyWhereTheOthersAreAllThereWere() {
        String unknown = "|null|null|the number of judgements is not known for every grade";
        assertThat(TestJudgements.of("""
                        2014-12-01 | 1 | good | handling | five of five | cases | all | R4 | 5 | 5
                        2014-12-01 | 1 | good | handling | five of six  | cases | all | R5 | 5 | 6
                        2014-12-01 | 1 | good | handling | not stated   | cases | all | R6 | 5 |
                        2014-12-01 | 1 | good | handling | not known    | cases | all | R7 | ? | 5
                        """)
                        .shares(
                                "assessor, grade, judgement_count, judgement_total_count, share, interval_reason",
                                Map.of("period_kind", "quarter", "period", "2014 Q4")))
                .filteredOn(row -> row.contains("|good|") || row.contains("|adequate|"))
                .containsExactly(
                        "five of five|good|5|5|1.0|null",
                        "five of five|adequate|0|5|0.0|null",
                        "five of six|good|5" + unknown,
                        "five of six|adequate|null" + unknown,
                        "not known|good|null" + unknown,
                        "not known|adequate|null" + unknown,
                        "not stated|good|5" + unknown,
                        "not stated|adequate|null" + unknown);
    }

    @Test
    void statedTotalsOfSeveralReportsAddUpAndOneThatContradictsItselfStatesNone() {
        assertThat(TestJudgements.of("""
                        2014-10-01 | 1 | good     | handling | both  | cases | all | R1 | 5 | 5
                        2014-11-01 | 1 | good     | handling | both  | cases | all | R2 | 4 | 6
                        2014-11-01 | 1 | adequate | handling | both  | cases | all | R2 | 2 | 6
                        2014-11-01 | 1 | good     | handling | other | cases | all | R3 | 4 | 6
                        2014-11-01 | 1 | adequate | handling | other | cases | all | R3 | 2 | 7
                        """)
                        .shares("assessor, judgement_total_count, stated_case_count, adds_up", GOOD_BY_QUARTER))
                .containsExactly("both|11|11|true", "other|null|null|null");
    }

    @Test
    void numberOfAuditedCasesStandsOnEveryCaseAndOnlyInAPeriodThatHoldsTheAudit() {
        assertThat(TestJudgements.of("""
                        2014-10-01 | 1 | good     | handling | whole     | cases | all | a1..a2 | | 3
                        2014-11-01 | 1 | adequate | handling | whole     | cases | all | a3     | | 3
                        2014-10-01 | 1 | good     | handling | runs over | cases | all | b1..b2 | | 3
                        2015-01-01 | 1 | good     | handling | runs over | cases | all | b3     | | 3
                        2014-10-01 | 1 | good     | handling | some say  | cases | all | c1..c2 | | 3
                        2014-10-01 | 1 | good     | handling | some say  | cases | all | c3     | |
                        """)
                        .shares(
                                "assessor, period, judgement_total_count, stated_case_count, "
                                        + "stated_difference_count, adds_up",
                                GOOD_BY_QUARTER))
                .containsExactly(
                        "runs over|2014 Q4|2|null|null|null",
                        "runs over|2015 Q1|1|null|null|null",
                        "some say|2014 Q4|3|null|null|null",
                        "whole|2014 Q4|3|3|0|true");
        assertThat(TestJudgements.of("""
                        2014-10-01 | 1 | good | handling | runs over | cases | all | b1..b2 | | 3
                        2015-01-01 | 1 | good | handling | runs over | cases | all | b3     | | 3
                        """)
                        .shares("period, stated_case_count", Map.of("period", "2014/15", "grade", "good")))
                .containsExactly("2014/15|3");
    }

    @Test
    void casesAndPeopleAreCountedOnceAndNotOfAGradeOfWhichThereIsNone() {
        assertThat(TestJudgements.of("""
                        2014-10-01 | 1 | good | handling | force   | cases | random | a  |   |
                        2014-11-01 | 1 | good | handling | force   | cases | random | a  |   |
                        2014-11-01 | 1 | good | handling | reports | cases | random | R1 | 0 | 2
                        2014-11-01 | 1 | good | handling | reports | cases | random | R2 | ? | 2
                        """)
                        .shares("assessor, judgement_count, case_count, contributor_count", GOOD_BY_QUARTER))
                .containsExactly("force|2|1|1", "reports|null|null|1");
    }

    @Test
    void periodThatIsNotKnownToItsEndHasNoFiguresButAReason() {
        String columns =
                "period, is_available, unavailable_reason, judgement_count, judgement_total_count, share, share_low,"
                        + " previous_share, share_change, case_count, contributor_count, stated_case_count, "
                        + "adds_up, data_as_at";
        TestJudgements judgements = TestJudgements.of(TWO_QUARTERS)
                .knownTo("2014-12-30", "feed audits last loaded completely for 2014-12-30");

        assertThat(judgements.shares(columns, GOOD_BY_QUARTER))
                .containsExactly(
                        "2014 Q3|true|null|3|10|0.3|0.107791267406|null|null|3|3|null|null|2014-12-30",
                        "2014 Q4|false|feed audits last loaded completely for "
                                + "2014-12-30|null|null|null|null|null|null|null|null|null|null|2014-12-30");
        assertThat(judgements.shares(
                        "period, period_end_on, is_partial, is_available",
                        Map.of("period_kind", "financial year", "grade", "good")))
                .containsExactly("2014/15|2015-03-31|false|false");
    }

    @Test
    void unfinishedPeriodIsAvailableIfItIsKnownToTheBusinessDate() {
        assertThat(TestJudgements.of("2015-05-01 | 2 | good | handling | force | cases | random | | |")
                        .shares("period, is_partial, is_available, is_provisional", Map.of("grade", "good")))
                .containsExactly("2015/16|true|true|false", "2015 Q2|false|true|false");
    }
}
