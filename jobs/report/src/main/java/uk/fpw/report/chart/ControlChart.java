package uk.fpw.report.chart;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import uk.fpw.report.text.English;
import uk.fpw.report.text.SignalWords;
import uk.fpw.text.Plural;

/** A control chart of individual values with moving ranges (XmR): points, mean, limits and signals. */
public final class ControlChart {

    private ControlChart() {}

    /**
     * Limits that apply to a point.
     *
     * @param isProvisional whether they are based on fewer than 12 points
     * @param isCarried whether they are carried on from the points before a change
     */
    public record Limits(double mean, double lower, double upper, boolean isProvisional, boolean isCarried) {

        /** Limits based on the points that they apply to. */
        public Limits(double mean, double lower, double upper, boolean isProvisional) {
            this(mean, lower, upper, isProvisional, false);
        }

        /** Two thirds of the way to the lower limit. */
        double lowerNear() {
            return mean - 2 * (mean - lower) / 3;
        }

        /** Two thirds of the way to the upper limit. */
        double upperNear() {
            return mean + 2 * (upper - mean) / 3;
        }
    }

    /**
     * A point.
     *
     * @param on first day of its month
     * @param value null if it is not charted
     * @param signal the rule that it breaks; null for none
     * @param reason why it has no value or no limits; null if it has both
     * @param lastYear value of the same month of the year before, to be drawn beside it; null for none
     */
    public record Point(
            LocalDate on,
            @Nullable Double value,
            @Nullable Limits limits,
            @Nullable String signal,
            @Nullable String reason,
            @Nullable Double lastYear) {

        /** A point without that of the year before. */
        public Point(
                LocalDate on,
                @Nullable Double value,
                @Nullable Limits limits,
                @Nullable String signal,
                @Nullable String reason) {
            this(on, value, limits, signal, reason, null);
        }
    }

    /**
     * Draws the chart.
     *
     * @param id prefix of the ids of the picture's elements
     * @param points in the order of their months
     */
    public static Chart of(String id, String title, String unit, List<Point> points, List<Event> events) {
        String description = description(points);
        Chart.Table table = table(points);
        List<Point> known =
                points.stream().filter(point -> point.value() != null).toList();
        if (known.isEmpty()) {
            return new Chart(NoData.svg(id, title, description), title, description, unit, table);
        }
        String svg =
                PictureSize.both(size -> draw(new PictureText(id, title, description, unit), size, points, events));
        return new Chart(svg, title, description, unit, table);
    }

    private static String draw(PictureText frame, PictureSize size, List<Point> points, List<Event> events) {
        List<Point> known =
                points.stream().filter(point -> point.value() != null).toList();
        double highest = Math.max(0, values(known).max().orElse(1));
        double least = values(known).min().orElse(0);
        boolean isCut = least > 0.5 * highest;
        double lowest = isCut ? least : Math.min(0, least);
        List<Ticks.Tick> marks = Ticks.numbers(lowest, highest > lowest ? highest : lowest + 1, 5, false);
        LocalDate from = points.get(0).on();
        LocalDate to = points.get(points.size() - 1).on();
        Plot plot = new Plot(
                frame,
                size,
                new Plot.Axis(Ticks.at(from) - 12, Ticks.at(to) + 12, Ticks.months(from, to, size.isWide() ? 8 : 4)),
                new Plot.Axis(marks.get(0).at(), marks.get(marks.size() - 1).at(), marks),
                Plot.Note.of(events, from, to.plusDays(12)),
                List.of());
        limits(plot, points);
        plot.line(
                points.stream()
                        .map(point -> new Plot.Point(Ticks.at(point.on()), point.lastYear()))
                        .toList(),
                "line purple dashed");
        plot.line(
                points.stream()
                        .map(point -> new Plot.Point(Ticks.at(point.on()), point.value()))
                        .toList(),
                "line grey");
        known.forEach(point -> draw(plot, point));
        letters(plot, known);
        keys(plot, known);
        if (isCut) {
            plot.key(null, "The axis does not begin at 0.");
        }
        return plot.rows(IntStream.rangeClosed(1, points.size())
                        .mapToDouble(i -> Ticks.at(points.get(points.size() - i).on())))
                .finish();
    }

    /** Writes a letter for each kind of signal, at the first of the consecutive points that show it. */
    private static void letters(Plot plot, List<Point> known) {
        List<String> signals = known.stream()
                .map(Point::signal)
                .filter(Objects::nonNull)
                .distinct()
                .toList();
        String before = null;
        for (Point point : known) {
            String signal = point.signal();
            Limits limits = point.limits();
            if (signal != null && limits != null && !signal.equals(before)) {
                double value = Objects.requireNonNull(point.value());
                plot.letter(Ticks.at(point.on()), value, letter(signals.indexOf(signal)), value > limits.mean());
            }
            before = signal;
        }
        signals.forEach(signal -> plot.key(letter(signals.indexOf(signal)), signal));
    }

    private static String letter(int index) {
        return String.valueOf((char) ('A' + index % 26));
    }

    private static void keys(Plot plot, List<Point> known) {
        plot.key(null, "Thick: mean. Dashed: limits. Thin: near limits, at two thirds.");
        if (known.stream()
                .anyMatch(point -> point.limits() != null && point.limits().isProvisional())) {
            plot.key(null, "Dotted: provisional limits, of fewer than 12 points.");
        }
        if (known.stream()
                .anyMatch(point -> point.limits() != null && point.limits().isCarried())) {
            plot.key(null, "Thin: limits carried on from before the change.");
        }
        if (hasLastYear(known)) {
            plot.key(null, "Purple, dashed: the same month of the year before.");
        }
        if (known.stream().anyMatch(point -> point.limits() == null)) {
            plot.key(null, "Hollow points have no limits; the table says why.");
        }
    }

    private static boolean hasLastYear(List<Point> points) {
        return points.stream().anyMatch(point -> point.lastYear() != null);
    }

    private static DoubleStream values(List<Point> known) {
        return known.stream()
                .flatMap(point -> {
                    Limits limits = point.limits();
                    Stream<@Nullable Double> values = Stream.of(point.value());
                    if (limits != null) {
                        values = Stream.concat(values, Stream.of(limits.upper(), limits.lower()));
                    }
                    return Stream.concat(values, Stream.ofNullable(point.lastYear()));
                })
                .mapToDouble(Objects::requireNonNull);
    }

    private static void draw(Plot plot, Point point) {
        double value = Objects.requireNonNull(point.value());
        Limits limits = point.limits();
        String text = English.shortMonth(point.on()) + ": " + English.figure(value)
                + (point.signal() == null ? "" : ", " + point.signal());
        if (point.signal() != null && limits != null) {
            plot.point(
                    Ticks.at(point.on()),
                    value,
                    value > limits.mean() ? Plot.Mark.ABOVE : Plot.Mark.BELOW,
                    "signal",
                    text);
        } else {
            plot.point(Ticks.at(point.on()), value, limits == null ? Plot.Mark.HOLLOW : Plot.Mark.DOT, "blue", text);
        }
    }

    /** Draws a level for every run of points with the same limits. */
    private static void limits(Plot plot, List<Point> points) {
        int begin = 0;
        while (begin < points.size()) {
            int end = begin;
            Limits limits = points.get(begin).limits();
            while (end + 1 < points.size() && Objects.equals(points.get(end + 1).limits(), limits)) {
                end++;
            }
            if (limits != null) {
                double from = Ticks.at(points.get(begin).on()) - 12;
                double to = Ticks.at(points.get(end).on()) + 12;
                String kind = (limits.isProvisional() ? " provisional" : "") + (limits.isCarried() ? " carried" : "");
                plot.level(from, to, limits.upperNear(), "near" + kind);
                plot.level(from, to, limits.lowerNear(), "near" + kind);
                plot.level(from, to, limits.mean(), "mean" + kind);
                plot.level(from, to, limits.upper(), "limit" + kind);
                plot.level(from, to, limits.lower(), "limit" + kind);
            }
            begin = end + 1;
        }
    }

    /** From which months the limits of a point come, as a sentence. */
    private static String base(List<Point> known, Limits limits) {
        List<Point> base = known.stream()
                .filter(point -> point.limits() != null
                        && !point.limits().isCarried()
                        && point.limits().mean() == limits.mean()
                        && point.limits().upper() == limits.upper())
                .toList();
        return base.isEmpty()
                ? ""
                : " "
                        + SignalWords.base(
                                base.get(0).on(),
                                base.get(base.size() - 1).on(),
                                base.size(),
                                base.stream()
                                        .filter(point -> point.signal() != null)
                                        .count());
    }

    private static String description(List<Point> points) {
        List<Point> known =
                points.stream().filter(point -> point.value() != null).toList();
        if (known.isEmpty()) {
            return "No month is charted.";
        }
        Point last = known.get(known.size() - 1);
        Limits limits = last.limits();
        return Plural.of(known.size(), "month") + (known.size() == 1 ? " is" : " are") + " charted. The latest, "
                + English.shortMonth(last.on()) + ", is " + English.figure(last.value())
                + (limits == null
                        ? "; it has no limits" + (last.reason() == null ? "" : ": " + last.reason()) + "."
                        : "; the mean is " + English.figure(limits.mean()) + ", the limits are "
                                + English.figure(limits.lower()) + " and " + English.figure(limits.upper())
                                + (limits.isProvisional() ? " (provisional)" : "")
                                + (limits.isCarried() ? " (those before the change)." : ".")
                                + base(known, limits));
    }

    private static Chart.Table table(List<Point> points) {
        boolean hasLastYear = hasLastYear(points);
        List<List<String>> rows = new ArrayList<>();
        for (int i = points.size() - 1; i >= 0; i--) {
            Point point = points.get(i);
            Limits limits = point.limits();
            List<String> row = new ArrayList<>(List.of(English.shortDay(point.on()), English.figure(point.value())));
            if (hasLastYear) {
                row.add(English.figure(point.lastYear()));
            }
            row.addAll(List.of(
                    limits == null ? English.UNKNOWN : English.figure(limits.mean()),
                    limits == null ? English.UNKNOWN : English.figure(limits.lower()),
                    limits == null ? English.UNKNOWN : English.figure(limits.upper()),
                    point.signal() != null ? point.signal() : point.reason() != null ? point.reason() : "none"));
            rows.add(row);
        }
        List<String> columns = new ArrayList<>(List.of("Month from", "Value"));
        if (hasLastYear) {
            columns.add("A year before");
        }
        columns.addAll(List.of("Mean", "Lower limit", "Upper limit", "Signal"));
        return new Chart.Table(columns, rows);
    }
}
