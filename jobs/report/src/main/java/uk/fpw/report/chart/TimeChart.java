package uk.fpw.report.chart;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Counts over time as lines, from 0. */
public final class TimeChart {

    private static final String[] COLOURS = {"blue", "orange", "green", "purple", "grey"};
    private static final int MOST = 5;

    private TimeChart() {}

    /**
     * A value of a day.
     *
     * @param value null where it is not known
     * @param reason why it is not known; null where it is
     */
    public record Value(LocalDate on, @Nullable Double value, @Nullable String reason) {}

    /**
     * One line.
     *
     * @param values in the order of their days
     */
    public record Series(String name, List<Value> values) {}

    /**
     * Draws up to five series.
     *
     * @param id begins the ids of the picture's elements
     * @param unit what the values count
     * @param events drawn if they lie within the series
     */
    public static Chart of(String id, String title, String unit, List<Series> all, List<Event> events) {
        List<Series> series = all.subList(0, Math.min(MOST, all.size()));
        List<Value> values = series.stream().flatMap(one -> one.values().stream()).toList();
        List<Value> known = values.stream().filter(value -> value.value() != null).toList();
        String description = description(series, all.size(), unit);
        Chart.Table table = table(series);
        if (known.isEmpty()) {
            return new Chart(NoData.svg(id, title, description), title, description, unit, table);
        }
        LocalDate from = values.stream().map(Value::on).min(Comparator.naturalOrder()).orElseThrow();
        LocalDate to = values.stream().map(Value::on).max(Comparator.naturalOrder()).orElseThrow();
        double highest = known.stream().mapToDouble(TimeChart::number).max().orElse(1);
        double lowest = Math.min(0, known.stream().mapToDouble(TimeChart::number).min().orElse(0));
        List<Ticks.Tick> marks = Ticks.numbers(lowest, Math.max(highest, 1), 5, false);
        Plot plot = new Plot(
                id,
                title,
                description,
                unit,
                new Plot.Axis(Words.at(from), Words.at(to), Ticks.months(from, to, 7)),
                new Plot.Axis(marks.get(0).at(), marks.get(marks.size() - 1).at(), marks),
                series.size() > 1 ? 110 : 0);
        unknown(plot, series);
        int row = 0;
        for (Event event : events) {
            if (!event.on().isBefore(from) && !event.on().isAfter(to)) {
                plot.event(Words.at(event.on()), Words.fit(event.label(), 190, 11), row++ % 3);
            }
        }
        List<Plot.Label> labels = new ArrayList<>();
        for (int i = 0; i < series.size(); i++) {
            String colour = COLOURS[i];
            plot.line(points(series.get(i)), "line " + colour + " dash" + i);
            last(series.get(i)).ifPresentLast(plot, colour, series.size() > 1 ? labels : null);
        }
        return new Chart(plot.labels(labels).finish(), title, description, unit, table);
    }

    private static double number(Value value) {
        return Objects.requireNonNull(value.value());
    }

    private static List<Plot.Point> points(Series series) {
        return series.values().stream()
                .map(value -> new Plot.Point(Words.at(value.on()), value.value()))
                .toList();
    }

    private static void unknown(Plot plot, List<Series> series) {
        for (Series one : series) {
            for (int i = 0; i < one.values().size(); i++) {
                Value value = one.values().get(i);
                if (value.value() == null && value.reason() != null) {
                    double day = Words.at(value.on());
                    double before = i == 0 ? day : Words.at(one.values().get(i - 1).on());
                    plot.unknown(before, day, value.reason());
                }
            }
        }
    }

    private static Last last(Series series) {
        List<Value> known =
                series.values().stream().filter(value -> value.value() != null).toList();
        return new Last(series.name(), known.isEmpty() ? null : known.get(known.size() - 1));
    }

    private record Last(String name, @Nullable Value value) {

        void ifPresentLast(Plot plot, String colour, @Nullable List<Plot.Label> labels) {
            Value last = value;
            if (last != null) {
                plot.point(
                        Words.at(last.on()),
                        number(last),
                        Plot.Mark.DOT,
                        colour,
                        name + ", " + Words.day(last.on()) + ": " + Words.number(last.value()));
                if (labels != null) {
                    labels.add(new Plot.Label(number(last), shortened(name), colour));
                }
            }
        }
    }

    private static String shortened(String name) {
        return name.length() <= 17 ? name : name.substring(0, 16) + "…";
    }

    private static String description(List<Series> series, int all, String unit) {
        String shown = all > series.size() ? "The first " + series.size() + " of " + all + " series. " : "";
        return shown
                + series.stream()
                        .map(one -> sentence(one, unit))
                        .collect(Collectors.joining(" "));
    }

    private static String sentence(Series series, String unit) {
        List<Value> known =
                series.values().stream().filter(value -> value.value() != null).toList();
        if (known.isEmpty()) {
            return series.name() + ": no value is available.";
        }
        Value first = known.get(0);
        Value last = known.get(known.size() - 1);
        Value highest = known.stream().max(Comparator.comparingDouble(TimeChart::number)).orElseThrow();
        return series.name() + ": " + Words.number(first.value()) + " " + unit + " on " + Words.day(first.on()) + ", "
                + Words.number(last.value()) + " on " + Words.day(last.on()) + "; the highest was "
                + Words.number(highest.value()) + " on " + Words.day(highest.on()) + ".";
    }

    private static Chart.Table table(List<Series> series) {
        List<String> headings = new ArrayList<>(List.of("Day"));
        series.forEach(one -> headings.add(one.name()));
        TreeSet<LocalDate> days = new TreeSet<>(Comparator.reverseOrder());
        series.forEach(one -> one.values().forEach(value -> days.add(value.on())));
        List<List<String>> rows = new ArrayList<>();
        for (LocalDate day : days) {
            List<String> row = new ArrayList<>(List.of(Words.day(day)));
            for (Series one : series) {
                row.add(one.values().stream()
                        .filter(value -> value.on().equals(day))
                        .findFirst()
                        .map(value -> value.value() == null && value.reason() != null
                                ? value.reason()
                                : Words.number(value.value()))
                        .orElse(Words.NONE));
            }
            rows.add(row);
        }
        return new Chart.Table(headings, rows);
    }
}
