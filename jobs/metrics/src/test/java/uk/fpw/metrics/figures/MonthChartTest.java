package uk.fpw.metrics.figures;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import uk.fpw.metrics.series.Period;
import uk.fpw.metrics.table.TableRows;
import uk.fpw.model.Model;
import uk.fpw.model.Models;
import uk.fpw.statistics.FalseSignals;

/** Charts with new limits from a day that was decided independently of the figures. */
@Tag("time-zone")
class MonthChartTest {

    private static final int JANUARY = Period.MONTH.of(day("2015-01-01"));

    private static int day(String date) {
        return (int) LocalDate.parse(date).toEpochDay();
    }

    /** The columns of the chart, without those of the tables that include it. */
    private static Model columns() {
        Model model = Models.find("mart.queue_signal").orElseThrow();
        List<Model.Column> columns = model.columns().stream()
                .dropWhile(column -> !column.name().equals("segment"))
                .takeWhile(column -> !column.name().equals("is_partial"))
                .collect(Collectors.toList());
        return new Model(
                model.table(),
                model.owner(),
                model.description(),
                model.access(),
                "",
                "",
                List.of(),
                columns,
                List.of(),
                "",
                model.countedBy(),
                false);
    }

    /** A chart of months with many items; NaN is a gap. */
    private static List<Map<String, Object>> chart(List<Integer> rebasedOn, double... values) {
        MonthChart.Builder months = new MonthChart.Builder("came in", "came in");
        for (int i = 0; i < values.length; i++) {
            if (Double.isNaN(values[i])) {
                months.add(JANUARY + i, "a gap");
            } else {
                months.add(JANUARY + i, values[i], 100, 100);
            }
        }
        return rows(months.draw(rebasedOn));
    }

    private static List<Map<String, Object>> rows(MonthChart chart) {
        List<Map<String, Object>> rows = new ArrayList<>();
        TableRows table = new TableRows(columns(), row -> {
            Map<String, Object> byName = new HashMap<>();
            for (Model.Column column : columns().columns()) {
                byName.put(column.name(), row[byName.size()]);
            }
            rows.add(byName);
        });
        chart.months().forEach(month -> chart.fill(table.row(), month).end());
        return rows;
    }

    private static List<Object> of(List<Map<String, Object>> rows, String column) {
        List<Object> values = new ArrayList<>();
        rows.forEach(row -> values.add(row.get(column)));
        return values;
    }

    /** Alternating values. */
    private static double[] turns(int count, double one, double next) {
        return IntStream.range(0, count)
                .mapToDouble(i -> i % 2 == 0 ? one : next)
                .toArray();
    }

    private static double[] joined(double[]... parts) {
        return Stream.of(parts).flatMapToDouble(DoubleStream::of).toArray();
    }

    @Test
    void segmentBeginsWithTheFirstChartedMonthFromTheDayOn() {
        double[] values = joined(new double[] {4, 6, 5, 5, Double.NaN}, turns(12, 15, 17));
        List<Map<String, Object>> rows = chart(List.of(day("2015-04-02")), values);

        // May has no value, and April began before the 2nd
        assertThat(of(rows, "segment").subList(0, 7)).containsExactly(1, 1, 1, 1, null, 2, 2);
        assertThat(of(rows, "mean").subList(0, 7)).containsExactly(5.0, 5.0, 5.0, 5.0, null, 16.0, 16.0);
        assertThat(of(rows, "moving_range").subList(0, 7)).containsExactly(null, 2.0, 1.0, 0.0, null, null, 2.0);
        assertThat(of(rows, "point_count").subList(0, 7)).containsExactly(4, 4, 4, 4, null, 12, 12);
        assertThat(of(rows, "limits_reason").subList(0, 7))
                .containsExactly(null, null, null, null, "a gap", null, null);
        assertThat(of(rows, "is_limit_provisional").subList(0, 7))
                .containsExactly(true, true, true, true, null, false, false);
    }

    /**
     * Mean 10 and ranges 1, so 10 +- 2.66: the following months are compared with these limits until there are
     * twelve.
     */
    @Test
    void monthsAfterAChangeAreMeasuredAgainstTheLimitsBeforeItUntilThereAreTwelve() {
        double[] before = turns(14, 9.5, 10.5);
        List<Map<String, Object>> rows = chart(List.of(day("2016-03-01")), joined(before, turns(11, 11.5, 13)));

        assertThat(of(rows, "segment").subList(12, 16)).containsExactly(1, 1, 2, 2);
        assertThat(of(rows, "is_limit_carried").subList(12, 16)).containsExactly(false, false, true, true);
        assertThat(of(rows, "mean")).containsOnly(10.0);
        assertThat(of(rows, "point_count")).startsWith(14).endsWith(11);
        assertThat(of(rows, "is_limit_provisional")).containsOnly(false);
        // 13 is above 12.66; 11.5 is within two thirds of it, and one of seven above the mean
        assertThat(of(rows, "signal").subList(12, 16))
                .containsExactly("none", "none", "shift: 7 points above the mean", "above the upper limit");
        assertThat((Double) rows.get(0).get("false_signal_share")).isEqualTo(FalseSignals.share(14));
        assertThat((Double) rows.get(20).get("false_signal_share")).isEqualTo(FalseSignals.shareOfLater(14, 11));

        List<Map<String, Object>> later = chart(List.of(day("2016-03-01")), joined(before, turns(12, 11.5, 13)));
        assertThat(of(later, "mean").subList(12, 16)).containsExactly(10.0, 10.0, 12.25, 12.25);
        assertThat(of(later, "is_limit_carried")).containsOnly(false);
        assertThat(of(later, "signal")).containsOnly("none");
    }

    /** Whatever follows, and for every length of what came before. */
    @Test
    void monthsAfterARebaseChangeNothingBeforeIt() {
        Random random = new Random(20150413L);
        for (int before = 1; before <= 15; before++) {
            double[] first = DoubleStream.generate(() -> 20 + random.nextGaussian())
                    .limit(before)
                    .toArray();
            int rebase = Period.MONTH.firstDay(JANUARY + before);
            List<Map<String, Object>> alone = chart(List.of(rebase), first);
            for (int after = 1; after <= 26; after++) {
                double[] second = DoubleStream.generate(() -> 40 + 5 * random.nextGaussian())
                        .limit(after)
                        .toArray();
                // a second rebase a year after the first
                List<Integer> rebases = List.of(rebase, Period.MONTH.firstDay(JANUARY + before + 12));
                List<Map<String, Object>> rows = chart(rebases, joined(first, second));
                assertThat(asRebased(rows.subList(0, before)))
                        .as("%s months, then %s", before, after)
                        .isEqualTo(asRebased(alone));
                assertThat(of(rows, "segment").subList(0, before)).containsOnly(1);
                if (after > 12) {
                    List<Map<String, Object>> untilSecond = chart(rebases, joined(first, Arrays.copyOf(second, 12)));
                    assertThat(asRebased(rows.subList(0, before + 12))).isEqualTo(asRebased(untilSecond));
                }
            }
        }
    }

    /** The rows without the columns of the unrebased chart, which has every month. */
    private static List<Map<String, Object>> asRebased(List<Map<String, Object>> rows) {
        return rows.stream()
                .map(row -> {
                    Map<String, Object> rebased = new HashMap<>(row);
                    rebased.keySet().removeIf(column -> column.startsWith("unrebased_"));
                    return rebased;
                })
                .toList();
    }

    @Test
    void whatTheChangeExplainsStaysVisible() {
        double[] values = joined(turns(12, 9, 11), turns(12, 19, 21));
        List<Map<String, Object>> rows = chart(List.of(day("2016-01-01")), values);

        assertThat(of(rows, "signal")).containsOnly("none");
        assertThat(of(rows, "unrebased_signal")).doesNotContain("none");
        assertThat(of(rows, "unrebased_mean")).containsOnly(15.0);
    }

    @Test
    void dayWithoutMonthsBeforeOrAfterItDividesNothing() {
        assertThat(of(chart(List.of(day("2014-12-31"), day("2015-01-01"), day("2016-01-01")), 1, 2, 3), "segment"))
                .containsExactly(1, 1, 1);
        assertThat(of(chart(List.of(day("2015-03-01"), day("2015-02-02")), 1, 2, 3), "segment"))
                .containsExactly(1, 1, 2);
    }

    @Test
    void limitsThatThereAreNotAreNotCarried() {
        List<Map<String, Object>> rows = chart(List.of(day("2015-03-01")), 4, 6, 5, 6, 7);

        assertThat(of(rows, "limits_reason"))
                .containsExactly(
                        "2 points: limits need at least 3", "2 points: limits need at least 3", null, null, null);
        assertThat(of(rows, "mean")).containsExactly(null, null, 6.0, 6.0, 6.0);
        assertThat(of(rows, "is_limit_carried")).containsExactly(null, null, false, false, false);
        assertThat(of(rows, "is_limit_provisional")).containsExactly(null, null, true, true, true);
        assertThat(of(rows, "unrebased_mean")).containsOnly(5.6);
    }

    /** 3, 5 and 6 items are 14/3 = 4.666 a month; 3, 6 and 6 are 5. */
    @Test
    void fewerThanFiveItemsAMonthHaveNoLimits() {
        MonthChart.Builder few = new MonthChart.Builder("came in", "came in")
                .add(JANUARY, 0.1, 3, 3)
                .add(JANUARY + 1, "a gap")
                .add(JANUARY + 2, 0.2, 5, 5)
                .add(JANUARY + 3, 0.3, 6, 6);
        List<Map<String, Object>> rows = rows(few.draw(List.of()));

        String reason = "on average 4.66 items a month came in, fewer than 5";
        assertThat(of(rows, "limits_reason")).containsExactly(reason, "a gap", reason, reason);
        for (String column : List.of("mean", "upper_limit", "signal", "false_signal_share", "unrebased_mean")) {
            assertThat(of(rows, column)).as(column).containsOnlyNulls();
        }
        assertThat(of(rows, "point_count")).containsExactly(3, null, 3, 3);
        MonthChart.Builder enough = new MonthChart.Builder("came in", "came in")
                .add(JANUARY, 0.1, 3, 3)
                .add(JANUARY + 1, 0.2, 6, 6)
                .add(JANUARY + 2, 0.3, 6, 6);
        assertThat(of(rows(enough.draw(List.of())), "limits_reason")).containsOnlyNulls();
    }

    @Test
    void ofTwoNumbersTheSmallerCounts() {
        MonthChart.Builder months = new MonthChart.Builder("met the standard", "did not meet the standard");
        for (int i = 0; i < 4; i++) {
            months.add(JANUARY + i, 0.98, 98, 2);
        }

        assertThat(of(rows(months.draw(List.of())), "limits_reason"))
                .containsOnly("on average 2.00 items a month did not meet the standard, fewer than 5");
    }

    /** Twelve months of many items, then twelve of few. */
    @Test
    void boundHoldsForEachSegment() {
        MonthChart.Builder months = new MonthChart.Builder("left", "left");
        for (int i = 0; i < 24; i++) {
            months.add(JANUARY + i, i < 12 ? 1 : 0.1, i < 12 ? 20 : 2, i < 12 ? 20 : 2);
        }
        List<Map<String, Object>> rows = rows(months.draw(List.of(day("2016-01-01"))));

        assertThat(of(rows, "limits_reason").subList(0, 12)).containsOnlyNulls();
        assertThat(of(rows, "limits_reason").subList(12, 24))
                .containsOnly("on average 2.00 items a month left, fewer than 5");
    }
}
