package uk.fpw.report.chart;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import uk.fpw.report.text.English;

/** Counts over time as lines, from 0. */
public final class TimeChart {

    private static final String[] COLOURS = {"blue", "orange", "green", "purple", "grey"};
    private static final List<Plot.Mark> MARKS =
            List.of(Plot.Mark.DOT, Plot.Mark.ABOVE, Plot.Mark.BELOW, Plot.Mark.DIAMOND);
    private static final int MOST = 5;

    private TimeChart() {}

    /**
     * The value of a day.
     *
     * @param value null if it is unknown
     * @param reason why it is unknown; null if it is known
     * @param isProvisional whether it is expected to change; the line to it is dashed
     */
    public record Value(
            LocalDate on, @Nullable Double value, @Nullable String reason, boolean isProvisional) {

        /** A value that is not expected to change. */
        public Value(LocalDate on, @Nullable Double value, @Nullable String reason) {
            this(on, value, reason, false);
        }
    }

    /**
     * One line.
     *
     * @param values in order of their days
     * @param isOfMonths whether a value counts the month of its day rather than the state on that day
     */
    public record Series(String name, List<Value> values, boolean isOfMonths) {

        /** Values of days. */
        public Series(String name, List<Value> values) {
            this(name, values, false);
        }

        private String at(Value value) {
            return isOfMonths ? "in " + English.shortMonth(value.on()) : "on " + English.shortDay(value.on());
        }
    }

    /**
     * Draws up to five series.
     *
     * @param id prefix of the ids of the picture's elements
     * @param unit what the values count
     * @param events drawn if they lie within the series
     */
    public static Chart of(String id, String title, String unit, List<Series> all, List<Event> events) {
        List<Series> series = all.subList(0, Math.min(MOST, all.size()));
        String description = description(series, all.size(), unit);
        Chart.Table table = table(series);
        if (series.stream().flatMap(one -> one.values().stream()).noneMatch(TimeChart::isKnown)) {
            return new Chart(NoData.svg(id, title, description), title, description, unit, table);
        }
        String svg = PictureSize.both(
                size -> draw(new PictureText(id, title, description, unit), size, series, all.size(), events));
        return new Chart(svg, title, description, unit, table);
    }

    private static String draw(PictureText frame, PictureSize size, List<Series> series, int all, List<Event> events) {
        List<Value> values =
                series.stream().flatMap(one -> one.values().stream()).toList();
        LocalDate from =
                values.stream().map(Value::on).min(Comparator.naturalOrder()).orElseThrow();
        LocalDate to =
                values.stream().map(Value::on).max(Comparator.naturalOrder()).orElseThrow();
        double highest = values.stream()
                .filter(TimeChart::isKnown)
                .mapToDouble(TimeChart::number)
                .max()
                .orElse(1);
        double lowest = values.stream()
                .filter(TimeChart::isKnown)
                .mapToDouble(TimeChart::number)
                .min()
                .orElse(0);
        List<Ticks.Tick> marks = Ticks.numbers(Math.min(0, lowest), Math.max(highest, 1), 5, false);
        List<String> names =
                series.size() > 1 ? series.stream().map(Series::name).toList() : List.of();
        double alone = from.equals(to) ? 1 : 0;
        Plot plot = new Plot(
                frame,
                size,
                new Plot.Axis(
                        Ticks.at(from) - alone, Ticks.at(to) + alone, Ticks.months(from, to, size.isWide() ? 8 : 4)),
                new Plot.Axis(marks.get(0).at(), marks.get(marks.size() - 1).at(), marks),
                Plot.Note.of(events, from, to),
                names);
        Set<LocalDate> known =
                values.stream().filter(TimeChart::isKnown).map(Value::on).collect(Collectors.toSet());
        series.forEach(one -> unknown(plot, one, known));
        List<Plot.Label> labels = new ArrayList<>();
        for (int i = 0; i < series.size(); i++) {
            lines(plot, series.get(i), COLOURS[i]);
            provisional(plot, series.get(i), COLOURS[i]);
            last(plot, series.get(i), COLOURS[i], MARKS.get(i % MARKS.size()), labels);
        }
        if (series.size() > 1) {
            plot.labels(labels);
        }
        if (values.stream().anyMatch(value -> value.isProvisional() && value.value() != null)) {
            plot.key(null, "Dashed or hollow: provisional, expected to change.");
        }
        List<Value> unknown = values.stream()
                .filter(value -> value.value() == null && value.reason() != null)
                .toList();
        if (unknown.stream().anyMatch(value -> !known.contains(value.on()))) {
            plot.key(null, "Hatched: not available; the table says why.");
        }
        if (unknown.stream().anyMatch(value -> known.contains(value.on()))) {
            plot.key(null, "Where a line has a gap, its value is not available; the table says why.");
        }
        if (all > series.size()) {
            plot.key(null, "The first " + series.size() + " of " + all + " series.");
        }
        return plot.rows(days(series).stream().mapToDouble(Ticks::at)).finish();
    }

    private static boolean isKnown(Value value) {
        return value.value() != null;
    }

    private static double number(Value value) {
        return Objects.requireNonNull(value.value());
    }

    /** Draws the final part, and the provisional part from the last final point. */
    private static void lines(Plot plot, Series series, String colour) {
        List<Plot.Point> sure = new ArrayList<>();
        List<Plot.Point> provisional = new ArrayList<>();
        Value before = null;
        for (Value value : series.values()) {
            Plot.Point point = new Plot.Point(Ticks.at(value.on()), value.value());
            Plot.Point gap = new Plot.Point(Ticks.at(value.on()), null);
            if (value.isProvisional() && before != null && !before.isProvisional()) {
                provisional.add(new Plot.Point(Ticks.at(before.on()), before.value()));
            }
            sure.add(value.isProvisional() ? gap : point);
            provisional.add(value.isProvisional() ? point : gap);
            before = value;
        }
        plot.line(sure, "line " + colour);
        plot.line(provisional, "line " + colour + " dashed");
    }

    /**
     * Draws a strip for each run of days on which no series has a value, beginning at the last day that has one. Over
     * the line of another series it would say that this is unknown too.
     */
    private static void unknown(Plot plot, Series series, Set<LocalDate> known) {
        List<Value> values = series.values();
        for (int i = 0; i < values.size(); i++) {
            String reason = values.get(i).reason();
            if (known.contains(values.get(i).on()) || reason == null) {
                continue;
            }
            int end = i;
            while (end + 1 < values.size()
                    && !known.contains(values.get(end + 1).on())
                    && reason.equals(values.get(end + 1).reason())) {
                end++;
            }
            LocalDate from = values.get(Math.max(0, i - 1)).on();
            LocalDate to = values.get(Math.min(values.size() - 1, end + 1)).on();
            plot.unknown(
                    Ticks.at(from),
                    Ticks.at(to),
                    English.shortDay(values.get(i).on()) + " to "
                            + English.shortDay(values.get(end).on()) + ": " + reason);
            i = end;
        }
    }

    /** Marks the points of provisional months but the last, which is marked in any case. */
    private static void provisional(Plot plot, Series series, String colour) {
        List<Value> known = series.values().stream().filter(TimeChart::isKnown).toList();
        known.stream()
                .limit(Math.max(0, known.size() - 1))
                .filter(value -> series.isOfMonths() && value.isProvisional())
                .forEach(value -> plot.point(
                        Ticks.at(value.on()), number(value), Plot.Mark.HOLLOW, colour, pointText(series, value)));
    }

    private static String pointText(Series series, Value value) {
        return series.name() + ", " + series.at(value) + ": " + text(value);
    }

    private static void last(Plot plot, Series series, String colour, Plot.Mark mark, List<Plot.Label> labels) {
        series.values().stream()
                .filter(TimeChart::isKnown)
                .reduce((first, second) -> second)
                .ifPresent(last -> {
                    boolean isHollow = series.isOfMonths() && last.isProvisional();
                    plot.point(
                            Ticks.at(last.on()),
                            number(last),
                            isHollow ? Plot.Mark.HOLLOW : mark,
                            colour,
                            pointText(series, last));
                    labels.add(new Plot.Label(Ticks.at(last.on()), number(last), series.name(), colour));
                });
    }

    private static String description(List<Series> series, int all, String unit) {
        String shown = all > series.size() ? "The first " + series.size() + " of " + all + " series. " : "";
        return shown + series.stream().map(one -> sentence(one, unit)).collect(Collectors.joining(" "));
    }

    private static String sentence(Series series, String unit) {
        List<Value> known = series.values().stream().filter(TimeChart::isKnown).toList();
        if (known.isEmpty()) {
            return series.name() + ": no value is available.";
        }
        Value first = known.get(0);
        String begin = series.name() + ", in " + unit + ": " + English.figure(first.value()) + " " + series.at(first);
        if (known.size() == 1) {
            return begin + ", the only value.";
        }
        Value last = known.get(known.size() - 1);
        Value highest = known.stream()
                .max(Comparator.comparingDouble(TimeChart::number))
                .orElseThrow();
        int others = series.values().size() - known.size();
        return begin + ", " + English.figure(last.value()) + " " + series.at(last) + "; the highest was "
                + English.figure(highest.value()) + " " + series.at(highest)
                + (others == 0
                        ? "."
                        : "; " + others + " of " + series.values().size()
                                + (others == 1 ? " values is not shown." : " values are not shown."));
    }

    private static Chart.Table table(List<Series> series) {
        List<String> headings = new ArrayList<>(List.of("Day"));
        series.forEach(one -> headings.add(one.name()));
        List<Map<LocalDate, String>> texts = new ArrayList<>();
        for (Series one : series) {
            Map<LocalDate, String> text = new HashMap<>();
            for (Value value : one.values()) {
                text.put(value.on(), text(value));
            }
            texts.add(text);
        }
        List<List<String>> rows = new ArrayList<>();
        for (LocalDate day : days(series)) {
            List<String> row = new ArrayList<>(List.of(English.shortDay(day)));
            texts.forEach(text -> row.add(text.getOrDefault(day, English.UNKNOWN)));
            rows.add(row);
        }
        return new Chart.Table(headings, rows);
    }

    /** The days of the rows of the table, the latest first. */
    private static SortedSet<LocalDate> days(List<Series> series) {
        SortedSet<LocalDate> days = new TreeSet<>(Comparator.reverseOrder());
        series.forEach(one -> one.values().forEach(value -> days.add(value.on())));
        return days;
    }

    private static String text(Value value) {
        String reason = value.reason();
        return value.value() == null && reason != null
                ? reason
                : English.figure(value.value())
                        + (value.value() != null && value.isProvisional() ? " (provisional)" : "");
    }
}
