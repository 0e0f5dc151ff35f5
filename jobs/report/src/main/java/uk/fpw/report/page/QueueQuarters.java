package uk.fpw.report.page;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import uk.fpw.report.chart.TimeChart;
import uk.fpw.report.data.Row;
import uk.fpw.report.text.English;

/** The part of a queue's page about how long items waited in each quarter of the last three years, with the tests. */
final class QueueQuarters {

    private static final String QUARTERS = """
            select *
            from mart.wait_window
            where
                queue = :queue
                and is_total
                and window_kind = 'quarter'
                and not is_partial
                and period_end_on > data_as_at - interval 39 month
            order by period_start_on
            """;

    private static final String TESTS = """
            select *
            from mart.wait_comparison
            where queue = :queue and second_group <> '(none)'
            order by comparison, first_group, second_group
            """;

    private static final List<String> TEST_HEADINGS =
            List.of("Question", "Groups", "Half had left after, days", "Does chance explain the difference?");

    private QueueQuarters() {}

    static List<Block> of(QueueData data) {
        if (!data.has("mart.wait_window", "served_90_share")) {
            return List.of();
        }
        List<Row> quarters = data.rows(QUARTERS);
        if (quarters.isEmpty()) {
            return List.of();
        }
        List<Row> tests = data.has("mart.wait_comparison", "log10_p_adjusted") ? data.rows(TESTS) : List.of();
        return List.of(new Block(
                "quarters",
                "How long, by quarter",
                List.of("How long an item would wait at the pace of each whole quarter of the last three years, from "
                        + "all that waited in it, whenever it came in."),
                List.of(
                        TimeChart.of(
                                "quarter-days",
                                "Days by which half and nine in ten would have left",
                                "days",
                                List.of(
                                        series("Half", quarters, "median_days", 1),
                                        series("Nine in ten", quarters, "p90_days", 1)),
                                data.events()),
                        TimeChart.of(
                                "quarter-served",
                                "Share that would be served within 30, 90 and 180 days",
                                "%",
                                List.of(
                                        series("Within 30", quarters, "served_30_share", 100),
                                        series("Within 90", quarters, "served_90_share", 100),
                                        series("Within 180", quarters, "served_180_share", 100)),
                                data.events())),
                tests.isEmpty()
                        ? List.of()
                        : List.of(new Block.DataTable(
                                "Tests that the queue declares",
                                TEST_HEADINGS,
                                tests.stream().map(QueueQuarters::line).toList())),
                List.of("Two neighbouring points are no test. That chance does not explain a difference does not say "
                        + "why there is one."),
                ""));
    }

    private static TimeChart.Series series(String name, List<Row> quarters, String column, double times) {
        List<TimeChart.Value> values = new ArrayList<>();
        for (Row row : quarters) {
            Double value = row.numberOrNull(column);
            values.add(new TimeChart.Value(
                    row.date("period_end_on"),
                    value == null ? null : (Double) (value * times),
                    value == null
                            ? Objects.requireNonNullElse(row.textOrNull("unavailable_reason"), "not reached")
                            : null,
                    row.flag("is_provisional")));
        }
        return new TimeChart.Series(name, values);
    }

    private static List<Block.Cell> line(Row row) {
        return List.of(
                Block.Cell.of(row.text("title")),
                Block.Cell.of(row.text("first_group") + " against " + row.text("second_group")),
                Block.Cell.of(days(row.numberOrNull("first_median_days")) + " against "
                        + days(row.numberOrNull("second_median_days"))),
                Block.Cell.of(answer(row)));
    }

    private static String days(@Nullable Double days) {
        return days == null ? "not reached" : English.figure(days);
    }

    private static String answer(Row row) {
        Double p = row.numberOrNull("log10_p_adjusted");
        return p == null
                ? "Not tested: " + row.text("test_status")
                : p < Math.log10(0.05) ? "Hardly: less than once in 20 times" : "It can";
    }
}
