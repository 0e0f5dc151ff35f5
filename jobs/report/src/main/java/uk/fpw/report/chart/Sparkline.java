package uk.fpw.report.chart;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import uk.fpw.report.text.English;

/** A small line next to a number, with its lowest and its highest value. */
public final class Sparkline {

    private static final double WIDTH = 200;
    private static final double LEFT = 44;
    private static final double HEIGHT = 40;
    private static final double EDGE = 5;

    private Sparkline() {}

    /**
     * Draws values from their minimum to their maximum; unknown values are gaps.
     *
     * @param id prefix of the ids of the picture's elements; unique on its page
     */
    public static Chart of(String id, String title, String unit, TimeChart.Series series) {
        List<TimeChart.Value> values = series.values();
        Chart whole = TimeChart.of(id, title, unit, List.of(series), List.of());
        List<TimeChart.Value> known =
                values.stream().filter(value -> value.value() != null).toList();
        String description = whole.description();
        Svg svg = Svg.picture(new PictureText(id, title, description, unit), WIDTH, HEIGHT, "chart spark-line", "img");
        if (known.isEmpty()) {
            svg.text("text", "not available", "x", 2.0, "y", 24.0, "class", "tick");
        } else {
            draw(svg, values, known);
        }
        return new Chart(svg.close("svg").toString(), title, description, unit, whole.table());
    }

    private static void draw(Svg svg, List<TimeChart.Value> values, List<TimeChart.Value> known) {
        double lowest = known.stream().mapToDouble(Sparkline::number).min().orElse(0);
        double highest = known.stream().mapToDouble(Sparkline::number).max().orElse(1);
        double from = Ticks.at(values.get(0).on());
        double span = Math.max(1, Ticks.at(values.get(values.size() - 1).on()) - from);
        List<String> places = new ArrayList<>();
        StringBuilder path = new StringBuilder();
        boolean isGap = true;
        for (TimeChart.Value value : values) {
            if (value.value() == null) {
                isGap = true;
                continue;
            }
            double x = LEFT + (Ticks.at(value.on()) - from) / span * (WIDTH - EDGE - LEFT);
            double share = highest > lowest ? (number(value) - lowest) / (highest - lowest) : 0.5;
            double y = HEIGHT - EDGE - share * (HEIGHT - 2 * EDGE);
            places.add(Svg.number(x) + " " + Svg.number(y));
            path.append(isGap ? 'M' : 'L').append(Svg.number(x)).append(',').append(Svg.number(y));
            isGap = false;
        }
        String[] last = places.get(places.size() - 1).split(" ", -1);
        svg.text("text", English.figure(highest), "x", LEFT - 6, "y", EDGE + 6, "class", "tick end");
        if (highest > lowest) {
            svg.text("text", English.figure(lowest), "x", LEFT - 6, "y", HEIGHT - 1, "class", "tick end");
        }
        svg.empty("path", "d", path, "class", "line blue");
        svg.empty("circle", "cx", last[0], "cy", last[1], "r", 3.5, "class", "blue");
    }

    private static double number(TimeChart.Value value) {
        return Objects.requireNonNull(value.value());
    }
}
