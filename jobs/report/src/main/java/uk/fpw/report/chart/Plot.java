package uk.fpw.report.chart;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Two axes and what is drawn between them, in a picture 640 wide. Values outside the axes are not expected. What is
 * drawn later lies above.
 */
final class Plot {

    static final double WIDTH = 640;
    static final double HEIGHT = 300;
    private static final double LEFT = 56;
    private static final double RIGHT = 16;
    private static final double TOP = 34;
    private static final double BOTTOM = 30;

    /** A mark of a point: shape and colour differ, so that neither is needed alone. */
    enum Mark {
        DOT,
        HOLLOW,
        ABOVE,
        BELOW,
        DIAMOND
    }

    /** A point of a line; null is a gap. */
    record Point(double x, @Nullable Double y) {}

    /** A range at a place. */
    record Range(double x, double low, double high) {}

    private final Svg svg = new Svg();
    private final double fromX;
    private final double toX;
    private final double fromY;
    private final double toY;
    private final double right;

    /**
     * Draws the axes.
     *
     * @param id begins the ids of the picture's elements; unique on its page
     * @param labels room for labels at the right, in the picture's units
     */
    Plot(String id, String title, String description, String unit, Axis x, Axis y, double labels) {
        this.fromX = x.from();
        this.toX = x.to() > x.from() ? x.to() : x.from() + 1;
        this.fromY = y.from();
        this.toY = y.to() > y.from() ? y.to() : y.from() + 1;
        this.right = RIGHT + labels;
        svg.open(
                "svg", "xmlns", "http://www.w3.org/2000/svg", "viewBox", "0 0 640 300", "class", "chart", "role", "img",
                "aria-labelledby", id + "-title " + id + "-desc");
        svg.text("title", title, "id", id + "-title");
        svg.text("desc", description, "id", id + "-desc");
        svg.text("text", unit, "x", 4.0, "y", 16.0, "class", "unit-label");
        for (Ticks.Tick tick : y.ticks()) {
            svg.empty("line", "x1", LEFT, "x2", WIDTH - right, "y1", y(tick.at()), "y2", y(tick.at()), "class", "grid");
            svg.text("text", tick.label(), "x", LEFT - 6, "y", y(tick.at()) + 4, "class", "tick end");
        }
        for (Ticks.Tick tick : x.ticks()) {
            svg.empty(
                    "line", "x1", x(tick.at()), "x2", x(tick.at()), "y1", HEIGHT - BOTTOM, "y2", HEIGHT - BOTTOM + 5,
                    "class", "axis");
            svg.text("text", tick.label(), "x", x(tick.at()), "y", HEIGHT - BOTTOM + 19, "class", "tick middle");
        }
        double base = fromY < 0 && toY > 0 ? y(0) : y(fromY);
        svg.empty("line", "x1", LEFT, "x2", WIDTH - right, "y1", base, "y2", base, "class", "axis");
    }

    /** An axis and its marks. */
    record Axis(double from, double to, List<Ticks.Tick> ticks) {}

    /** A line through the points, interrupted at gaps; a point between two gaps is a dot. */
    Plot line(List<Point> points, String cssClass) {
        List<List<Point>> parts = parts(points);
        for (List<Point> part : parts) {
            if (part.size() == 1) {
                svg.empty("circle", "cx", x(part.get(0).x()), "cy", y(value(part.get(0))), "r", 2.5, "class",
                        cssClass + " filled");
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

    /** The area between two ends that keep their values until the next range. */
    Plot band(List<Range> ranges, String cssClass) {
        if (ranges.size() > 1) {
            List<Point> upper = ranges.stream().map(range -> new Point(range.x(), range.high())).toList();
            StringBuilder path = new StringBuilder(path(upper, true));
            for (int i = ranges.size() - 1; i >= 0; i--) {
                path.append('L').append(Svg.number(x(i == ranges.size() - 1 ? ranges.get(i).x() : ranges.get(i + 1).x())))
                        .append(',').append(Svg.number(y(ranges.get(i).low())));
                path.append('L').append(Svg.number(x(ranges.get(i).x()))).append(',')
                        .append(Svg.number(y(ranges.get(i).low())));
            }
            svg.empty("path", "d", path + "Z", "class", cssClass);
        }
        return this;
    }

    /** A horizontal line between two places. */
    Plot level(double from, double to, double value, String cssClass) {
        svg.empty("line", "x1", x(from), "x2", x(to), "y1", y(value), "y2", y(value), "class", cssClass);
        return this;
    }

    /** A vertical line with a label at its top. */
    Plot event(double at, String label, int row) {
        svg.empty("line", "x1", x(at), "x2", x(at), "y1", TOP - 4, "y2", HEIGHT - BOTTOM, "class", "event");
        boolean isRight = x(at) > WIDTH / 2;
        svg.text(
                "text", label, "x", x(at) + (isRight ? -3 : 3), "y", TOP + 6 + 12 * row, "class",
                isRight ? "event-label end" : "event-label");
        return this;
    }

    /** What is not known: a hatched strip. */
    Plot unknown(double from, double to, String reason) {
        svg.open("rect", "x", x(from), "width", Math.max(2, x(to) - x(from)), "y", TOP, "height",
                HEIGHT - BOTTOM - TOP, "class", "unknown");
        svg.text("title", reason).close("rect");
        return this;
    }

    /** A point with text that is shown when it is pointed at. */
    Plot point(double x, double y, Mark mark, String cssClass, String text) {
        svg.open("g", "class", cssClass);
        switch (mark) {
            case DOT -> svg.empty("circle", "cx", x(x), "cy", y(y), "r", 3.2);
            case HOLLOW -> svg.empty("circle", "cx", x(x), "cy", y(y), "r", 3.2, "class", "hollow");
            case ABOVE -> svg.empty("path", "d", shape(x, y, 0, -6, 5.5, 4, -5.5, 4));
            case BELOW -> svg.empty("path", "d", shape(x, y, 0, 6, 5.5, -4, -5.5, -4));
            case DIAMOND -> svg.empty("path", "d", shape(x, y, 0, -5.5, 5.5, 0, 0, 5.5, -5.5, 0));
        }
        svg.text("title", text).close("g");
        return this;
    }

    /** A vertical whisker. */
    Plot whisker(Range range, String cssClass) {
        svg.empty("line", "x1", x(range.x()), "x2", x(range.x()), "y1", y(range.low()), "y2", y(range.high()), "class",
                cssClass);
        return this;
    }

    /** Labels beside the right ends of lines, moved apart where they would overlap. */
    Plot labels(List<Label> labels) {
        List<Label> sorted = new ArrayList<>(labels);
        sorted.sort(java.util.Comparator.comparingDouble(label -> y(label.value())));
        double last = Double.NEGATIVE_INFINITY;
        for (Label label : sorted) {
            double at = Math.max(y(label.value()) + 4, last + 13);
            svg.text("text", label.text(), "x", WIDTH - right + 6, "y", at, "class", "label " + label.cssClass());
            last = at;
        }
        return this;
    }

    /** A label at the right of a line that ends with that value. */
    record Label(double value, String text, String cssClass) {}

    /** The picture. */
    String finish() {
        return svg.close("svg").toString();
    }

    double x(double value) {
        return LEFT + (value - fromX) / (toX - fromX) * (WIDTH - right - LEFT);
    }

    double y(double value) {
        return HEIGHT - BOTTOM - (value - fromY) / (toY - fromY) * (HEIGHT - BOTTOM - TOP);
    }

    private String shape(double x, double y, double... corners) {
        StringBuilder path = new StringBuilder();
        for (int i = 0; i < corners.length; i += 2) {
            path.append(i == 0 ? 'M' : 'L').append(Svg.number(x(x) + corners[i])).append(',')
                    .append(Svg.number(y(y) + corners[i + 1]));
        }
        return path.append('Z').toString();
    }

    private String path(List<Point> points, boolean isStepped) {
        StringBuilder path = new StringBuilder();
        for (Point point : points) {
            if (path.length() > 0 && isStepped) {
                path.append('H').append(Svg.number(x(point.x())));
            }
            path.append(path.length() == 0 ? 'M' : 'L').append(Svg.number(x(point.x()))).append(',')
                    .append(Svg.number(y(value(point))));
        }
        return path.toString();
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
        return java.util.Objects.requireNonNull(point.y());
    }
}
