package uk.fpw.report.chart;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.stream.DoubleStream;
import org.jspecify.annotations.Nullable;

/** Two axes and what is drawn between them. Values must lie within the axes. Later elements are drawn on top. */
final class Plot {

    /** The mark of a point: shape and colour both differ, so either suffices. */
    enum Mark {
        DOT,
        HOLLOW,
        ABOVE,
        BELOW,
        DIAMOND
    }

    /**
     * An axis and its ticks.
     *
     * @param hasWeeks whether weeks are shown below the ticks, which are days
     */
    record Axis(double from, double to, List<Ticks.Tick> ticks, boolean hasWeeks) {

        /** An axis without weeks. */
        Axis(double from, double to, List<Ticks.Tick> ticks) {
            this(from, to, ticks, false);
        }

        /** The same axis; one of length 0 is extended by 1. */
        Axis nonEmpty() {
            return to > from ? this : new Axis(from, from + 1, ticks, hasWeeks);
        }
    }

    /** A vertical line with a label above the plot. */
    record Note(double at, String label) {

        /** The events between two days. */
        static List<Note> of(List<Event> events, LocalDate from, LocalDate to) {
            return events.stream()
                    .filter(event -> !event.on().isBefore(from) && !event.on().isAfter(to))
                    .sorted(Comparator.comparing(Event::on))
                    .map(event -> new Note(Ticks.at(event.on()), event.label()))
                    .toList();
        }
    }

    /** A label to the right of a line that ends there. */
    record Label(double x, double value, String text, String cssClass) {}

    /** A point of a line; null means a gap. */
    record Point(double x, @Nullable Double y) {}

    /** A range of values at one position. */
    record Range(double x, double low, double high) {}

    private final Svg svg = new Svg();
    private final PictureText text;
    private final PictureSize size;
    private final PlotArea area;
    private final PlotKeys keys;
    private List<Double> rows = List.of();

    /**
     * Draws the vertical lines; the methods draw the rest.
     *
     * @param labels texts for which a wide picture leaves room next to the right ends of lines
     */
    Plot(PictureText text, PictureSize size, Axis x, Axis y, List<Note> notes, List<String> labels) {
        this.text = text;
        this.size = size;
        this.area = new PlotArea(size, x, y, notes, labels);
        this.keys = new PlotKeys(size);
        area.drawEvents(svg);
    }

    /** A line through the points, interrupted at gaps; a point between two gaps becomes a dot. */
    Plot line(List<Point> points, String cssClass) {
        for (List<Point> part : parts(points)) {
            if (part.size() == 1) {
                svg.empty(
                        "circle",
                        "cx",
                        x(part.get(0).x()),
                        "cy",
                        y(value(part.get(0))),
                        "r",
                        2.5,
                        "class",
                        cssClass.replace("line ", "dot "));
            } else {
                svg.empty("path", "d", path(part, false), "class", cssClass);
            }
        }
        return this;
    }

    /** A line that keeps each value until the next point. */
    Plot steps(List<Point> points, String cssClass) {
        for (List<Point> part : parts(points)) {
            svg.empty("path", "d", path(part, true), "class", cssClass);
        }
        return this;
    }

    /** The area between two values that stay constant until the next range. */
    Plot band(List<Range> ranges, String cssClass) {
        if (ranges.size() > 1) {
            List<Point> upper = ranges.stream()
                    .map(range -> new Point(range.x(), range.high()))
                    .toList();
            StringBuilder path = new StringBuilder(path(upper, true));
            double next = ranges.get(ranges.size() - 1).x();
            for (int i = ranges.size() - 1; i >= 0; i--) {
                Range range = ranges.get(i);
                path.append('L')
                        .append(at(x(next), y(range.low())))
                        .append('L')
                        .append(at(x(range.x()), y(range.low())));
                next = range.x();
            }
            svg.empty("path", "d", path + "Z", "class", cssClass);
        }
        return this;
    }

    /** A horizontal line between two positions. */
    Plot level(double from, double to, double value, String cssClass) {
        svg.empty("line", "x1", x(from), "x2", x(to), "y1", y(value), "y2", y(value), "class", cssClass);
        return this;
    }

    /** A hatched strip where values are unknown. */
    Plot unknown(double from, double to, String reason) {
        svg.open(
                "rect",
                "x",
                x(from),
                "width",
                Math.max(3, x(to) - x(from)),
                "y",
                area.top(),
                "height",
                area.bottom() - area.top(),
                "fill",
                "url(#" + text.id() + size.suffix + "-hatch)",
                "class",
                "unknown");
        svg.text("title", reason).close("rect");
        return this;
    }

    /** A point whose text is shown on hovering. */
    Plot point(double x, double y, Mark mark, String cssClass, String text) {
        svg.open("g", "class", cssClass);
        svg.text("title", text);
        switch (mark) {
            case DOT -> svg.empty("circle", "cx", x(x), "cy", y(y), "r", 3.2);
            case HOLLOW -> svg.empty("circle", "cx", x(x), "cy", y(y), "r", 3.5, "class", "hollow");
            case ABOVE -> svg.empty("path", "d", shape(x, y, 0, -6, 5.5, 4, -5.5, 4));
            case BELOW -> svg.empty("path", "d", shape(x, y, 0, 6, 5.5, -4, -5.5, -4));
            case DIAMOND -> svg.empty("path", "d", shape(x, y, 0, -5.5, 5.5, 0, 0, 5.5, -5.5, 0));
        }
        svg.close("g");
        return this;
    }

    /** A letter next to a point, explained by {@link #key}. */
    Plot letter(double x, double y, String letter, boolean isAbove) {
        svg.text("text", letter, "x", x(x), "y", y(y) + (isAbove ? -9 : 17), "class", "letter middle");
        return this;
    }

    /** A line of text below the picture, which explains a letter if there is one. */
    Plot key(@Nullable String letter, String text) {
        keys.text(letter, text);
        return this;
    }

    /** A vertical whisker. */
    Plot whisker(Range range, String cssClass) {
        svg.empty("path", "d", shapeless(range.x(), range.low(), range.high()), "class", cssClass);
        return this;
    }

    private String shapeless(double x, double low, double high) {
        return "M" + at(x(x) - 4, y(high)) + "H" + Svg.number(x(x) + 4) + "M" + at(x(x), y(high)) + "V"
                + Svg.number(y(low)) + "M" + at(x(x) - 4, y(low)) + "H" + Svg.number(x(x) + 4);
    }

    /** Labels next to the right ends of lines, moved apart if they would overlap; below the picture if it is narrow. */
    Plot labels(List<Label> labels) {
        if (size.isWide()) {
            LineLabels.draw(svg, size, area, labels);
        } else {
            labels.forEach(label -> keys.colour(label.text(), label.cssClass()));
        }
        return this;
    }

    /** Where the rows of the picture's table are on the horizontal axis, in their order. */
    Plot rows(DoubleStream at) {
        rows = at.mapToObj(this::x).toList();
        return this;
    }

    String finish() {
        Svg picture = text.begin(size, size.height + keys.height()).rows(rows);
        if (svg.toString().contains("-hatch)")) {
            hatch(picture, text.id() + size.suffix + "-hatch");
        }
        area.drawAxes(picture);
        picture.append(svg);
        keys.draw(picture);
        return picture.close("svg").toString();
    }

    private static void hatch(Svg picture, String id) {
        picture.open(
                        "pattern",
                        "id",
                        id,
                        "width",
                        6.0,
                        "height",
                        6.0,
                        "patternUnits",
                        "userSpaceOnUse",
                        "patternTransform",
                        "rotate(45)")
                .empty("rect", "width", 6.0, "height", 6.0, "class", "hatch-back")
                .empty("rect", "width", 1.5, "height", 6.0, "class", "hatch-line")
                .close("pattern");
    }

    double x(double value) {
        return area.x(value);
    }

    double y(double value) {
        return area.y(value);
    }

    private String shape(double x, double y, double... corners) {
        StringBuilder path = new StringBuilder();
        for (int i = 0; i < corners.length; i += 2) {
            path.append(i == 0 ? 'M' : 'L').append(at(x(x) + corners[i], y(y) + corners[i + 1]));
        }
        return path.append('Z').toString();
    }

    private String path(List<Point> points, boolean isStepped) {
        StringBuilder path = new StringBuilder();
        for (Point point : points) {
            if (path.length() > 0 && isStepped) {
                path.append('H').append(Svg.number(x(point.x())));
            }
            path.append(path.length() == 0 ? 'M' : 'L').append(at(x(point.x()), y(value(point))));
        }
        return path.toString();
    }

    private static String at(double x, double y) {
        return Svg.number(x) + "," + Svg.number(y);
    }

    private static List<List<Point>> parts(List<Point> points) {
        List<List<Point>> parts = new ArrayList<>();
        List<Point> part = new ArrayList<>();
        for (Point point : points) {
            if (point.y() != null) {
                part.add(point);
            } else if (!part.isEmpty()) {
                parts.add(part);
                part = new ArrayList<>();
            }
        }
        if (!part.isEmpty()) {
            parts.add(part);
        }
        return parts;
    }

    private static double value(Point point) {
        return Objects.requireNonNull(point.y());
    }
}
