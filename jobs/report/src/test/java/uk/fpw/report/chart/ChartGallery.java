package uk.fpw.report.chart;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import uk.fpw.report.text.English;

/**
 * Writes a page with every kind of chart, for viewing in a browser at several widths and on paper. Arguments: the page
 * to write, and the stylesheet of the site.
 */
final class ChartGallery {

    private static final LocalDate START = LocalDate.of(2014, 4, 1);

    private ChartGallery() {}

    public static void main(String[] args) throws IOException {
        StringBuilder page = new StringBuilder(
                "<!DOCTYPE html><html lang=\"en-GB\"><head><meta charset=\"utf-8\"><meta name=\"viewport\""
                        + " content=\"width=device-width, initial-scale=1\"><title>Charts</title><style>");
        page.append(Files.readString(Path.of(args[1]))).append("</style></head><body><main><h1>Charts</h1>");
        for (Chart chart : charts()) {
            page.append("<figure><h3>")
                    .append(Svg.escape(chart.title()))
                    .append("</h3>")
                    .append(chart.svg());
            page.append("<figcaption>").append(Svg.escape(chart.description())).append("</figcaption></figure>");
        }
        Files.writeString(Path.of(args[0]), page.append("</main></body></html>"), StandardCharsets.UTF_8);
    }

    /** One of each kind, and the special cases of some. */
    static List<Chart> charts() {
        return List.of(
                TimeChart.of("stock", "Computers waiting, by police area", "devices", series(), changes()),
                TimeChart.of(
                        "one",
                        "Waiting, a single day",
                        "devices",
                        List.of(new TimeChart.Series("Waiting", List.of(new TimeChart.Value(START, 142.0, null)))),
                        List.of()),
                TimeChart.of("net", "Net change", "devices", List.of(netChange()), List.of()),
                TimeChart.of("none", "Nothing", "devices", List.of(), List.of()),
                ControlChart.of("xmr", "Received, rebased", "devices per working day", rebased(), changes()),
                ControlChart.of("xmr2", "Received, with signals", "devices per working day", withSignals(), List.of()),
                BarChart.of("ages", "Age of what waits", "devices", "Age in days", ages()),
                BarChart.of("signed", "Net change by unit", "devices", "Unit", signed()),
                SurvivalChart.of("km", "Share still waiting", "share of devices still waiting", curves()),
                IntervalChart.of("share", "Cases graded good", "share of judged cases", shares()),
                StackedShare.of(
                        "left",
                        "How it left",
                        "share of what left",
                        List.of("examined", "withdrawn", "returned unexamined", "<b>lost</b> & found"),
                        periods()),
                FunnelChart.of("funnel", "Cases graded good, by unit", "share of judged cases", units()),
                Sparkline.of("spark", "Waiting", "devices", series().get(0)),
                lineage());
    }

    private static List<Event> changes() {
        return List.of(
                new Event(START.plusMonths(5), "Triage <script> begins"),
                new Event(START.plusMonths(6), "Second laboratory opens in the north of the force area"),
                new Event(START.plusMonths(8), "Provider changed"));
    }

    private static List<TimeChart.Series> series() {
        String[] names = {"North", "South and the islands, a unit with a name of some length", "Other"};
        int[][] values = {
            {142, 145, 139, 148, 151, 150, 143, 149, 155, 160, 158, 152, 150, 147},
            {60, 62, 65, 61, 59, 70, 72, 75, 71, 69, 66, 68, 70, 71},
            {55, 51, 50, 52, 58, 60, 61, 63, 66, 67, 68, 66, 65, 69}
        };
        List<TimeChart.Series> series = new ArrayList<>();
        for (int i = 0; i < names.length; i++) {
            List<TimeChart.Value> line = new ArrayList<>();
            for (int month = 0; month < values[i].length; month++) {
                boolean isGap = i == 0 && month > 8 && month < 11;
                line.add(new TimeChart.Value(
                        START.plusMonths(month),
                        isGap ? null : (double) values[i][month],
                        isGap ? "feed cases missing" : null,
                        month > 11));
            }
            series.add(new TimeChart.Series(names[i], line));
        }
        return series;
    }

    private static TimeChart.Series netChange() {
        return new TimeChart.Series(
                "Net change",
                List.of(
                        new TimeChart.Value(START, -12.0, null),
                        new TimeChart.Value(START.plusMonths(1), 7.0, null),
                        new TimeChart.Value(START.plusMonths(2), -3.0, null)));
    }

    /** Case 'rebased' of the golden series of control charts; its limits come from R, package NHSRplotthedots. */
    static List<ControlChart.Point> rebased() {
        double[] values = {142, 139, 144, 141, 143, 138, 142, 140, 155, 158, 153, 157, 154, 156, 159, 155};
        ControlChart.Limits before = new ControlChart.Limits(141.125, 132.005, 150.245, true);
        ControlChart.Limits after = new ControlChart.Limits(155.875, 146.755, 164.995, true);
        List<ControlChart.Point> points = new ArrayList<>();
        for (int i = 0; i < values.length; i++) {
            points.add(new ControlChart.Point(START.plusMonths(i), values[i], i < 8 ? before : after, null, null));
        }
        return points;
    }

    private static List<ControlChart.Point> withSignals() {
        double[] values = {1.4, 1.9, 1.2, 1.6, 1.5, 3.9, 1.3, 1.7, 1.1, 1.8, 2.0, 2.1, 2.2, 2.3, 2.4, 2.5, 2.6, 0.9};
        ControlChart.Limits limits = new ControlChart.Limits(1.8, 0.3, 3.3, false);
        List<ControlChart.Point> points = new ArrayList<>();
        for (int i = 0; i < values.length; i++) {
            boolean isPartial = i == values.length - 1;
            @Nullable
            String signal = i == 5 ? "above the upper limit" : i >= 10 && i < 17 ? "trend: 7 points rising" : null;
            points.add(new ControlChart.Point(
                    START.plusMonths(i),
                    i == 2 ? null : values[i],
                    isPartial || i == 2 ? null : limits,
                    signal,
                    isPartial ? "the month is not over" : i == 2 ? "feed missing" : null));
        }
        return points;
    }

    private static List<BarChart.Bar> ages() {
        return List.of(
                new BarChart.Bar("0-30", 38.0, "38"),
                new BarChart.Bar("31-90", 51.0, "51"),
                new BarChart.Bar("91-180", 40.0, "40"),
                new BarChart.Bar("181-365", 19.0, "19"),
                new BarChart.Bar("366+", null, "not available"));
    }

    private static List<BarChart.Bar> signed() {
        List<BarChart.Bar> bars = new ArrayList<>();
        for (int i = 0; i < 300; i++) {
            double value = (i * 37) % 23 - 11;
            bars.add(new BarChart.Bar(
                    "Unit " + i + (i == 3 ? " " + "of the WWWW ".repeat(16) : ""), value, English.figure(value)));
        }
        return bars;
    }

    /** The set 'aml' of R's package survival, all patients, log-log intervals: the first and last steps. */
    static List<SurvivalChart.Curve> curves() {
        double[][] all = {
            {5, 0.9130, 0.6949, 0.9776}, {8, 0.8261, 0.6006, 0.9309}, {9, 0.7826, 0.5542, 0.9032},
            {12, 0.7391, 0.5092, 0.8734}, {13, 0.6957, 0.4656, 0.8417}, {18, 0.6460, 0.4140, 0.8053},
            {23, 0.5466, 0.3193, 0.7264}, {27, 0.4969, 0.2756, 0.6842}, {30, 0.4417, 0.2274, 0.6371},
            {33, 0.3313, 0.1418, 0.5353}, {43, 0.2208, 0.0710, 0.4222}, {48, 0.0828, 0.0070, 0.2868},
            {161, 0.0828, 0.0070, 0.2868}
        };
        double[][] slow = {
            {9, 0.9091, 0.5081, 0.9867},
            {13, 0.8182, 0.4474, 0.9512},
            {18, 0.7159, 0.3502, 0.8990},
            {23, 0.6136, 0.2658, 0.8353},
            {31, 0.4909, 0.1673, 0.7534},
            {60, 0.4909, 0.1673, 0.7534}
        };
        return List.of(
                new SurvivalChart.Curve("first entries 2014/15", steps(all), 27.0),
                new SurvivalChart.Curve("first entries 2015/16", steps(slow), 31.0));
    }

    private static List<SurvivalChart.Step> steps(double[][] rows) {
        List<SurvivalChart.Step> steps = new ArrayList<>();
        for (double[] row : rows) {
            steps.add(new SurvivalChart.Step(row[0], row[1], row[2], row[3]));
        }
        return steps;
    }

    private static List<IntervalChart.Share> shares() {
        return List.of(
                new IntervalChart.Share("2012/13", 3.0 / 7, 0.1582, 0.7495, "7 cases", null, false),
                new IntervalChart.Share("2013/14", 34.0 / 70, 0.3725, 0.6005, "70 cases", null, false),
                new IntervalChart.Share("2014/15", 2.0 / 7, null, null, "7 cases", "selected for a reason", true),
                new IntervalChart.Share("2015/16", null, null, null, "0 cases", "no case was judged", false));
    }

    private static List<StackedShare.Period> periods() {
        return List.of(
                new StackedShare.Period("Jan 2015", List.of(40L, 8L, 2L, 0L), null),
                new StackedShare.Period("Feb 2015", List.of(35L, 10L, 5L, 1L), null),
                new StackedShare.Period("Mar 2015", null, "feed of cases missing"),
                new StackedShare.Period("Apr 2015", List.of(20L, 60L, 10L, 10L), null, true));
    }

    private static List<FunnelChart.Unit> units() {
        List<FunnelChart.Unit> units = new ArrayList<>();
        int[][] counts = {{8, 5}, {15, 6}, {30, 14}, {45, 10}, {60, 31}, {90, 44}, {120, 78}};
        for (int[] count : counts) {
            double error = Math.sqrt(0.51 * 0.49 / count[0]);
            units.add(new FunnelChart.Unit(
                    "Unit of " + count[0],
                    (long) count[0],
                    (double) count[1] / count[0],
                    new FunnelChart.Limits(
                            0.51,
                            Math.max(0, 0.51 - 1.96 * error),
                            Math.min(1, 0.51 + 1.96 * error),
                            Math.max(0, 0.51 - 3.09 * error),
                            Math.min(1, 0.51 + 3.09 * error)),
                    null,
                    null));
        }
        return units;
    }

    private static Chart lineage() {
        return DependencyChart.of(
                "lineage",
                "What mart.queue_daily is made of",
                List.of(
                        new DependencyChart.Node("f1", "dfu/submissions", 0, "feeds.html#submissions"),
                        new DependencyChart.Node("f2", "cases & <people> with a very long name of a feed", 0, null),
                        new DependencyChart.Node("e1", "received", 1, null),
                        new DependencyChart.Node("e2", "examined", 1, null),
                        new DependencyChart.Node("e3", "withdrawn", 1, null),
                        new DependencyChart.Node("q", "awaiting_examination", 2, "../queue.html"),
                        new DependencyChart.Node("m", "mart.queue_daily", 3, "queue_daily.html")),
                List.of(
                        new DependencyChart.Edge("f1", "e1"), new DependencyChart.Edge("f1", "e2"),
                        new DependencyChart.Edge("f2", "e3"), new DependencyChart.Edge("e1", "q"),
                        new DependencyChart.Edge("e2", "q"), new DependencyChart.Edge("e3", "q"),
                        new DependencyChart.Edge("q", "m"), new DependencyChart.Edge("f2", "m")));
    }
}
