package uk.fpw.report.page;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import uk.fpw.report.chart.BarChart;
import uk.fpw.report.chart.Chart;
import uk.fpw.report.chart.ControlChart;
import uk.fpw.report.chart.TimeChart;
import uk.fpw.report.data.Row;
import uk.fpw.report.text.English;

/** Parts of a queue's page about what waits, what comes and goes. */
final class QueueFlows {

    private QueueFlows() {}

    /** What waits at the end of each month, and today. */
    static List<Block> stock(QueueData data) {
        List<Row> rows = data.rows("""
                select measured_to_on as day, waiting_count, contributor_count, is_available, unavailable_reason
                from mart.queue_monthly
                where queue = :queue and is_total
                order by month_start_on
                """);
        if (rows.isEmpty()) {
            return List.of();
        }
        List<TimeChart.Value> values =
                rows.stream().map(row -> value(data, row, "waiting_count")).toList();
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

    static TimeChart.Value value(QueueData data, Row row, String column) {
        Long count = row.countOrNull(column);
        Long contributors = row.countOrNull("contributor_count");
        return new TimeChart.Value(
                row.date("day"), data.shown(count, contributors), data.reason(row, count, contributors));
    }

    /** What came in, left, and the difference, against what chance does. */
    static List<Block> flows(QueueData data) {
        if (!data.has("mart.queue_signal", "limits_reason")) {
            return List.of();
        }
        Map<String, List<ControlChart.Point>> points = new LinkedHashMap<>();
        for (Row row : data.rows("""
                select signal.*, month.opening_count, month.waiting_count, month.received_count, month.left_count
                from mart.queue_signal as signal
                left join mart.queue_monthly as month
                    on
                        signal.queue = month.queue
                        and month.is_total
                        and signal.month_start_on = month.month_start_on
                where signal.queue = :queue and signal.is_total
                order by signal.measure = 'net change', signal.measure = 'left', signal.month_start_on
                """)) {
            points.computeIfAbsent(row.text("measure"), measure -> new ArrayList<>())
                    .add(point(data, row));
        }
        if (points.isEmpty()) {
            return List.of();
        }
        List<Chart> charts = new ArrayList<>();
        points.forEach((measure, series) -> charts.add(ControlChart.of(
                "flow-" + charts.size(),
                English.sentence(measure) + ", per working day",
                data.units() + " per working day",
                series,
                data.events())));
        return List.of(Block.ofCharts(
                "flows",
                "What came in and what left",
                "Monthly flows per working day, with the limits within which chance alone keeps them, and recorded "
                        + "changes. A filled triangle marks a month that breaks a rule of such charts, "
                        + "which chance alone "
                        + "seldom does.",
                charts,
                "It cannot say why a flow changed. Where nothing changes at all, a chart of so many months still "
                        + "shows a signal in " + falseSignals(data) + "."));
    }

    /** Of the longest segment of the charts. */
    private static String falseSignals(QueueData data) {
        Double share = data.rows("""
                select max(false_signal_share) as share
                from mart.queue_signal
                where queue = :queue and is_total
                """).get(0).numberOrNull("share");
        return share == null ? "some cases" : String.format(Locale.UK, "%.0f of 100 cases", 100 * share);
    }

    private static ControlChart.Point point(QueueData data, Row row) {
        Double value = row.numberOrNull("flow_per_working_day");
        Long count = row.countOrNull("flow_count");
        // the net change beside one stock gives another away
        boolean isNet = row.text("measure").equals("net change");
        boolean isSmall = count != null
                && (isNet
                        ? Stream.of("opening_count", "waiting_count", "received_count", "left_count")
                                .anyMatch(column -> isSmall(data, row.countOrNull(column)))
                        : isSmall(data, count));
        boolean isCharted = value != null && !row.flag("is_partial") && row.flag("is_available") && !isSmall;
        Double mean = row.numberOrNull("mean");
        Double lower = row.numberOrNull("lower_limit");
        Double upper = row.numberOrNull("upper_limit");
        String signal = row.textOrNull("signal");
        return new ControlChart.Point(
                row.date("month_start_on"),
                isCharted ? value : null,
                isCharted && mean != null && lower != null && upper != null
                        ? new ControlChart.Limits(mean, lower, upper, row.flag("is_limit_provisional"))
                        : null,
                !isCharted || signal == null || signal.equals("none") ? null : signal,
                isSmall
                        ? "not shown: " + data.site().cells().hidden() + " " + data.units() + " in a count of the month"
                        : row.flag("is_partial") ? "the month is not over" : row.textOrNull("limits_reason"));
    }

    private static boolean isSmall(QueueData data, @Nullable Long count) {
        return count != null && data.shown(count, null) == null;
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
                                .map(row -> data.bar(row.text("age_band"), row, "waiting_count"))
                                .toList())),
                "It cannot say how long a new item will wait: what still waits is not yet over, and what left quickly "
                        + "is not here."));
    }

    /** Stages of a whole queue. */
    static List<Block> stages(QueueData data) {
        List<Row> rows = data.rows("""
                select queue.queue, queue.title, today.waiting_count, today.contributor_count, today.oldest_wait_days
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
                                        Block.Cell.of(data.site()
                                                .cells()
                                                .text(
                                                        row.countOrNull("waiting_count"),
                                                        row.countOrNull("contributor_count"))),
                                        Block.Cell.of(
                                                data.shown(
                                                                        row.countOrNull("waiting_count"),
                                                                        row.countOrNull("contributor_count"))
                                                                == null
                                                        ? "–"
                                                        : English.count(row.countOrNull("oldest_wait_days")))))
                                .toList())));
    }

    /** What outside providers have. */
    static List<Block> providers(QueueData data) {
        if (!data.has("mart.capacity_monthly", "capacity_kind", "sent_count")) {
            return List.of();
        }
        return QueueProviders.of(data);
    }
}
