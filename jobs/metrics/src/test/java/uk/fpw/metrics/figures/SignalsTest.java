package uk.fpw.metrics.figures;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.time.DayOfWeek;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import uk.fpw.metrics.cube.ContributorHash;
import uk.fpw.metrics.cube.SpellBlock;
import uk.fpw.metrics.series.ObservedSpell;
import uk.fpw.metrics.series.ObservedSpell.Outcome;
import uk.fpw.metrics.series.QueueSpec;
import uk.fpw.warehouse.force.queue.Service;
import uk.fpw.warehouse.force.queue.ServiceCalendar;

/**
 * A queue with two entries for each working day of a month, five in January 2015; each item left on the next day.
 * Working days, limits and signals were counted by hand.
 */
@Tag("time-zone")
class SignalsTest {

    private static final LocalDate AS_OF = LocalDate.of(2015, 4, 15);

    /** From December 2013, whose bank holidays are unknown, to April 2015. */
    private static final int[] WORKING_DAYS = {20, 22, 20, 21, 20, 20, 21, 23, 20, 22, 23, 20, 21, 21, 20, 22, 20};

    private static final YearMonth FIRST = YearMonth.of(2013, 12);

    private static int day(LocalDate date) {
        return (int) date.toEpochDay();
    }

    private static QueueSpec queue(LocalDate asAt) {
        return queue(asAt, Service.WORKING_DAYS);
    }

    private static QueueSpec queue(LocalDate asAt, Service service) {
        return new QueueSpec(
                "waiting",
                1,
                "device",
                "devices",
                QueueSpec.Stages.NONE,
                day(FIRST.atDay(1)),
                QueueSpec.NONE,
                day(LocalDate.of(1900, 1, 1)),
                day(asAt),
                asAt.isBefore(AS_OF) ? "feed devices last loaded completely for " + asAt : null,
                30,
                List.of(),
                List.of(),
                List.of("examined"),
                List.of(true),
                List.of("received again"),
                List.of(0),
                List.of(new QueueSpec.Standard("in_a_week", QueueSpec.NONE, 7, Map.of())),
                service,
                QueueSpec.Analysis.NONE);
    }

    /** Items of a month, and how many of them met the standard. */
    private record Month(int items, int met, Outcome others) {}

    private static Map<String, List<Map<String, Object>>> rows(QueueSpec queue, Map<YearMonth, Month> months) {
        SpellBlock block = new SpellBlock(List.of(queue));
        months.forEach((month, items) -> {
            for (int i = 0; i < items.items(); i++) {
                int entered = day(month.atDay(5));
                Outcome outcome = i < items.met() ? Outcome.MET : items.others();
                block.add(
                        ContributorHash.of(month + " " + i),
                        new ObservedSpell(
                                0,
                                -1,
                                true,
                                true,
                                entered,
                                entered,
                                entered + 1,
                                0,
                                true,
                                QueueSpec.NONE,
                                entered,
                                entered + 1,
                                1,
                                false,
                                false,
                                List.of(new ObservedSpell.Measured(0, entered + 8, outcome))),
                        new String[0]);
            }
        });
        return TestMartRows.of(
                List.of(queue), day(AS_OF), List.of(block), Set.of("mart.queue_signal", "mart.standard_signal"));
    }

    private static Map<YearMonth, Month> twoADay() {
        Map<YearMonth, Month> months = new HashMap<>();
        for (int i = 0; i < WORKING_DAYS.length; i++) {
            YearMonth month = FIRST.plusMonths(i);
            int items = (month.equals(YearMonth.of(2015, 1)) ? 5 : 2) * WORKING_DAYS[i];
            months.put(month, new Month(items, items, Outcome.FAILED));
        }
        return months;
    }

    private static List<Map<String, Object>> flows(QueueSpec queue, String measure) {
        return rows(queue, twoADay()).getOrDefault("mart.queue_signal", List.of()).stream()
                .filter(row -> measure.equals(row.get("measure")))
                .sorted(Comparator.comparing(row -> String.valueOf(row.get("month_start_on"))))
                .toList();
    }

    private static Map<String, Object> of(List<Map<String, Object>> rows, String month) {
        return rows.stream()
                .filter(row -> String.valueOf(row.get("month_start_on")).equals(month + "-01"))
                .findFirst()
                .orElseThrow();
    }

    private static void close(Map<String, Object> row, String column, double expected) {
        assertThat((Double) Objects.requireNonNull(row.get(column))).as(column).isCloseTo(expected, within(1e-9));
    }

    private static List<@Nullable Object> values(Map<String, Object> row, String... columns) {
        List<@Nullable Object> values = new ArrayList<>();
        for (String column : columns) {
            values.add(row.get(column));
        }
        return values;
    }

    /** Fourteen months are charted, January 2014 to February 2015: mean 31/14, ranges 3 and 3 over 13. */
    @Test
    void flowPerWorkingDayIsChartedWithItsLimits() {
        List<Map<String, Object>> received = flows(queue(AS_OF), "received");

        assertThat(received).hasSize(17);
        Map<String, Object> january = of(received, "2015-01");
        assertThat(values(january, "flow_count", "working_day_count", "flow_per_working_day", "segment", "point_count"))
                .containsExactly(105L, 21, 5.0, 1, 14);
        close(january, "mean", 31 / 14.0);
        close(january, "moving_range", 3);
        close(january, "upper_limit", 31 / 14.0 + 2.66 * 6 / 13);
        close(january, "lower_limit", 31 / 14.0 - 2.66 * 6 / 13);
        close(january, "upper_near_limit", 31 / 14.0 + 2.66 * 4 / 13);
        close(january, "lower_near_limit", 31 / 14.0 - 2.66 * 4 / 13);
        assertThat(values(january, "signal", "is_outside_limits", "is_trend", "is_two_of_three", "is_shift"))
                .containsExactly("above the upper limit", true, false, false, false);
        assertThat(values(january, "is_limit_provisional", "limits_reason")).containsExactly(false, null);
        assertThat(values(of(received, "2014-12"), "signal", "is_shift"))
                .containsExactly("shift: 7 points below the mean", true);
        assertThat(values(of(received, "2015-02"), "signal", "is_shift")).containsExactly("none", false);
        // no change is recorded
        assertThat(values(january, "unrebased_mean", "unrebased_upper_limit", "unrebased_signal"))
                .containsExactlyElementsOf(values(january, "mean", "upper_limit", "signal"));
    }

    @Test
    void rowSaysOnWhichDaysTheQueueIsServed() {
        Map<String, Object> january = of(flows(queue(AS_OF), "received"), "2015-01");

        assertThat(values(january, "service", "service_day_count", "flow_per_service_day"))
                .containsExactly("working_days", 21, 5.0);
    }

    /** January 2015 has four Mondays, and so has February, but they are closed. */
    @Test
    void queueWithACalendarIsChartedPerDayOfService() {
        ServiceCalendar mondays = new ServiceCalendar(
                "mondays",
                "Mondays",
                List.of(DayOfWeek.MONDAY),
                false,
                List.of(2, 9, 16, 23).stream()
                        .map(day -> LocalDate.of(2015, 2, day))
                        .toList(),
                List.of());
        List<Map<String, Object>> received = flows(queue(AS_OF, new Service("mondays", mondays)), "received");

        assertThat(values(
                        of(received, "2015-01"),
                        "service",
                        "service_day_count",
                        "flow_per_service_day",
                        "flow_per_working_day"))
                .containsExactly("mondays", 4, 105 / 4.0, null);
        assertThat(values(of(received, "2015-02"), "service_day_count", "flow_per_service_day", "limits_reason"))
                .containsExactly(0, null, "the month has no day of service");
    }

    /**
     * Calendar days need no bank holidays: fifteen months are charted, December 2013 to February 2015. January 2015 has
     * 105 items in 31 days, February 40 in 28; working days stay as they are, but nothing is divided by them.
     */
    @Test
    void queueServedEveryDayIsChartedPerCalendarDay() {
        List<Map<String, Object>> received = flows(queue(AS_OF, Service.EVERY_DAY), "received");

        Map<String, Object> january = of(received, "2015-01");
        assertThat(values(january, "service", "service_day_count", "working_day_count", "flow_per_working_day"))
                .containsExactly("every_day", 31, 21, null);
        close(january, "flow_per_service_day", 105 / 31.0);
        assertThat(values(january, "flow_count", "point_count")).containsExactly(105L, 15);
        Map<String, Object> february = of(received, "2015-02");
        assertThat(february.get("service_day_count")).isEqualTo(28);
        close(february, "flow_per_service_day", 40 / 28.0);
        close(february, "moving_range", 105 / 31.0 - 40 / 28.0);
        assertThat(values(of(received, "2013-12"), "service_day_count", "working_day_count", "limits_reason"))
                .containsExactly(31, null, null);
        close(of(received, "2013-12"), "flow_per_service_day", 40 / 31.0);
        // items by month: two for each working day, 105 in January 2015; by the length of the month
        close(
                january,
                "mean",
                ((40 + 44 + 42 + 40 + 46 + 40 + 46 + 42 + 105) / 31.0 + (40 + 42 + 44 + 40) / 30.0 + (40 + 40) / 28.0)
                        / 15);
        assertThat(of(received, "2015-04").get("limits_reason")).isEqualTo("the month is partial");
    }

    @Test
    void whatLeavesAtOnceMakesNoNetChange() {
        Map<String, Object> january = of(flows(queue(AS_OF), "net change"), "2015-01");

        assertThat(values(january, "flow_count", "flow_per_working_day", "mean", "upper_limit", "signal"))
                .containsExactly(0L, 0.0, 0.0, 0.0, "none");
        assertThat(of(flows(queue(AS_OF), "left"), "2015-01").get("flow_count")).isEqualTo(105L);
    }

    @Test
    void monthThatIsNotChartedHasItsReasonAndNothingElse() {
        List<Map<String, Object>> received = flows(queue(AS_OF), "received");

        assertThat(of(received, "2013-12").get("limits_reason")).isEqualTo("the bank holidays of 2013 are not known");
        assertThat(of(received, "2015-03").get("limits_reason")).isEqualTo("the month is provisional");
        assertThat(of(received, "2015-04").get("limits_reason")).isEqualTo("the month is partial");
        for (String month : List.of("2013-12", "2015-03", "2015-04")) {
            assertThat(values(
                            of(received, month),
                            "flow_per_working_day",
                            "segment",
                            "point_count",
                            "mean",
                            "moving_range",
                            "lower_limit",
                            "upper_limit",
                            "is_limit_provisional",
                            "signal",
                            "is_outside_limits",
                            "is_shift",
                            "unrebased_mean",
                            "unrebased_signal",
                            "false_signal_share"))
                    .containsOnlyNulls();
        }
        assertThat(values(of(received, "2013-12"), "flow_count", "working_day_count"))
                .containsExactly(40L, null);
        assertThat(values(of(received, "2015-03"), "flow_count", "working_day_count"))
                .containsExactly(44L, 22);
    }

    @Test
    void monthThatIsNotKnownToItsEndIsNotAvailable() {
        List<Map<String, Object>> received = flows(queue(LocalDate.of(2015, 2, 27)), "received");

        assertThat(values(of(received, "2015-02"), "limits_reason", "flow_count", "is_available"))
                .containsExactly("not available", null, false);
        assertThat(of(received, "2014-12").get("point_count")).isEqualTo(12);
    }

    /** As of 10 April 2014: January and February are charted, March is provisional. */
    @Test
    void twoMonthsHaveNoLimits() {
        QueueSpec queue = queue(LocalDate.of(2014, 4, 10));
        List<Map<String, Object>> received = flows(queue, "received");

        for (String month : List.of("2014-01", "2014-02")) {
            assertThat(values(
                            of(received, month),
                            "flow_per_working_day",
                            "point_count",
                            "mean",
                            "lower_limit",
                            "signal",
                            "limits_reason"))
                    .containsExactly(2.0, 2, null, null, null, "2 points: limits need at least 3");
        }
    }

    @Test
    void fewerThanTwelveMonthsHaveProvisionalLimits() {
        Map<String, Object> november = of(flows(queue(LocalDate.of(2014, 12, 31)), "received"), "2014-11");

        assertThat(values(november, "point_count", "is_limit_provisional")).containsExactly(11, true);
        assertThat((Double) november.get("false_signal_share")).isCloseTo(0.0396, within(1e-4));
    }

    @Test
    void shareOfAStandardIsChartedWhereEnoughIsDueAndKnown() {
        Map<YearMonth, Month> months = new HashMap<>();
        months.put(YearMonth.of(2014, 1), new Month(20, 15, Outcome.FAILED));
        months.put(YearMonth.of(2014, 2), new Month(19, 15, Outcome.FAILED));
        months.put(YearMonth.of(2014, 3), new Month(40, 28, Outcome.LEFT_UNSEEN));
        months.put(YearMonth.of(2014, 5), new Month(30, 29, Outcome.UNKNOWN));
        months.put(YearMonth.of(2014, 6), new Month(30, 28, Outcome.NOT_YET_DUE));
        months.put(YearMonth.of(2014, 7), new Month(20, 20, Outcome.FAILED));

        List<Map<String, Object>> rows = rows(queue(AS_OF), months).getOrDefault("mart.standard_signal", List.of());

        // there is no row for April, which has no entries
        assertThat(rows).hasSize(6);
        assertThat(of(rows, "2014-02").get("limits_reason")).isEqualTo("19 items are due, fewer than 20");
        assertThat(of(rows, "2014-05").get("limits_reason"))
                .isEqualTo("of 1 of 30 items it is not known whether they met the standard");
        assertThat(of(rows, "2014-06").get("limits_reason")).isEqualTo("2 of 30 items are not yet due");
        Map<String, Object> march = of(rows, "2014-03");
        assertThat(values(march, "due_count", "met_count", "met_share", "point_count", "signal"))
                .containsExactly(40L, 28L, 0.7, 3, "none");
        // 0.75, 0.7 and 1: ranges 0.05 and 0.3; 5, 12 and 0 did not meet it, more than five a month
        close(march, "mean", 2.45 / 3);
        close(march, "upper_limit", 2.45 / 3 + 2.66 * 0.175);
    }

    /** Items that left unseen within the standard are due and not met, and shown next to the share. */
    @Test
    void whatLeftUnseenIsShown() {
        Map<YearMonth, Month> months = new HashMap<>();
        months.put(YearMonth.of(2014, 1), new Month(20, 15, Outcome.FAILED));
        months.put(YearMonth.of(2014, 2), new Month(40, 28, Outcome.LEFT_UNSEEN));

        List<Map<String, Object>> rows = rows(queue(AS_OF), months).getOrDefault("mart.standard_signal", List.of());

        assertThat(values(of(rows, "2014-01"), "due_count", "met_count", "left_unseen_count"))
                .containsExactly(20L, 15L, 0L);
        assertThat(values(of(rows, "2014-02"), "due_count", "met_count", "left_unseen_count", "met_share"))
                .containsExactly(40L, 28L, 12L, 0.7);
    }

    /** 4, 5 and 4 of 30 did not meet the standard. */
    @Test
    void shareNearOneHasNoLimits() {
        Map<YearMonth, Month> months = new HashMap<>();
        months.put(YearMonth.of(2014, 1), new Month(30, 26, Outcome.FAILED));
        months.put(YearMonth.of(2014, 2), new Month(30, 25, Outcome.FAILED));
        months.put(YearMonth.of(2014, 3), new Month(30, 26, Outcome.FAILED));

        Map<String, Object> march =
                of(rows(queue(AS_OF), months).getOrDefault("mart.standard_signal", List.of()), "2014-03");

        assertThat(values(march, "point_count", "mean", "signal", "false_signal_share", "unrebased_mean"))
                .containsExactly(3, null, null, null, null);
        assertThat(march.get("limits_reason"))
                .isEqualTo("on average 4.33 items a month did not meet the standard, fewer than 5");
    }

    /** Four in each month from January 2014 to February 2015, each of which left on the next day. */
    @Test
    void fewItemsAreChartedWithoutLimits() {
        Map<YearMonth, Month> months = new HashMap<>();
        for (int i = 1; i < WORKING_DAYS.length; i++) {
            months.put(FIRST.plusMonths(i), new Month(4, 4, Outcome.FAILED));
        }
        List<Map<String, Object>> rows = rows(queue(AS_OF), months).getOrDefault("mart.queue_signal", List.of());

        Map<String, String> reasons = Map.of(
                "received", "on average 4.00 items a month came in, fewer than 5",
                "left", "on average 4.00 items a month left, fewer than 5",
                "net change", "on average 4.00 items a month came in, fewer than 5");
        reasons.forEach((measure, reason) -> assertThat(rows.stream()
                        .filter(row -> measure.equals(row.get("measure"))
                                && String.valueOf(row.get("month_start_on")).equals("2015-01-01")))
                .as(measure)
                .singleElement()
                .satisfies(row -> assertThat(values(row, "point_count", "mean", "signal", "limits_reason"))
                        .containsExactly(14, null, null, reason)));
    }
}
