package uk.fpw.metrics.grading;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import uk.fpw.metrics.grading.JudgementRules.Problem;
import uk.fpw.warehouse.force.Force;
import uk.fpw.warehouse.force.grading.GradingScheme;

/** Which judgements are usable, and the reasons for the others. */
@Tag("time-zone")
class JudgementRulesTest {

    private static final LocalDate BUSINESS_DATE = LocalDate.of(2015, 11, 18);

    private static final JudgementRules RULES = new JudgementRules(
            new Force(
                    Path.of("testshire"),
                    new Force.Identity(
                            "testshire",
                            "Testshire",
                            ZoneId.of("Europe/London"),
                            Force.Storage.embedded(Path.of("warehouse")),
                            7),
                    new Force.Sources(List.of(), List.of(), List.of()),
                    new Force.Meaning(
                            List.of(),
                            List.of(),
                            List.of(),
                            List.of(),
                            List.of(new GradingScheme(
                                    "audit",
                                    "Audit",
                                    "Audit.",
                                    true,
                                    List.of(
                                            new GradingScheme.Version(
                                                    1, LocalDate.of(2010, 1, 1), List.of("good", "poor")),
                                            new GradingScheme.Version(
                                                    2, LocalDate.of(2015, 4, 1), List.of("fine", "good"))))),
                            List.of(),
                            List.of(),
                            Force.Background.NONE),
                    "digest"),
            BUSINESS_DATE);

    private static GradedRow judgement(
            @Nullable String scheme,
            @Nullable Integer version,
            @Nullable String grade,
            String selection,
            @Nullable String day,
            @Nullable Long judged,
            @Nullable Long stated) {
        return new GradedRow(
                0,
                "unit:1",
                "unit:1",
                scheme,
                version,
                grade,
                "theme",
                "us",
                "all cases",
                selection,
                GradedRow.NOT_RECORDED,
                day == null ? null : (int) LocalDate.parse(day).toEpochDay(),
                false,
                judged,
                stated);
    }

    private static @Nullable String words(GradedRow judgement) {
        Problem problem = RULES.problem("unit:1", judgement);
        return problem == null ? null : problem + " " + RULES.reason(problem, judgement);
    }

    @Test
    void aJudgementThatSaysAllItMustCanBeUsed() {
        assertThat(words(judgement("audit", 1, "poor", "random", "2015-11-18", 1L, null)))
                .isNull();
        // on the first day of its version; the number is unknown
        assertThat(words(judgement("audit", 2, "fine", "unknown", "2015-04-01", null, 0L)))
                .isNull();
    }

    @Test
    void ofSeveralFaultsTheFirstIsNamed() {
        GradedRow nothing = judgement(null, null, null, "some", null, -1L, -1L);
        assertThat(RULES.problem(null, nothing)).isEqualTo(Problem.MISSING_ITEM);
        assertThat(words(nothing)).isEqualTo("MISSING_DATE without a date");
        assertThat(words(judgement(null, null, null, "some", "2015-11-19", -1L, -1L)))
                .isEqualTo("UNKNOWN_SCHEME by a scheme that the force folder does not have");
        assertThat(words(judgement("audit", 3, null, "some", "2015-11-19", -1L, -1L)))
                .isEqualTo("UNKNOWN_SCHEME_VERSION by a version that scheme audit does not have");
        assertThat(words(judgement("audit", null, null, "some", "2015-11-19", -1L, -1L)))
                .isEqualTo("UNKNOWN_SCHEME_VERSION by a version that scheme audit does not have");
        assertThat(words(judgement("audit", 2, "poor", "some", "2015-11-19", -1L, -1L)))
                .isEqualTo("GRADE_NOT_IN_SCHEME whose grade is not in version 2 of scheme audit");
        assertThat(words(judgement("audit", 2, "fine", "some", "2015-11-19", -1L, -1L)))
                .isEqualTo("UNKNOWN_SELECTION whose selection is not random, all, purposive or unknown");
        assertThat(words(judgement("audit", 2, "fine", "all", "2015-11-19", null, -1L)))
                .isEqualTo("INVALID_COUNT with a count below 0");
        assertThat(words(judgement("audit", 2, "fine", "all", "2015-03-31", 1L, null)))
                .isEqualTo("BEFORE_SCHEME_VERSION dated before version 2 of scheme audit was valid, on 2015-04-01");
        assertThat(words(judgement("audit", 2, "fine", "all", "2015-11-19", 1L, null)))
                .isEqualTo("AFTER_BUSINESS_DATE dated after the business date");
    }

    @Test
    void theRankOfAGradeIsItsPlaceInItsOwnVersion() {
        assertThat(RULES.rank(judgement("audit", 1, "good", "all", "2015-05-01", 1L, null)))
                .isEqualTo(1);
        assertThat(RULES.rank(judgement("audit", 2, "good", "all", "2015-05-01", 1L, null)))
                .isEqualTo(2);
    }

    @Test
    void equalJudgementsAreNumberedAmongThemselves() {
        GradedRow one = judgement("audit", 1, "good", "all", "2015-05-01", 1L, null);
        GradedRow other = judgement("audit", 1, "poor", "all", "2015-05-01", 1L, null);
        assertThat(JudgementRules.copyNumbers(List.of(one, other, one, one))).containsExactly(1, 1, 2, 3);
    }
}
