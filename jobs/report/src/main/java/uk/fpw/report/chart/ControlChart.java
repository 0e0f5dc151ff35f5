package uk.fpw.report.chart;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A control chart of individual values with moving ranges (XmR): points, mean, limits, and what is more than chance. */
public final class ControlChart {

    private ControlChart() {}

    /**
     * Limits that apply to a point.
     *
     * @param isProvisional whether they are of fewer than 12 points
     */
    public record Limits(double mean, double lower, double upper, boolean isProvisional) {}

    /**
     * A point.
     *
     * @param on first day of its month
     * @param value null where it is not charted
     * @param signal what is more than chance about it; null if nothing is
     * @param reason why it has no value or no limits; null if it has both
     */
    public record Point(
            LocalDate on,
            @Nullable Double value,
            @Nullable Limits limits,
            @Nullable String signal,
            @Nullable String reason) {}

    /**
     * Draws the chart.
     *
     * @param id begins the ids of the picture's elements
     * @param points in the order of their months
     */
    public static Chart of(String id, String title, String unit, List<Point> points, List<Event> events) {
        String description = description(points);
        Chart.Table table = table(points);
        List<Point> known = points.stream().filter(point -> point.value() != null).toList();
        if (known.isEmpty()) {
            return new Chart(NoData.svg(id, title, description), title, description, unit, table);
        }
        double highest = values(known).max().orElse(1);
        double lowest = Math.min(0, values(known).min().orElse(0));
        List<Ticks.Tick> marks = Ticks.numbers(lowest, highest > lowest ? highest : lowest + 1, 5, false);
        LocalDate from = points.get(0).on();
        LocalDate to = points.get(points.size() - 1).on();
        Plot plot = new Plot(
                id,
                title,
                description,
                unit,
                new Plot.Axis(Words.at(from) - 10.0, Words.at(to) + 10.0, Ticks.months(from, to, 7)),
                new Plot.Axis(marks.get(0).at(), marks.get(marks.size() - 1).at(), marks),
                0);
        limits(plot, points, marks.get(0).at(), marks.get(marks.size() - 1).at());
        int row = 0;
        for (Event event : events) {
            if (!event.on().isBefore(from) && !event.on().isAfter(to.plusMonths(1))) {
                plot.event(Words.at(event.on()), Words.fit(event.label(), 190, 11), row++ % 3);
            }
        }
        plot.line(
                points.stream()
                        .map(point -> new Plot.Point(Words.at(point.on()), point.value()))
                        .toList(),
                "line grey");
        known.forEach(point -> draw(plot, point));
        return new Chart(plot.finish(), title, description, unit, table);
    }

    private static DoubleStream values(List<Point> known) {
        return known.stream()
                .flatMap(point -> {
                    Limits limits = point.limits();
                    return limits == null
                            ? Stream.of(point.value())
                            : Stream.of(point.value(), limits.upper(), limits.lower());
                })
                .mapToDouble(Objects::requireNonNull);
    }

    private static void draw(Plot plot, Point point) {
        double value = Objects.requireNonNull(point.value());
        Limits limits = point.limits();
        String text = Words.day(point.on()) + ": " + Words.number(value)
                + (point.signal() == null ? "" : ", " + point.signal());
        if (point.signal() != null && limits != null) {
            plot.point(
                    Words.at(point.on()),
                    value,
                    value > limits.mean() ? Plot.Mark.ABOVE : Plot.Mark.BELOW,
                    "signal",
                    text);
        } else {
            plot.point(
                    Words.at(point.on()), value, limits == null ? Plot.Mark.HOLLOW : Plot.Mark.DOT, "blue", text);
        }
    }

    /** A level for every stretch of points that share their limits. */
    private static void limits(Plot plot, List<Point> points, double bottom, double top) {
        int begin = 0;
        while (begin < points.size()) {
            int end = begin;
            while (end + 1 < points.size()
                    && Objects.equals(
                            points.get(end + 1).limits(), points.get(begin).limits())) {
                end++;
            }
            Limits limits = points.get(begin).limits();
            if (limits != null) {
                double from = Words.at(points.get(begin).on()) - 8.0;
                double to = Words.at(points.get(end).on()) + 8.0;
                String provisional = limits.isProvisional() ? " provisional" : "";
                plot.level(from, to, limits.mean(), "mean" + provisional);
                plot.level(from, to, Math.min(top, limits.upper()), "limit" + provisional);
                plot.level(from, to, Math.max(bottom, limits.lower()), "limit" + provisional);
            }
            begin = end + 1;
        }
    }

    private static String description(List<Point> points) {
        List<Point> known = points.stream().filter(point -> point.value() != null).toList();
        if (known.isEmpty()) {
            return "No month is charted.";
        }
        Point last = known.get(known.size() - 1);
        Limits limits = last.limits();
        long signals =
                known.stream().filter(point -> point.signal() != null).count();
        return known.size() + (known.size() == 1 ? " month is" : " months are") + " charted. The latest, "
                + Words.day(last.on()) + ", is " + Words.number(last.value())
                + (limits == null
                        ? "; it has no limits" + (last.reason() == null ? "" : ": " + last.reason()) + "."
                        : "; the mean is " + Words.number(limits.mean()) + ", the limits are "
                                + Words.number(limits.lower()) + " and " + Words.number(limits.upper())
                                + (limits.isProvisional() ? " (provisional)." : "."))
                + " " + signals + (signals == 1 ? " month shows" : " months show") + " more than chance.";
    }

    private static Chart.Table table(List<Point> points) {
        List<List<String>> rows = new ArrayList<>();
        for (int i = points.size() - 1; i >= 0; i--) {
            Point point = points.get(i);
            Limits limits = point.limits();
            rows.add(List.of(
                    Words.day(point.on()),
                    Words.number(point.value()),
                    limits == null ? Words.NONE : Words.number(limits.mean()),
                    limits == null ? Words.NONE : Words.number(limits.lower()),
                    limits == null ? Words.NONE : Words.number(limits.upper()),
                    point.signal() != null ? point.signal() : point.reason() != null ? point.reason() : "none"));
        }
        return new Chart.Table(List.of("Month from", "Value", "Mean", "Lower limit", "Upper limit", "Signal"), rows);
    }
}
