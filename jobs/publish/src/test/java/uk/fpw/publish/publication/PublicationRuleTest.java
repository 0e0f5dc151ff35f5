package uk.fpw.publish.publication;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import uk.fpw.publish.publication.PublicationRule.GradeCount;
import uk.fpw.publish.publication.PublicationRule.GradedCases;
import uk.fpw.publish.publication.PublicationRule.QueueCounts;
import uk.fpw.warehouse.store.ledger.Publications.Row;

class PublicationRuleTest {

    private static final Quarter QUARTER = Quarter.parse("2015Q1");

    @Test
    void smallCountsAreLeftOutAndOthersRoundedToTheNearestFive() {
        assertThat(PublicationRule.rows(
                        QUARTER,
                        List.of(
                                new QueueCounts("seized", "Seized", 1232, 34),
                                new QueueCounts("first_look", "First look", 0, 35),
                                new QueueCounts("interview", "Interview", 38, 42)),
                        List.of()))
                .containsExactly(
                        new Row("waiting", "2015Q1", "first_look", "First look", null, 35),
                        new Row("received", "2015Q1", "interview", "Interview", null, 40),
                        new Row("waiting", "2015Q1", "interview", "Interview", null, 40),
                        new Row("received", "2015Q1", "seized", "Seized", null, 1230));
        assertThat(IntStream.rangeClosed(35, 43)
                        .mapToLong(PublicationRule::rounded)
                        .toArray())
                .containsExactly(35, 35, 35, 40, 40, 40, 40, 40, 45);
    }

    @Test
    void gradesThatAreLeftOutAreTogetherThirtyFiveOrMore() {
        assertThat(grades(120, 80, 40)).containsExactly("1: 120", "2: 80", "3: 40");
        assertThat(grades(120, 34, 1)).containsExactly("1: 120");
        assertThat(grades(120, 80, 1)).containsExactly("1: 120");
        assertThat(grades(120, 80, 0)).containsExactly("1: 120");
        assertThat(grades(71, 29)).isEmpty();
        // a tie: the worse grade goes
        assertThat(grades(50, 50, 10)).containsExactly("1: 50");
        assertThat(grades(60, 39)).as("99 cases").isEmpty();
        assertThat(grades(60, 40)).containsExactly("1: 60", "2: 40");
    }

    @Test
    void themesOfASchemeAreWholeOrNotThere() {
        GradedCases care = cases("care", "closed", 120, 80, 35);
        GradedCases records = cases("records", "closed", 120, 34, 81);
        assertThat(graded(care, records)).containsExactly("care 1: 120", "care 2: 80", "care 3: 35");
        // the other theme has too few cases to be published: this one is the only one
        assertThat(graded(cases("care", "closed", 60, 39), records)).containsExactly("records 1: 120");
        assertThat(graded(records, cases(null, "closed", 120, 34, 81))).isEmpty();
    }

    @Test
    void ofAThemeTheLargestSetOfCasesIsPublished() {
        assertThat(graded(
                        cases("care", "closed in one district", 70, 50),
                        cases("care", "closed", 150, 90),
                        cases("care", "closed in another district", 80, 40)))
                .containsExactly("care 1: 150", "care 2: 90");
        // of two with as many cases always the same
        assertThat(graded(cases("care", "b", 60, 40), cases("care", "a", 50, 50)))
                .containsExactly("care 1: 50", "care 2: 50");
    }

    private static List<String> graded(GradedCases... cases) {
        return PublicationRule.rows(QUARTER, List.of(), List.of(cases)).stream()
                .map(row -> requireNonNull(row.graded()).theme() + " "
                        + requireNonNull(row.graded()).grade() + ": " + row.count())
                .toList();
    }

    @Test
    void plannedAreAllFiguresThatAreNotTooSmall() {
        assertThat(PublicationRule.planned(
                        List.of(new QueueCounts("seized", "Seized", 1, 2)), List.of(scheme(120, 80, 1))))
                .isEqualTo(5);
    }

    /** The numbers that are printed are those of the rule. */
    @Test
    void theTextSaysWhatIsDone() {
        assertThat(String.join("\n", PublicationRule.words()))
                .contains("nearest multiple of " + PublicationRule.STEP + ": 38 to 42 become 40")
                .contains("A count of fewer than " + PublicationRule.FEWEST + " is left out")
                .contains("no count of fewer than " + PublicationRule.PROTECTED + " can be worked out")
                .contains("theme with " + PublicationRule.FEWEST_CASES + " or more cases")
                .contains("together fewer than " + PublicationRule.FEWEST);
    }

    @Test
    void quartersBeginAndEndWithMonths() {
        assertThat(QUARTER.startOn()).hasToString("2015-01-01");
        assertThat(QUARTER.endOn()).hasToString("2015-03-31");
        assertThat(QUARTER.financialYear()).isEqualTo("2014/15");
        assertThat(Quarter.parse("2015-Q4").financialYear()).isEqualTo("2015/16");
        assertThat(Quarter.of(Quarter.parse("2015Q3").endOn())).hasToString("2015Q3");
    }

    private static List<String> grades(int... counts) {
        return PublicationRule.rows(QUARTER, List.of(), List.of(scheme(counts))).stream()
                .map(row -> requireNonNull(row.graded()).grade() + ": " + row.count())
                .toList();
    }

    /** Cases whose grades are called by their rank, of a scheme with no other theme. */
    static GradedCases scheme(int... counts) {
        return cases(null, null, counts);
    }

    static GradedCases cases(@Nullable String theme, @Nullable String population, int... counts) {
        List<GradeCount> grades = new ArrayList<>();
        for (int count : counts) {
            grades.add(new GradeCount(String.valueOf(grades.size() + 1), grades.size() + 1, count));
        }
        return new GradedCases(
                "audit",
                "Audits",
                1,
                theme,
                population,
                "random",
                IntStream.of(counts).sum(),
                grades);
    }
}
