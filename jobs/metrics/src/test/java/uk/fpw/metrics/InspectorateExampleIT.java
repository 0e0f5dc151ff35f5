package uk.fpw.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import uk.fpw.warehouse.force.Force;
import uk.fpw.warehouse.force.ForceFolder;
import uk.fpw.warehouse.message.MetricsResult;
import uk.fpw.warehouse.message.MetricsResult.Excluded;
import uk.fpw.warehouse.message.MetricsResult.FeedAccount;

/**
 * Figures of inspections as actually printed ({@code examples/uk-inspectorate}): each of their traps is detected, and
 * none is corrected.
 */
@Tag("thorough")
class InspectorateExampleIT {

    private static final SparkTestWarehouse WAREHOUSE = SparkTestWarehouse.instance();

    private static MetricsResult result = MetricsResult.computed(List.of(), List.of(), List.of(), List.of(), List.of());

    @BeforeAll
    static void computeTheNight() {
        Force force = ForceFolder.read(Path.of("../../examples/uk-inspectorate"));
        for (String feed : List.of("case_audits", "peel_grades")) {
            String file = feed.equals("case_audits") ? "child_protection_case_audits.csv" : "peel_grades.csv";
            WAREHOUSE.load(
                    force.feed(feed),
                    WAREHOUSE.csv(force.feed(feed), "../../../../../examples/uk-inspectorate/drop/" + file));
        }
        // in several tasks, so that each scheme has its own
        result = WAREHOUSE.computeSpread(force, LocalDate.of(2025, 5, 31), "2025-05-31.1");
        assertThat(result.errors()).isEmpty();
    }

    @Test
    void notYetGradedIsNoGradeAndIsCountedAmongWhatIsExcluded() {
        assertThat(result.accounts())
                .containsExactly(
                        new FeedAccount("case_audits", 3, 3, List.of()),
                        new FeedAccount("peel_grades", 31, 29, List.of(new Excluded("GRADE_NOT_IN_SCHEME", 2))));
        assertThat(WAREHOUSE.rows("select row_key from fpw.core.exclusion order by row_key"))
                .containsExactly("wm-2016-effectiveness-interim", "wm-2017-effectiveness-interim");
    }

    @Test
    void gradesOfEachCycleAreThoseOfThePages() {
        assertThat(WAREHOUSE.rows("""
                select
                    population, scheme_version, array_join(transform(array_sort(collect_list(struct(grade_rank, \
                concat(judgement_count, ' ', grade) as shown))), one -> one.shown), ', ')
                from fpw.mart.grading_share
                where scheme = 'peel' and period_kind = 'quarter' and judgement_count > 0
                group by population, scheme_version
                order by population"""))
                .containsExactly(
                        "England and Wales (43 forces), PEEL 2014|1|5 outstanding, 35 good, 3 requires improvement",
                        "West Mercia, PEEL 2015|1|1 good, 2 requires improvement",
                        "West Mercia, PEEL 2016 (interim page)|1|2 good",
                        "West Mercia, PEEL 2017|1|1 good, 2 requires improvement",
                        "West Mercia, PEEL 2017 (interim page)|1|1 good, 1 requires improvement",
                        "West Mercia, PEEL 2018/19|1|3 requires improvement",
                        "West Mercia, PEEL 2021/22|2|1 good, 4 adequate, 3 requires improvement",
                        "West Mercia, PEEL 2023-25|2|1 good, 4 adequate, 4 requires improvement");
    }

    @Test
    void noCycleIsComparedWithAnother() {
        assertThat(WAREHOUSE.rows("select count(*) from fpw.mart.grading_share where share_change is not null"))
                .containsExactly("0");
        assertThat(WAREHOUSE.rows("""
                select distinct change_reason
                from fpw.mart.grading_share
                where population in ('West Mercia, PEEL 2015', 'West Mercia, PEEL 2021/22') and period_kind = 'quarter'
                order by change_reason"""))
                .containsExactly(
                        "what was judged before is of another kind: population 'England and Wales (43 forces), "
                                + "PEEL 2014'",
                        "what was judged before is of another kind: version 1 of the scheme");
    }

    @Test
    void gradesThatDoNotAddUpAreFlaggedAndAGradeThatIsNotKnownIsNotWorkedOut() {
        assertThat(WAREHOUSE.rows("""
                select
                    population, assessor, array_join(transform(array_sort(collect_list(struct(grade_rank, \
                coalesce(cast(judgement_count as string), '-') as shown))), one -> one.shown), ' '),
                    max(judgement_total_count), max(stated_case_count), max(stated_difference_count), max(adds_up), \
                count(share)
                from fpw.mart.grading_share
                where scheme = 'case_audit' and period_kind = 'financial year'
                group by population, assessor
                order by population, assessor"""))
                .containsExactly(
                        "West Yorkshire, cases that the force audited|force|17 8 5 3|33|33|0|true|4",
                        "West Yorkshire, cases that the force audited|inspectorate|9 8 7 10|34|33|1|false|4",
                        "West Yorkshire, further cases|inspectorate|17 20 12 -|null|64|null|null|0");
    }

    @Test
    void totalsSayNothingOfHowFarAssessorsAgree() {
        assertThat(WAREHOUSE.rows("select count(*) from fpw.mart.grading_agreement"))
                .containsExactly("0");
    }

    @Test
    void devicesOfDifferentForcesAreNotComparableAndThePrintedTotalDiffers() {
        assertThat(WAREHOUSE.rows("""
                select verdict, count(*), max(difference)
                from fpw.mart.published_fact
                group by verdict
                order by verdict""")).containsExactly("differs by|1|1.0", "not comparable|11|null");
        assertThat(WAREHOUSE.rows("""
                select reason
                from fpw.mart.published_fact
                where fact in ('cases_graded_again', 'devices_england_and_wales_2019')
                order by fact"""))
                .containsExactly(
                        "ours is 34, which does not meet '33'",
                        "totals over different sets of forces, each counting in its own way, cannot be compared "
                                + "with one another or with one force");
    }
}
