package uk.fpw.report.page;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import uk.fpw.report.chart.Chart;
import uk.fpw.report.chart.ControlChart;
import uk.fpw.report.chart.Event;
import uk.fpw.report.data.Row;
import uk.fpw.report.text.English;

/** The part of a queue's page with the control charts of its flows. */
final class FlowCharts {

    private FlowCharts() {}

    /** What came in, left, and the difference, against what chance does. */
    static List<Block> of(QueueData data) {
        if (!data.has("mart.queue_signal", "limits_reason")) {
            return List.of();
        }
        List<Row> rows =
                data.rows("""
                select *, %s
                from mart.queue_signal
                where queue = :queue and is_total
                order by measure = 'net change', measure = 'left', month_start_on
                """.formatted(FlowUnit.columns(data.has("mart.queue_signal", "flow_per_service_day"))));
        if (rows.isEmpty()) {
            return List.of();
        }
        String perDay = " per " + FlowUnit.day(rows.get(0));
        Map<String, List<ControlChart.Point>> points = new LinkedHashMap<>();
        for (Row row : rows) {
            points.computeIfAbsent(row.text("measure"), measure -> new ArrayList<>())
                    .add(point(row));
        }
        ServiceSince since = ServiceSince.of(data);
        List<Event> events = new ArrayList<>(data.events());
        if (since != null) {
            events.add(since.event());
        }
        List<Chart> charts = new ArrayList<>();
        points.forEach((measure, series) -> charts.add(ControlChart.of(
                "flow-" + charts.size(),
                English.sentence(measure) + "," + perDay,
                data.units() + perDay,
                series,
                events)));
        return List.of(Block.ofCharts(
                "flows",
                "What came in and what left",
                "Monthly flows" + perDay + ", with the limits within which chance alone keeps them, and recorded "
                        + "changes. A filled triangle marks a month that breaks a rule of such charts, "
                        + "which chance alone "
                        + "seldom does."
                        + (since == null ? "" : " " + since.sentence()),
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

    private static ControlChart.Point point(Row row) {
        Double value = row.numberOrNull("flow_per_day");
        boolean isCharted = value != null && !row.flag("is_partial") && row.flag("is_available");
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
                row.flag("is_partial") ? "the month is not over" : row.textOrNull("limits_reason"));
    }
}
