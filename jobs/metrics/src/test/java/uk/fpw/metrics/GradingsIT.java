package uk.fpw.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import uk.fpw.warehouse.force.Force;
import uk.fpw.warehouse.force.feed.Feed;
import uk.fpw.warehouse.message.MetricsResult;
import uk.fpw.warehouse.message.MetricsResult.Excluded;
import uk.fpw.warehouse.message.MetricsResult.FeedAccount;
import uk.fpw.warehouse.message.MetricsResult.LaterDates;
import uk.fpw.warehouse.message.MetricsResult.OutOfScope;

/**
 * A force with judgements and published facts but no queue: shares, changes, agreement, verdicts, and the treatment
 * of unusable judgements.
 */
@Tag("thorough")
class GradingsIT {

    private static final SparkTestWarehouse WAREHOUSE = SparkTestWarehouse.instance();

    private static final List<Row> AUDITS = new ArrayList<>();

    private static MetricsResult result = MetricsResult.computed(List.of(), List.of(), List.of(), List.of(), List.of());

    @BeforeAll
    static void computeTheNight() {
        Force force = SparkTestWarehouse.force("gradings");
        // drawn at random in two quarters: 3 of 10 good, then 9 of 10
        audits(3, "2014-08-01", 1, "good", "handling", "force", "child protection", "random");
        audits(7, "2014-08-01", 1, "adequate", "handling", "force", "child protection", "random");
        audits(9, "2014-11-01", 1, "good", "handling", "force", "child protection", "random");
        audits(1, "2014-11-01", 1, "adequate", "handling", "force", "child protection", "random");
        // the list of grades changes in April 2015
        audits(5, "2015-05-01", 2, "good", "handling", "force", "child protection", "random");
        // seven cases that were hand-picked, after those above
        audits(3, "2015-02-01", 1, "good", "handling", "force", "exploitation", "purposive");
        audits(2, "2015-02-01", 1, "requires improvement", "handling", "force", "exploitation", "purposive");
        audits(2, "2015-02-01", 1, "inadequate", "handling", "force", "exploitation", "purposive");
        // population or selection is not recorded
        audits(1, "2014-08-01", 1, "good", "planning", "force", null, "random");
        audits(1, "2014-08-01", 1, "good", "planning", "force", "burglary", null);
        // one case twice
        audit("twice", "2014-08-01", 1, "good", "planning", "force", "robbery", "random");
        audit("twice", "2014-09-01", 1, "adequate", "planning", "force", "robbery", "random");
        // both assessors on the same seven cases, by rank: 1-1, 1-2, 2-2, 2-2, 2-2, 2-3, 3-3; on an eighth the
        // inspectorate is undecided
        String[] grades = {"good", "requires improvement", "inadequate"};
        int[][] pairs = {{1, 1}, {1, 2}, {2, 2}, {2, 2}, {2, 2}, {2, 3}, {3, 3}};
        for (int i = 0; i < pairs.length; i++) {
            audit("pair " + i, "2015-05-01", 2, grades[pairs[i][0] - 1], "records", "force", "both", "random");
            audit("pair " + i, "2015-06-01", 2, grades[pairs[i][1] - 1], "records", "inspectorate", "both", "random");
        }
        audit("pair 7", "2015-05-01", 2, "good", "records", "force", "both", "random");
        audit("pair 7", "2015-06-01", 2, "good", "records", "inspectorate", "both", "random");
        audit("pair 7", "2015-06-01", 2, "inadequate", "records", "inspectorate", "both", "random");
        // unusable judgements
        audit("x", "2015-05-01", 1, "not yet graded", "handling", "force", "child protection", "random");
        audit("x", "2015-05-01", 3, "good", "handling", "force", "child protection", "random");
        audit("x", "2015-03-31", 2, "good", "handling", "force", "child protection", "random");
        audit("x", "2015-07-01", 2, "good", "handling", "force", "child protection", "random");
        audit("x", null, 2, "good", "handling", "force", "child protection", "random");
        audit("x", "2015-05-01", 2, "good", "handling", "force", "child protection", "chosen");
        AUDITS.add(RowFactory.create(
                "strange", "x", "peel", 1L, "good", "handling", "force", "child protection", "random", null));
        audit("x", "2015-05-01", 2, null, "handling", "force", "child protection", "random");
        load(force.feed("audits"), AUDITS);
        load(
                force.feed("reports"),
                List.of(
                        RowFactory.create("R1", "force", 33L, 17L, 8L, 5L, 3L),
                        RowFactory.create("R2", "inspectorate", 33L, 9L, 8L, 7L, 10L),
                        // -9: the number is unknown
                        RowFactory.create("R3", "third", 64L, 17L, 20L, 12L, -9L),
                        // grades that are not mentioned: 0 if the others account for all judgements, otherwise
                        // unknown
                        RowFactory.create("R4", "fourth", 5L, 5L, null, null, null),
                        RowFactory.create("R5", "fifth", 6L, 5L, null, null, null),
                        RowFactory.create("R6", "sixth", 6L, -1L, null, null, null)));

        result = WAREHOUSE.compute(force, LocalDate.of(2015, 6, 30), "2015-06-30.1");
        assertThat(result.errors()).isEmpty();
    }

    private static void audits(
            int count,
            @Nullable String day,
            int version,
            @Nullable String grade,
            String theme,
            String assessor,
            @Nullable String population,
            @Nullable String selection) {
        for (int i = 0; i < count; i++) {
            audit("case " + AUDITS.size(), day, version, grade, theme, assessor, population, selection);
        }
    }

    private static void audit(
            String caseRef,
            @Nullable String day,
            int version,
            @Nullable String grade,
            String theme,
            String assessor,
            @Nullable String population,
            @Nullable String selection) {
        AUDITS.add(RowFactory.create(
                "A" + AUDITS.size(),
                caseRef,
                "case_audit",
                (long) version,
                grade,
                theme,
                assessor,
                population,
                selection,
                day == null ? null : LocalDate.parse(day)));
    }

    private static void load(Feed feed, List<Row> rows) {
        StructType schema = new StructType();
        for (Feed.Column column : feed.columns()) {
            schema = schema.add(
                    column.name(),
                    switch (column.type()) {
                        case WHOLE -> DataTypes.LongType;
                        case DATE -> DataTypes.DateType;
                        default -> DataTypes.StringType;
                    });
        }
        WAREHOUSE.load(feed, WAREHOUSE.spark().createDataFrame(rows, schema));
    }

    @Test
    void judgementsThatCanBeUsedAreCounted() {
        assertThat(WAREHOUSE.rows("""
                select
                    scheme_version, period, population, theme, assessor, judgement_count, judgement_total_count, \
                round(share_low, 12), round(share_change, 12), stated_difference_count,
                    change_reason
                from fpw.mart.grading_share
                where grade = 'good' and period_kind = 'quarter' and population in ('child protection', 'audited \
                cases') and assessor in ('force', 'inspectorate')
                order by population, assessor, period_start_on"""))
                .containsExactly(
                        "1|2014 Q4|audited cases|handling|force|17|33|0.352183754489|null|0|what was judged before "
                                + "is of another kind: population 'child protection'",
                        "1|2014 Q4|audited cases|handling|inspectorate|9|34|0.146011906772|null|1|what was judged "
                                + "before is of another kind: population 'child protection'",
                        "1|2014 Q3|child protection|handling|force|3|10|0.107791267406|null|null|nothing was "
                                + "judged before",
                        "1|2014 Q4|child protection|handling|force|9|10|0.595849973205|0.6|null|null",
                        "2|2015 Q2|child protection|handling|force|5|5|0.565517535217|null|null|what was judged "
                                + "before is of another kind: version 1 of the scheme");
        assertThat(WAREHOUSE.rows("""
                select scheme_version, theme, first_assessor, second_assessor, pair_count, unclear_case_count, \
                round(kappa, 12), first_judged_on, last_judged_on
                from fpw.mart.grading_agreement"""))
                .containsExactly("2|records|force|inspectorate|7|1|0.51724137931|2015-05-01|2015-06-01");
    }

    @Test
    void unitOfACaseIsThatOfTheQueryAndOfOtherQueriesNotRecorded() {
        assertThat(WAREHOUSE.rows("""
                select distinct grading, unit rlike '^division [0-9]$' as is_division
                from fpw.core.grading
                where grading = 'reports' or case_key like '%pair%' or case_key like '%case %'
                order by 1, 2""")).containsExactly("audits|false", "audits|true", "reports|false");
        assertThat(WAREHOUSE.rows("select distinct unit from fpw.core.grading where not unit like 'division%'"))
                .containsExactly("(not recorded)");
        // cases 0 to 19 by their last digit: ten divisions of two cases, 12 of all of them good
        assertThat(WAREHOUSE.rows("""
                select
                    period, count(distinct unit), max(unit_count), sum(case_count), sum(case_total_count), \
                round(max(all_share), 12), bool_and(is_rough)
                from fpw.mart.grading_funnel
                where population = 'child protection' and scheme_version = 1 and grade = 'good'
                group by period""")).containsExactly("2014/15|10|10|12|20|0.6|true");
    }

    @Test
    void unitOfAFactIsComparedWithThatOfItsQuery() {
        assertThat(WAREHOUSE.rows(
                        "select fact, unit, our_unit from fpw.mart.published_fact where our_unit is not null"))
                .containsExactly("cases_graded_well|cases|Cases");
    }

    @Test
    void judgementsThatCannotBeUsedAreExcludedWithTheirReasonAndEveryRowIsAccountedFor() {
        assertThat(WAREHOUSE.rows("select code, reason from fpw.core.exclusion order by code"))
                .containsExactly(
                        "BEFORE_SCHEME_VERSION|grading query audits yields a judgement dated before version 2 of "
                                + "scheme case_audit was valid, on 2015-04-01",
                        "GRADE_NOT_IN_SCHEME|grading query audits yields a judgement whose grade is not in version "
                                + "1 of scheme case_audit",
                        "INVALID_COUNT|grading query reports yields a judgement with a count below 0",
                        "MISSING_DATE|grading query audits yields a judgement without a date",
                        "MISSING_DATE|grading query audits yields a judgement without a date",
                        "NO_EVENT|no query yields an event or a judgement of the item",
                        "UNKNOWN_SCHEME_VERSION|grading query audits yields a judgement by a version that scheme "
                                + "case_audit does not have",
                        "UNKNOWN_SELECTION|grading query audits yields a judgement whose selection is not random, "
                                + "all, purposive or unknown");
        assertThat(result.accounts())
                .containsExactly(
                        new FeedAccount(
                                "audits",
                                AUDITS.size(),
                                AUDITS.size() - 8,
                                List.of(
                                        new Excluded("BEFORE_SCHEME_VERSION", 1),
                                        new Excluded("GRADE_NOT_IN_SCHEME", 1),
                                        new Excluded("MISSING_DATE", 2),
                                        new Excluded("NO_EVENT", 1),
                                        new Excluded("UNKNOWN_SCHEME_VERSION", 1),
                                        new Excluded("UNKNOWN_SELECTION", 1)),
                                1,
                                OutOfScope.NONE,
                                List.of(new LaterDates("judged_on", 1))),
                        new FeedAccount("reports", 6, 5, List.of(new Excluded("INVALID_COUNT", 1))));
        assertThat(result.quality())
                .filteredOn(test -> test.failedCount() > 0)
                .extracting(test -> test.table() + " " + test.code() + " " + test.severity() + ": " + test.message())
                .containsExactly(
                        "gradings/audits EVERY_JUDGEMENT_CAN_BE_USED warning: unusable judgements; the other "
                                + "judgements of their items are not used either: 1 BEFORE_SCHEME_VERSION,"
                                + " 1 GRADE_NOT_IN_SCHEME, 2 MISSING_DATE, 1 UNKNOWN_SCHEME_VERSION, 1 "
                                + "UNKNOWN_SELECTION",
                        "gradings/reports EVERY_JUDGEMENT_CAN_BE_USED warning: unusable judgements; the other "
                                + "judgements of their items are not used either: 1 INVALID_COUNT");
    }

    @Test
    void publishedFactsHaveTheirVerdicts() {
        assertThat(WAREHOUSE.rows("""
                select fact, verdict, our_value, difference, reason
                from fpw.mart.published_fact
                order by fact"""))
                .containsExactly(
                        "cases_graded_well|by construction|9.0|0.0|ours is 9, which meets 'at least 9'; the data "
                                + "was made to match, so that this proves nothing",
                        "next_year|not comparable|null|null|the words speak of 2016-10-01 to 2016-12-31, and our "
                                + "data ends on 2015-06-30",
                        "no_value|not comparable|null|null|our data has such a figure for 2014-10-01 to "
                                + "2014-12-31, but its value is not known",
                        "other_definition|not comparable|null|null|it counts reports and not cases",
                        "printed_total|differs by|34.0|1.0|ours is 34, which does not meet '33'");
    }
}
