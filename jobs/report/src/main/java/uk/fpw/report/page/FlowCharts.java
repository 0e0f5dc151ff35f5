package uk.fpw.report.page;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;
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
        boolean hasSeasons = data.has("mart.queue_signal", "is_season_evident");
        Map<String, List<ControlChart.Point>> points = new LinkedHashMap<>();
        for (Row row : rows) {
            points.computeIfAbsent(row.text("measure"), measure -> new ArrayList<>())
                    .add(point(
                            row,
                            hasSeasons && row.flag("is_season_evident")
                                    ? row.numberOrNull("same_month_last_year")
                                    : null));
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
                        + "changes. A filled triangle marks a month that breaks a rule of such charts, which chance "
                        + "alone seldom does."
                        + (since == null ? "" : " " + since.sentence())
                        + (hasSeasons ? seasons(rows) : ""),
                charts,
                "It cannot say why a flow changed. A signal does not begin new limits: a recorded change with a reason "
                        + "does. Where nothing changes at all, a chart of so many months still "
                        + "shows a signal in " + falseSignals(data) + "."));
    }

    /** A sentence for each measure with an evident season. */
    private static String seasons(List<Row> rows) {
        Map<String, String> sentences = new LinkedHashMap<>();
        for (Row row : rows) {
            if (row.flag("is_season_evident")) {
                sentences.put(
                        row.text("measure"),
                        String.format(
                                Locale.UK,
                                " The months of the year differ in %s more than chance makes them (a season, p %s over "
                                        + "%d months): compare a month with the same one of the year before, which is "
                                        + "drawn beside it, not only with the limits, which know of no season.",
                                row.text("measure"),
                                probability(row.numberOrNull("season_log10_p")),
                                row.count("season_month_count")));
            }
        }
        return String.join("", sentences.values());
    }

    private static String probability(@Nullable Double log10) {
        double p = log10 == null ? 1 : Math.pow(10, log10);
        return p < 0.001 ? "below 0.001" : String.format(Locale.UK, "%.3f", p);
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

    private static ControlChart.Point point(Row row, @Nullable Double lastYear) {
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
                        ? new ControlChart.Limits(
                                mean,
                                lower,
                                upper,
                                row.flag("is_limit_provisional"),
                                row.columns().contains("is_limit_carried") && row.flag("is_limit_carried"))
                        : null,
                !isCharted || signal == null || signal.equals("none") ? null : signal,
                row.flag("is_partial") ? "the month is not over" : row.textOrNull("limits_reason"),
                lastYear);
    }
}
