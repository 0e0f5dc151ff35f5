package uk.fpw.report.page;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import uk.fpw.report.chart.BarChart;
import uk.fpw.report.chart.Chart;
import uk.fpw.report.data.Row;
import uk.fpw.report.text.English;

/** The part of a queue's page about how items left: in the latest twelve complete months together, and over time. */
final class QueueExits {

    private static final String SUMS = """
            select exit_reason, bool_or(is_served) as is_served, sum(left_count)::bigint as left_count,
                min(month_start_on) as since_on,
                last_day(max(month_start_on)) as to_on
            from mart.queue_exit
            where
                queue = :queue
                and is_total
                and is_available
                and month_start_on >= date_trunc('month', data_as_at) - interval 12 month
                and month_start_on < date_trunc('month', data_as_at)
            group by exit_reason
            order by left_count desc, exit_reason
            """;

    private QueueExits() {}

    static List<Block> of(QueueData data) {
        List<Row> sums = data.rows(SUMS);
        List<Chart> charts = new ArrayList<>();
        if (!sums.isEmpty()) {
            charts.add(sums(data, sums));
        }
        ExitMonths.of(data).ifPresent(charts::add);
        if (charts.isEmpty()) {
            return List.of();
        }
        return List.of(new Block(
                "exits",
                "How items left",
                List.of(period(sums) + "Marked * where leaving means that the work was done."),
                charts,
                List.of(),
                List.of("Many items withdrawn at once look like progress: compare with what was done."),
                ""));
    }

    private static String period(List<Row> sums) {
        if (sums.isEmpty()) {
            return "";
        }
        LocalDate since = sums.stream()
                .map(row -> row.date("since_on"))
                .min(LocalDate::compareTo)
                .orElseThrow();
        LocalDate to = sums.stream()
                .map(row -> row.date("to_on"))
                .max(LocalDate::compareTo)
                .orElseThrow();
        return "The bars are of " + English.day(since) + " to " + English.day(to) + ". ";
    }

    private static Chart sums(QueueData data, List<Row> rows) {
        return BarChart.of(
                "exits",
                "Left, by how",
                data.units(),
                "How",
                rows.stream()
                        .map(row -> QueueData.bar(name(row), row, "left_count"))
                        .toList());
    }

    /** An exit as pages show it. */
    static String name(Row row) {
        return row.text("exit_reason").replace('_', ' ') + (row.flag("is_served") ? " *" : "");
    }
}
