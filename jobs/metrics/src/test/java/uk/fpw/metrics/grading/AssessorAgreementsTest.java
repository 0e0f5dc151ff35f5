package uk.fpw.metrics.grading;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Two assessors on the same cases; the business date is 2015-06-30. */
@Tag("time-zone")
class AssessorAgreementsTest {

    /** By rank: 1-1, 1-2, 2-2, 2-2, 2-2, 2-3, 3-3; on an eighth the inspectorate is undecided. */
    private static final String SEVEN = """
            2015-05-01 | 2 | good                 | records | force        | both | random | p1..p2 | |
            2015-05-01 | 2 | requires improvement | records | force        | both | random | p3..p6 | |
            2015-05-01 | 2 | inadequate           | records | force        | both | random | p7     | |
            2015-05-02 | 2 | good                 | records | force        | both | random | p8     | |
            2015-06-01 | 2 | good                 | records | inspectorate | both | random | p1     | |
            2015-06-01 | 2 | requires improvement | records | inspectorate | both | random | p2..p5 | |
            2015-06-02 | 2 | inadequate           | records | inspectorate | both | random | p6..p7 | |
            2015-06-03 | 2 | good                 | records | inspectorate | both | random | p8     | |
            2015-06-03 | 2 | inadequate           | records | inspectorate | both | random | p8     | |
            """;

    private static final String COUNTS =
            "theme, first_assessor, second_assessor, pair_count, unclear_case_count, agreed_count, "
                    + "first_better_count, second_better_count";

    @Test
    void assessorsAreComparedOnTheCasesThatBothJudged() {
        assertThat(TestJudgements.of(SEVEN)
                        .agreements(COUNTS
                                + ", agreed_share, kappa, linear_kappa, quadratic_kappa, "
                                + "kappa_reason, first_judged_on, last_judged_on, "
                                + "contributor_count"))
                .containsExactly("records|force|inspectorate|7|1|5|2|0|0.714285714286|0.51724137931|0.588235294118|0."
                        + "681818181818|null|2015-05-01|2015-06-02|8");
    }

    @Test
    void ofEachAssessorTheLatestDayCounts() {
        assertThat(TestJudgements.of("""
                        2015-05-01 | 2 | inadequate | records | force        | both | random | a | |
                        2015-05-03 | 2 | good       | records | force        | both | random | a | |
                        2015-05-02 | 2 | good       | records | inspectorate | both | random | a | |
                        2015-05-01 | 2 | inadequate | records | inspectorate | both | random | b | |
                        2015-05-01 | 2 | good       | records | force        | both | random | b | |
                        """).agreements(COUNTS + ", first_judged_on, last_judged_on"))
                .containsExactly("records|force|inspectorate|2|0|1|1|0|2015-05-01|2015-05-03");
    }

    @Test
    void judgementsThatAreNotKnownToAllOrGiveCountsOrNameNobodyAreNotCompared() {
        assertThat(TestJudgements.of("""
                        2015-05-01 | 2 | good       | records | force          | both | random | a  |   |
                        2015-05-01 | 2 | good       | records | inspectorate   | both | random | a  |   |
                        2015-06-02 | 2 | inadequate | records | inspectorate   | both | random | a  |   |
                        2015-05-01 | 2 | good       | records | (not recorded) | both | random | a  |   |
                        2015-05-01 | 2 | good       | records | reports        | both | random | a  | 1 | 1
                        """)
                        .knownTo("2015-06-01", "feed audits last loaded completely for 2015-06-01")
                        .agreements(COUNTS + ", data_as_at"))
                .containsExactly("records|force|inspectorate|1|0|1|0|0|2015-06-01");
    }

    @Test
    void whyThereIsNoKappa() {
        assertThat(TestJudgements.of("""
                        2015-05-01 | 2 | good       | same    | force        | both | random | a | |
                        2015-05-01 | 2 | good       | same    | inspectorate | both | random | a | |
                        2015-05-01 | 2 | good       | unclear | force        | both | random | b | |
                        2015-05-01 | 2 | inadequate | unclear | force        | both | random | b | |
                        2015-05-01 | 2 | good       | unclear | inspectorate | both | random | b | |
                        """)
                        .agreements("theme, pair_count, unclear_case_count, agreed_share, expected_share, "
                                + "kappa, kappa_reason, first_judged_on, contributor_count"))
                .containsExactly(
                        "same|1|0|1.0|1.0|null|both gave one and the same grade to every case: chance would agree "
                                + "as well|2015-05-01|1",
                        "unclear|0|1|null|null|null|every case that both judged is unclear|null|1");
    }

    @Test
    void everyTwoOfThreeAreComparedByThemeAndVersion() {
        assertThat(TestJudgements.of("""
                        2015-03-01 | 1 | good | records  | b | both | random | x | |
                        2015-05-01 | 2 | good | records  | a | both | random | x | |
                        2015-05-01 | 2 | good | records  | b | both | all    | x | |
                        2015-05-01 | 2 | good | records  | c | else | random | x | |
                        2015-05-01 | 2 | good | handling | c | else | random | x | |
                        """).agreements("scheme_version, " + COUNTS))
                .containsExactly("2|records|a|b|1|0|1|0|0", "2|records|a|c|1|0|1|0|0", "2|records|b|c|1|0|1|0|0");
    }
}
