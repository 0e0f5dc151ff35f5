package uk.fpw.metrics.figures;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import uk.fpw.metrics.cube.Period;
import uk.fpw.metrics.table.TableRows;
import uk.fpw.model.Model;
import uk.fpw.model.Models;

/** Charts that begin anew from a day on, which was decided outside of the figures. */
class MonthChartTest {

    private static final int JANUARY = Period.MONTH.of(day("2015-01-01"));

    private static int day(String date) {
        return (int) LocalDate.parse(date).toEpochDay();
    }

    /** The columns of the chart, without those of the tables that have it. */
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
                "");
    }

    private static List<Map<String, Object>> chart(List<Integer> rebasedOn, double... values) {
        MonthChart.Builder months = new MonthChart.Builder();
        for (int i = 0; i < values.length; i++) {
            months.add(JANUARY + i, values[i], Double.isNaN(values[i]) ? "a gap" : null);
        }
        return rows(new MonthChart(months.draw(List.of()).months(), rebasedOn));
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

    @Test
    void segmentBeginsWithTheFirstChartedMonthFromTheDayOn() {
        List<Map<String, Object>> rows = chart(List.of(day("2015-04-02")), 4, 6, 5, 5, Double.NaN, 15, 14, 16);

        // May has no value, and April had begun before the 2nd
        assertThat(of(rows, "segment")).containsExactly(1, 1, 1, 1, null, 2, 2, 2);
        assertThat(of(rows, "mean")).containsExactly(5.0, 5.0, 5.0, 5.0, null, 15.0, 15.0, 15.0);
        assertThat(of(rows, "moving_range")).containsExactly(null, 2.0, 1.0, 0.0, null, null, 1.0, 2.0);
        assertThat(of(rows, "point_count")).containsExactly(4, 4, 4, 4, null, 3, 3, 3);
        assertThat(of(rows, "limits_reason")).containsExactly(null, null, null, null, "a gap", null, null, null);
    }

    @Test
    void whatTheChangeExplainsStaysVisible() {
        double[] values = {10, 11, 10, 9, 10, 11, 10, 20, 21, 20, 19, 20, 21, 20};
        List<Map<String, Object>> rows = chart(List.of(day("2015-08-01")), values);

        assertThat(of(rows, "signal")).containsOnly("none");
        assertThat(of(rows, "unrebased_signal")).doesNotContain("none");
        assertThat(of(rows, "unrebased_mean")).containsOnly(212 / 14.0);
    }

    @Test
    void dayWithoutMonthsBeforeOrAfterItDividesNothing() {
        assertThat(of(chart(List.of(day("2014-12-31"), day("2015-01-01"), day("2016-01-01")), 1, 2, 3), "segment"))
                .containsExactly(1, 1, 1);
        assertThat(of(chart(List.of(day("2015-03-01"), day("2015-02-02")), 1, 2, 3), "segment"))
                .containsExactly(1, 1, 2);
    }

    @Test
    void segmentOfTwoMonthsHasNoLimitsAndTheWholeChartHas() {
        List<Map<String, Object>> rows = chart(List.of(day("2015-04-01")), 4, 6, 5, 5, 6);

        assertThat(of(rows, "limits_reason"))
                .containsExactly(
                        null, null, null, "2 points: limits need at least 3", "2 points: limits need at least 3");
        assertThat(of(rows, "upper_limit").subList(3, 5)).containsOnlyNulls();
        assertThat(of(rows, "unrebased_mean")).containsOnly(5.2);
    }

    @Test
    void recordedChangeBeginsNewLimitsOnceTwelveMonthsFollowIt() {
        MonthChart.Builder months = new MonthChart.Builder();
        for (int i = 0; i < 30; i++) {
            months.add(JANUARY + i, i < 10 ? 5 + i % 2 : 15 + i % 2, null);
        }

        // 6 months from August 2015, then 17 from February 2016
        assertThat(of(rows(months.draw(List.of(day("2015-08-01"), day("2016-02-01")))), "segment"))
                .startsWith(1)
                .containsOnly(1, 2)
                .satisfies(segments -> assertThat(segments.indexOf(2)).isEqualTo(13));
        // 12 months from July 2016, and 11 from August
        assertThat(of(rows(months.draw(List.of(day("2016-07-01")))), "segment").indexOf(2))
                .isEqualTo(18);
        assertThat(of(rows(months.draw(List.of(day("2016-08-01")))), "segment")).containsOnly(1);
    }
}
