package uk.fpw.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
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

/** Staff in post, units, providers and dated changes of a small force; every figure is counted by hand. */
@Tag("thorough")
class BackgroundIT {

    private static final SparkTestWarehouse WAREHOUSE = SparkTestWarehouse.instance();

    private static final List<Row> LOG = new ArrayList<>();

    private static MetricsResult result = MetricsResult.computed(List.of(), List.of(), List.of(), List.of(), List.of());

    @BeforeAll
    static void computeTheNight() {
        Force force = SparkTestWarehouse.force("background");
        log("d1", "started", "2015-03-03", null);
        log("d1", "examined", "2015-03-20", null);
        log("d2", "started", "2015-03-10", null);
        log("d2", "examined", "2015-04-02", null);
        log("d3", "started", "2015-04-05", null);
        log("d3", "examined", "2015-04-20", null);
        log("d4", "started", "2015-05-01", null);
        log("p1", "sent", "2015-03-10", "North");
        log("p1", "returned_examined", "2015-04-08", null);
        log("p2", "sent", "2015-03-12", "South");
        log("p2", "returned_unexamined", "2015-03-30", null);
        log("p2", "sent", "2015-04-02", "South");
        log("p3", "sent", "2015-04-15", "North");
        load(force.feed("log"), LOG);
        load(
                force.feed("posts"),
                List.of(
                        // two teams of one unit add up
                        posts("P1", "Forensics", "2015-03-15", "2.5"),
                        posts("P2", "Forensics", "2015-03-15", "1.25"),
                        posts("P3", "Forensics", "2015-04-15", "4"),
                        posts("P4", "Forensics", "2015-06-15", "5"),
                        posts("P5", "Canteen", "2015-03-15", "9"),
                        // May is unknown: two rows about it are unusable, and one may be about it
                        posts("P6", "Forensics", "2015-05-01", "-1"),
                        posts("P7", null, "2015-05-01", "1"),
                        posts("P8", "Canteen", null, "1"),
                        posts("P9", "Forensics", "2015-05-01", null),
                        posts("P10", "Forensics", "2015-05-01", "3")));

        result = WAREHOUSE.compute(force, LocalDate.of(2015, 5, 10), "2015-05-10.1");
        assertThat(result.errors()).isEmpty();
    }

    private static void log(String device, String event, String day, @Nullable String provider) {
        LOG.add(RowFactory.create((long) LOG.size(), device, event, LocalDate.parse(day), provider));
    }

    private static Row posts(String line, @Nullable String unit, @Nullable String day, @Nullable String staff) {
        return RowFactory.create(
                line, unit, day == null ? null : LocalDate.parse(day), staff == null ? null : new BigDecimal(staff));
    }

    private static void load(Feed feed, List<Row> rows) {
        StructType schema = new StructType();
        for (Feed.Column column : feed.columns()) {
            schema = schema.add(
                    column.name(),
                    switch (column.type()) {
                        case WHOLE -> DataTypes.LongType;
                        case DATE -> DataTypes.DateType;
                        case DECIMAL -> DataTypes.createDecimalType(38, 9);
                        default -> DataTypes.StringType;
                    });
        }
        WAREHOUSE.load(feed, WAREHOUSE.spark().createDataFrame(rows, schema));
    }

    @Test
    void unitsAndProvidersHaveTheirMonths() {
        String mayIsUnknown = "rows of 3 items of staffing queries that are, or may be, about 'Forensics' in this "
                + "month cannot be used, such as a row with less than 0 staff";
        assertThat(WAREHOUSE.rows("""
                select capacity, capacity_kind, slice_value, month_start_on, is_partial, staff_in_post, \
                examined_count, sent_count, returned_examined_count, returned_unexamined_count, with_provider_count
                from fpw.mart.capacity_monthly
                order by capacity, slice_value, month_start_on"""))
                .containsExactly(
                        "forensics|unit|all|2015-03-01|false|3.75|1|null|null|null|null",
                        "forensics|unit|all|2015-04-01|false|4.0|2|null|null|null|null",
                        "forensics|unit|all|2015-05-01|true|null|0|null|null|null|null",
                        "providers|provider|North|2015-03-01|false|null|0|1|0|0|1",
                        "providers|provider|North|2015-04-01|false|null|1|1|1|0|1",
                        "providers|provider|North|2015-05-01|true|null|0|0|0|0|1",
                        "providers|provider|South|2015-03-01|false|null|0|1|0|1|0",
                        "providers|provider|South|2015-04-01|false|null|0|1|0|0|1",
                        "providers|provider|South|2015-05-01|true|null|0|0|0|0|1",
                        "providers|provider|all|2015-03-01|false|null|0|2|0|1|1",
                        "providers|provider|all|2015-04-01|false|null|1|2|1|0|2",
                        "providers|provider|all|2015-05-01|true|null|0|0|0|0|2");
        assertThat(WAREHOUSE.rows("""
                select capacity, slice_value, month_start_on, round(examined_per_staff, 6), staff_reason, \
                examined_per_staff_reason
                from fpw.mart.capacity_monthly
                where capacity = 'forensics' or month_start_on = date '2015-03-01' and slice_value <> 'South'
                order by capacity, slice_value, month_start_on"""))
                .containsExactly(
                        "forensics|all|2015-03-01|0.266667|null|null",
                        "forensics|all|2015-04-01|0.5|null|null",
                        "forensics|all|2015-05-01|null|" + mayIsUnknown + "|" + mayIsUnknown,
                        "providers|North|2015-03-01|null|staff is not known for one value of a slice|staff is not "
                                + "known for one value of a slice",
                        "providers|all|2015-03-01|null|the force folder names no staff of it|the force folder names "
                                + "no staff of it");
    }

    @Test
    void staffThatIsNotUsedIsExcludedWithItsReason() {
        assertThat(WAREHOUSE.rows("select item_key, unit, month_start_on, staff_in_post, fault from fpw.core.staffing "
                        + "order by item_key"))
                .containsExactly(
                        "staff:P1|Forensics|2015-03-01|2.5|null",
                        "staff:P10|Forensics|2015-05-01|3.0|null",
                        "staff:P2|Forensics|2015-03-01|1.25|null",
                        "staff:P3|Forensics|2015-04-01|4.0|null",
                        "staff:P6|Forensics|2015-05-01|null|a row with less than 0 staff",
                        "staff:P7|null|2015-05-01|null|a row without a unit",
                        "staff:P9|Forensics|2015-05-01|null|a row without a number of staff, or with one of more than "
                                + "14 digits");
        assertThat(WAREHOUSE.rows("select row_key, code, reason from fpw.core.exclusion order by row_key"))
                .containsExactly(
                        "P5|UNUSED_UNIT|staffing query team_staff yields a row of a unit that no file of the folder "
                                + "capacity names",
                        "P6|INVALID_STAFF|staffing query team_staff yields a row with less than 0 staff",
                        "P7|MISSING_UNIT|staffing query team_staff yields a row without a unit",
                        "P8|MISSING_DATE|staffing query team_staff yields a row without a month",
                        "P9|MISSING_STAFF|staffing query team_staff yields a row without a number of staff, or with "
                                + "one of more than 14 digits");
        assertThat(result.accounts())
                .contains(new FeedAccount(
                        "posts",
                        10,
                        4,
                        List.of(
                                new Excluded("INVALID_STAFF", 1),
                                new Excluded("MISSING_DATE", 1),
                                new Excluded("MISSING_STAFF", 1),
                                new Excluded("MISSING_UNIT", 1),
                                new Excluded("UNUSED_UNIT", 1)),
                        1,
                        OutOfScope.NONE,
                        List.of(new LaterDates("month_on", 1))));
    }

    @Test
    void changesAreListedForEveryQueueThatTheyConcern() {
        assertThat(WAREHOUSE.rows("""
                select change, queue, changed_on, change_kind, decided_by, is_rebase, complete_week_count, \
                complete_month_count, outcome, direction, declared_on
                from fpw.mart.change
                order by change, queue"""))
                .containsExactly(
                        "more_staff|in_examination|2015-04-13|staffing|The board|true|4|0|left|higher|2015-04-20",
                        "outsourcing|in_examination|2015-03-10|outsourcing|not recorded|false|8|1|null|null|null",
                        "outsourcing|with_provider|2015-03-10|outsourcing|not recorded|false|8|1|null|null|null");
    }

    /**
     * By hand: with a provider on 31 March p1 (North, sent on 10 March), on 10 May p2 (South) and p3 (North, sent on
     * 15 April); in examination on 11 March, 60 days before 10 May, d1 and d2.
     */
    @Test
    void figuresOfARecommendationAreThoseOfItsDayAndOfNow() {
        assertThat(WAREHOUSE.rows("""
                select figure, is_overdue, status, value_then, then_as_at, value_now, now_as_at, difference, \
                is_better, value_then_reason, difference_reason
                from fpw.mart.recommendation
                order by figure"""))
                .containsExactly(
                        "all|true|in_progress|1.0|2015-03-31|2.0|2015-05-10|1.0|false|null|null",
                        "north|true|in_progress|21.0|2015-03-31|25.0|2015-05-10|4.0|false|null|null",
                        "two_months_before|true|in_progress|null|2015-03-31|2.0|2015-05-10|null|null|our data has no "
                                + "such figure for 2015-03-31|there is no figure then");
    }

    @Test
    void aComparisonThatComesTooEarlySaysSo() {
        assertThat(WAREHOUSE.rows("""
                select change, queue, is_declared_before, window_weeks, before_from_on, before_to_on, after_from_on, \
                after_to_on, complete_week_count, before_value, difference, verdict, verdict_reason, other_changes
                from fpw.mart.change_comparison"""))
                .containsExactly("more_staff|in_examination|false|12|2015-01-19|2015-04-12|2015-04-13|2015-07-05|4|"
                        + "null|null|null|too early: 4 complete weeks known after the change|outsourcing "
                        + "(2015-03-10)");
    }

    @Test
    void theNightWarnsOfLimitsThatAreProvisionalAndOfStaffThatCannotBeUsed() {
        assertThat(result.quality())
                .filteredOn(test -> test.failedCount() > 0)
                .extracting(test -> test.table() + " " + test.code() + " " + test.severity() + ": " + test.message())
                .containsExactly(
                        "staffing/team_staff EVERY_STAFF_ROW_CAN_BE_USED warning: unusable rows; the other rows "
                                + "of their items are not used either: 1 INVALID_STAFF, 1 MISSING_DATE, "
                                + "1 MISSING_STAFF, 1 MISSING_UNIT",
                        "changes/more_staff REBASE_HAS_ENOUGH_POINTS warning: control charts of in_examination have no "
                                + "limits of their own since the rebase of 2015-04-13: 0 months are charted, and 12 "
                                + "are needed");
    }
}
