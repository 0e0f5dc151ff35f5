package uk.fpw.report.page;

import java.util.List;
import uk.fpw.report.chart.BarChart;
import uk.fpw.report.chart.TimeChart;
import uk.fpw.report.data.Row;
import uk.fpw.report.text.English;

/** Parts of a queue's page about what waits, what comes and goes. */
final class QueueFlows {

    private QueueFlows() {}

    /** What waits at the end of each month, and today. */
    static List<Block> stock(QueueData data) {
        List<Row> rows = data.rows("""
                select measured_to_on as day, waiting_count, unavailable_reason
                from mart.queue_monthly
                where queue = :queue and is_total
                order by month_start_on
                """);
        if (rows.isEmpty()) {
            return List.of();
        }
        List<TimeChart.Value> values =
                rows.stream().map(row -> value(row, "waiting_count")).toList();
        String closedAhead = LaterDatesPart.sentence(data.site(), data.queue());
        return List.of(Block.ofCharts(
                "waiting",
                "What is waiting",
                "Everything in the queue at the end of each month and at the end of the latest day, late or not."
                        + (closedAhead == null ? "" : " " + closedAhead),
                List.of(TimeChart.of(
                        "stock",
                        "Waiting at the end of the month",
                        data.units(),
                        List.of(new TimeChart.Series("Waiting", values)),
                        data.events())),
                "It cannot say whether that is a backlog: waiting is not backlog. Two values alone are no trend; what "
                        + "comes and goes is tested below."));
    }

    static TimeChart.Value value(Row row, String column) {
        return new TimeChart.Value(row.date("day"), row.numberOrNull(column), QueueData.reason(row, column));
    }

    /** How old what waits is. */
    static List<Block> ages(QueueData data) {
        List<Row> rows = data.rows("""
                select *
                from mart.open_age
                where queue = :queue and is_total
                qualify as_of_on = max(as_of_on) over ()
                order by age_band_from_days
                """);
        if (rows.isEmpty()) {
            return List.of();
        }
        return List.of(Block.ofCharts(
                "ages",
                "How long what waits has been waiting",
                "Days since first receipt, at the end of "
                        + English.day(rows.get(0).date("as_of_on")) + ".",
                List.of(BarChart.of(
                        "ages",
                        "Waiting by age",
                        data.units(),
                        "Days since first receipt",
                        rows.stream()
                                .map(row -> QueueData.bar(row.text("age_band"), row, "waiting_count"))
                                .toList())),
                "It cannot say how long a new item will wait: what still waits is not yet over, and what left quickly "
                        + "is not here."));
    }

    /** Stages of a whole queue. */
    static List<Block> stages(QueueData data) {
        List<Row> rows = data.rows("""
                select queue.queue, queue.title, today.waiting_count, today.oldest_wait_days
                from mart.dim_queue as queue
                inner join mart.queue_daily as today
                    on queue.queue = today.queue and today.is_total and today.day = today.data_as_at
                where queue.parent_queue = :queue
                order by queue.title
                """);
        if (rows.isEmpty()) {
            return List.of();
        }
        return List.of(Block.ofTable(
                "stages",
                "Stages",
                "The stages add up to this queue, except items whose dates are out of order.",
                new Block.DataTable(
                        "Waiting in each stage",
                        List.of("Stage", "Waiting", "Longest wait, days"),
                        rows.stream()
                                .map(row -> List.of(
                                        new Block.Cell(row.text("title"), QueuePaths.of(row.text("queue"))),
                                        Block.Cell.of(English.count(row.countOrNull("waiting_count"))),
                                        Block.Cell.of(QueueData.longestWait(row))))
                                .toList())));
    }
}
