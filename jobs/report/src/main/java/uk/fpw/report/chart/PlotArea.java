package uk.fpw.report.chart;

import java.util.List;
import uk.fpw.report.text.English;

/** The position of a plot in its picture, the coordinates of its values, and its axes. */
final class PlotArea {

    /** Distance between a text and its neighbour. */
    static final double GAP = 8;

    private final PictureSize size;
    private final Plot.Axis xAxis;
    private final Plot.Axis yAxis;
    private final EventLabels events;
    private final Scale across;
    private final Scale upwards;

    /** See {@link Plot}. */
    PlotArea(PictureSize size, Plot.Axis x, Plot.Axis y, List<Plot.Note> notes, List<String> labels) {
        this.size = size;
        this.xAxis = x.nonEmpty();
        this.yAxis = y.nonEmpty();
        double marks = y.ticks().stream()
                .mapToDouble(tick -> TextWidth.of(tick.label(), size.font))
                .max()
                .orElse(20);
        double room = labels.stream()
                .mapToDouble(label -> TextWidth.of(label, size.font))
                .max()
                .orElse(0);
        double right = size.isWide() && room > 0 ? Math.min(170, room + 2 * GAP) : 18;
        this.across = new Scale(xAxis.from(), xAxis.to(), Math.max(30, marks + GAP + 4), size.width - right);
        this.events = new EventLabels(notes, size, across);
        this.upwards = new Scale(yAxis.from(), yAxis.to(), size.height - (xAxis.hasWeeks() ? 44 : 28), events.top());
    }

    double x(double value) {
        return across.at(value);
    }

    double y(double value) {
        return upwards.at(value);
    }

    double edge() {
        return across.end();
    }

    double top() {
        return upwards.end();
    }

    double bottom() {
        return upwards.start();
    }

    void drawEvents(Svg svg) {
        events.draw(svg, bottom());
    }

    /** Draws both axes with their ticks. */
    void drawAxes(Svg picture) {
        double left = across.start();
        for (Ticks.Tick tick : yAxis.ticks()) {
            double y = y(tick.at());
            picture.empty("line", "x1", left, "x2", edge(), "y1", y, "y2", y, "class", "grid");
            picture.text("text", tick.label(), "x", left - 6, "y", y + 4, "class", "tick end");
        }
        for (Ticks.Tick tick : xAxis.ticks()) {
            double x = x(tick.at());
            picture.empty("line", "x1", x, "x2", x, "y1", bottom(), "y2", bottom() + 5, "class", "axis");
            String weeks = xAxis.hasWeeks() ? weeks(tick.at()) : "";
            double half = Math.max(TextWidth.of(tick.label(), size.font), TextWidth.of(weeks, size.font)) / 2;
            String anchor = x + half > size.width ? "tick end" : x - half < 0 ? "tick" : "tick middle";
            double at = anchor.equals("tick end") ? size.width : anchor.equals("tick") ? 0 : x;
            picture.text("text", tick.label(), "x", at, "y", bottom() + 19, "class", anchor);
            if (xAxis.hasWeeks()) {
                picture.text("text", weeks, "x", at, "y", bottom() + 35, "class", anchor);
            }
        }
        double base = yAxis.from() < 0 && yAxis.to() > 0 ? y(0) : y(yAxis.from());
        picture.empty("line", "x1", left, "x2", edge(), "y1", base, "y2", base, "class", "axis");
    }

    private static String weeks(double days) {
        return English.figure(days / 7) + (days == 7 ? " week" : " weeks");
    }
}
