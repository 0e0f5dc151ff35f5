package uk.fpw.report.chart;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Two axes and what is drawn between them. Values outside the axes are not expected. What is drawn later lies above.
 */
final class Plot {

    private static final double GAP = 8;
    private static final double LINE = 16;
    private static final double TOP = 34;
    private static final double EVENT_FONT = 11;
    private static final int EVENT_ROWS = 4;

    /** A picture is drawn for screens and paper, and again for telephones: the stylesheet shows one of them. */
    enum Size {
        WIDE(760, 320, 12, ""),
        NARROW(340, 280, 13, "-n");

        final double width;
        final double height;
        final double font;
        final String suffix;

        Size(double width, double height, double font, String suffix) {
            this.width = width;
            this.height = height;
            this.font = font;
            this.suffix = suffix;
        }

        boolean isWide() {
            return this == WIDE;
        }

        String cssClass() {
            return isWide() ? "chart wide" : "chart narrow";
        }

        /** Draws for each size. */
        static String both(Function<Size, String> draw) {
            return draw.apply(WIDE) + draw.apply(NARROW);
        }
    }

    /** A mark of a point: shape and colour differ, so that neither is needed alone. */
    enum Mark {
        DOT,
        HOLLOW,
        ABOVE,
        BELOW,
        DIAMOND
    }

    /** What a picture is about; the id begins the ids of its elements. */
    record Frame(String id, String title, String description, String unit) {}

    /** An axis and its marks. */
    record Axis(double from, double to, List<Ticks.Tick> ticks) {}

    /** A vertical line with a label above the plot. */
    record Note(double at, String label) {

        /** Those of the events that lie between two days. */
        static List<Note> of(List<Event> events, LocalDate from, LocalDate to) {
            return events.stream()
                    .filter(event -> !event.on().isBefore(from) && !event.on().isAfter(to))
                    .sorted(Comparator.comparing(Event::on))
                    .map(event -> new Note(Words.at(event.on()), event.label()))
                    .toList();
        }
    }

    /** A label at the right of a line that ends at that place. */
    record Label(double x, double value, String text, String cssClass) {}

    /** A point of a line; null is a gap. */
    record Point(double x, @Nullable Double y) {}

    /** A range at a place. */
    record Range(double x, double low, double high) {}

    private record Key(@Nullable String letter, String text, String cssClass) {}

    private final Svg svg = new Svg();
    private final List<Key> keys = new ArrayList<>();
    private final Frame frame;
    private final Size size;
    private final Axis xAxis;
    private final Axis yAxis;
    private final double left;
    private final double right;
    private final double top;
    private final double bottom;
    private final boolean isWithWeeks;

    /**
     * Draws vertical lines; all else is drawn by the methods.
     *
     * @param labels texts beside the right ends of lines, for which room is left in a wide picture
     */
    Plot(Frame frame, Size size, Axis x, Axis y, List<Note> notes, List<String> labels) {
        this(frame, size, x, y, notes, labels, false);
    }

    /** As the other, with weeks below the marks, which are days. */
    Plot(Frame frame, Size size, Axis x, Axis y, List<Note> notes, List<String> labels, boolean isWithWeeks) {
        this.frame = frame;
        this.size = size;
        this.xAxis = x.to() > x.from() ? x : new Axis(x.from(), x.from() + 1, x.ticks());
        this.yAxis = y.to() > y.from() ? y : new Axis(y.from(), y.from() + 1, y.ticks());
        this.isWithWeeks = isWithWeeks;
        double marks = y.ticks().stream()
                .mapToDouble(tick -> Words.width(tick.label(), size.font))
                .max()
                .orElse(20);
        this.left = Math.max(30, marks + GAP + 4);
        double room = labels.stream()
                .mapToDouble(label -> Words.width(label, size.font))
                .max()
                .orElse(0);
        this.right = size.isWide() && room > 0 ? Math.min(170, room + 2 * GAP) : 18;
        this.bottom = size.height - (isWithWeeks ? 44 : 28);
        List<Integer> rows = rows(notes);
        int most = rows.stream().mapToInt(row -> row + 1).max().orElse(0);
        this.top = TOP + 13 * most;
        for (int i = 0; i < notes.size(); i++) {
            note(notes.get(i), rows.get(i));
        }
    }

    /** The first row of labels in which each has room; -1 if there is none. */
    private List<Integer> rows(List<Note> notes) {
        double[] ends = new double[EVENT_ROWS];
        java.util.Arrays.fill(ends, Double.NEGATIVE_INFINITY);
        List<Integer> rows = new ArrayList<>();
        for (Note note : notes) {
            double start = noteStart(note);
            int row = 0;
            while (row < EVENT_ROWS && ends[row] > start) {
                row++;
            }
            if (row < EVENT_ROWS) {
                ends[row] = start + Words.width(noteLabel(note), EVENT_FONT) + GAP;
            }
            rows.add(row < EVENT_ROWS ? row : -1);
        }
        return rows;
    }

    private String noteLabel(Note note) {
        return Words.fit(note.label(), size.isWide() ? 230 : 180, EVENT_FONT);
    }

    private double noteStart(Note note) {
        return Math.max(2, Math.min(x(note.at()) + 3, size.width - Words.width(noteLabel(note), EVENT_FONT) - 2));
    }

    private void note(Note note, int row) {
        double labelY = row < 0 ? top : TOP + 13 * row + 4;
        svg.open("g", "class", "event-group");
        svg.text("title", note.label());
        svg.empty(
                "line",
                "x1",
                x(note.at()),
                "x2",
                x(note.at()),
                "y1",
                row < 0 ? top : labelY - 8,
                "y2",
                bottom,
                "class",
                "event");
        if (row >= 0) {
            svg.text("text", noteLabel(note), "x", noteStart(note), "y", labelY, "class", "event-label");
        }
        svg.close("g");
    }

    /** A line through the points, interrupted at gaps; a point between two gaps is a dot. */
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

    /** The area between two ends that keep their values until the next range. */
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

    /** A horizontal line between two places. */
    Plot level(double from, double to, double value, String cssClass) {
        svg.empty("line", "x1", x(from), "x2", x(to), "y1", y(value), "y2", y(value), "class", cssClass);
        return this;
    }

    /** What is not known: a hatched strip. */
    Plot unknown(double from, double to, String reason) {
        svg.open(
                "rect",
                "x",
                x(from),
                "width",
                Math.max(3, x(to) - x(from)),
                "y",
                top,
                "height",
                bottom - top,
                "fill",
                "url(#" + frame.id() + size.suffix + "-hatch)",
                "class",
                "unknown");
        svg.text("title", reason).close("rect");
        return this;
    }

    /** A point with text that is shown when it is pointed at. */
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

    /** A letter beside a point, explained by {@link #key}. */
    Plot letter(double x, double y, String letter, boolean isAbove) {
        svg.text("text", letter, "x", x(x), "y", y(y) + (isAbove ? -9 : 17), "class", "letter middle");
        return this;
    }

    /** A line of text below the picture that explains a letter, or nothing in particular. */
    Plot key(@Nullable String letter, String text) {
        keys.add(new Key(letter, text, "key"));
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

    /** Labels beside the right ends of lines, moved apart where they would overlap; below a narrow picture. */
    Plot labels(List<Label> labels) {
        if (!size.isWide()) {
            labels.forEach(label -> keys.add(new Key(null, label.text(), label.cssClass())));
            return this;
        }
        List<Label> sorted = new ArrayList<>(labels);
        sorted.sort(Comparator.comparingDouble(label -> y(label.value())));
        double[] places = new double[sorted.size()];
        double last = Double.NEGATIVE_INFINITY;
        for (int i = 0; i < places.length; i++) {
            places[i] = Math.max(y(sorted.get(i).value()) + 4, last + 14);
            last = places[i];
        }
        double limit = bottom + 4;
        for (int i = places.length - 1; i >= 0; i--) {
            places[i] = Math.min(places[i], limit);
            limit = places[i] - 14;
        }
        double edge = size.width - right;
        for (int i = 0; i < places.length; i++) {
            Label label = sorted.get(i);
            double from = y(label.value());
            if (Math.abs(places[i] - 4 - from) > 3 || x(label.x()) < edge - 12) {
                svg.empty(
                        "line",
                        "x1",
                        x(label.x()) + 4,
                        "x2",
                        edge + GAP - 1,
                        "y1",
                        from,
                        "y2",
                        places[i] - 4,
                        "class",
                        "leader");
            }
            svg.open("text", "x", edge + GAP + 2, "y", places[i], "class", "label " + label.cssClass());
            svg.text("title", label.text());
            svg.content(Words.fit(label.text(), right - GAP - 2, size.font)).close("text");
        }
        return this;
    }

    /** The picture. */
    String finish() {
        List<Key> lines = keys.stream().flatMap(key -> wrapped(key).stream()).toList();
        double height = size.height + LINE * lines.size() + (lines.isEmpty() ? 0 : 6);
        String id = frame.id() + size.suffix;
        Svg picture = Svg.picture(id, frame.title(), frame.description(), size.width, height, size.cssClass(), "img");
        if (svg.toString().contains("-hatch)")) {
            picture.open(
                            "pattern",
                            "id",
                            id + "-hatch",
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
        picture.text(
                "text", Words.fit(frame.unit(), size.width - 8, size.font), "x", 2.0, "y", 14.0, "class", "unit-label");
        axes(picture);
        picture.append(svg);
        double y = size.height + 12;
        for (Key key : lines) {
            if (key.letter() != null) {
                picture.text("text", key.letter(), "x", 4.0, "y", y, "class", "letter");
            } else if (!key.cssClass().equals("key")) {
                picture.empty(
                        "rect",
                        "x",
                        2.0,
                        "y",
                        y - 9,
                        "width",
                        11.0,
                        "height",
                        9.0,
                        "class",
                        "swatch " + key.cssClass());
            }
            picture.text(
                    "text",
                    key.text(),
                    "x",
                    key.cssClass().equals("key") && key.letter() == null ? 2.0 : 20.0,
                    "y",
                    y,
                    "class",
                    "label " + key.cssClass());
            y += LINE;
        }
        return picture.close("svg").toString();
    }

    private List<Key> wrapped(Key key) {
        List<Key> lines = new ArrayList<>();
        StringBuilder line = new StringBuilder();
        for (String word : key.text().split(" ", -1)) {
            if (line.length() > 0 && Words.width(line + " " + word, size.font) > size.width - 24) {
                lines.add(new Key(lines.isEmpty() ? key.letter() : "", line.toString(), key.cssClass()));
                line.setLength(0);
            }
            line.append(line.length() == 0 ? "" : " ").append(Words.fit(word, size.width - 24, size.font));
        }
        lines.add(new Key(lines.isEmpty() ? key.letter() : "", line.toString(), key.cssClass()));
        return lines.size() <= 3 ? lines : lines.subList(0, 3);
    }

    private void axes(Svg picture) {
        double edge = size.width - right;
        for (Ticks.Tick tick : yAxis.ticks()) {
            picture.empty("line", "x1", left, "x2", edge, "y1", y(tick.at()), "y2", y(tick.at()), "class", "grid");
            picture.text("text", tick.label(), "x", left - 6, "y", y(tick.at()) + 4, "class", "tick end");
        }
        for (Ticks.Tick tick : xAxis.ticks()) {
            double x = x(tick.at());
            picture.empty("line", "x1", x, "x2", x, "y1", bottom, "y2", bottom + 5, "class", "axis");
            String weeks = isWithWeeks ? weeks(tick.at()) : "";
            double half = Math.max(Words.width(tick.label(), size.font), Words.width(weeks, size.font)) / 2;
            String anchor = x + half > size.width ? "tick end" : x - half < 0 ? "tick" : "tick middle";
            double at = anchor.equals("tick end") ? size.width : anchor.equals("tick") ? 0 : x;
            picture.text("text", tick.label(), "x", at, "y", bottom + 19, "class", anchor);
            if (isWithWeeks) {
                picture.text("text", weeks, "x", at, "y", bottom + 35, "class", anchor);
            }
        }
        double base = yAxis.from() < 0 && yAxis.to() > 0 ? y(0) : y(yAxis.from());
        picture.empty("line", "x1", left, "x2", edge, "y1", base, "y2", base, "class", "axis");
    }

    private static String weeks(double days) {
        return Words.number(days / 7) + (days == 7 ? " week" : " weeks");
    }

    double x(double value) {
        return left + (value - xAxis.from()) / (xAxis.to() - xAxis.from()) * (size.width - right - left);
    }

    double y(double value) {
        return bottom - (value - yAxis.from()) / (yAxis.to() - yAxis.from()) * (bottom - top);
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
