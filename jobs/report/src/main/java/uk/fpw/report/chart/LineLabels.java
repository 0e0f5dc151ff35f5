package uk.fpw.report.chart;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Labels next to the right ends of lines, moved apart if they would overlap. */
final class LineLabels {

    private static final double LINE = 14;

    private LineLabels() {}

    static void draw(Svg svg, PictureSize size, PlotArea area, List<Plot.Label> labels) {
        List<Plot.Label> sorted = new ArrayList<>(labels);
        sorted.sort(Comparator.comparingDouble(label -> area.y(label.value())));
        double[] places = places(area, sorted);
        double edge = area.edge();
        for (int i = 0; i < places.length; i++) {
            Plot.Label label = sorted.get(i);
            double from = area.y(label.value());
            double to = places[i] - 4;
            if (Math.abs(to - from) > 3 || area.x(label.x()) < edge - 12) {
                double start = area.x(label.x()) + 4;
                double end = edge + PlotArea.GAP - 1;
                svg.empty("line", "x1", start, "x2", end, "y1", from, "y2", to, "class", "leader");
            }
            svg.open("text", "x", edge + PlotArea.GAP + 2, "y", places[i], "class", "label " + label.cssClass());
            svg.text("title", label.text());
            svg.content(TextWidth.fit(label.text(), size.width - edge - PlotArea.GAP - 2, size.font))
                    .close("text");
        }
    }

    /** Places each label below the previous one, and none below the plot. */
    private static double[] places(PlotArea area, List<Plot.Label> sorted) {
        double[] places = new double[sorted.size()];
        double last = Double.NEGATIVE_INFINITY;
        for (int i = 0; i < places.length; i++) {
            places[i] = Math.max(area.y(sorted.get(i).value()) + 4, last + LINE);
            last = places[i];
        }
        double limit = area.bottom() + 4;
        for (int i = places.length - 1; i >= 0; i--) {
            places[i] = Math.min(places[i], limit);
            limit = places[i] - LINE;
        }
        return places;
    }
}
