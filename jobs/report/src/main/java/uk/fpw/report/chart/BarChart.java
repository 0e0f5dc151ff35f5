package uk.fpw.report.chart;

import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Counts of a few categories, as horizontal bars in the order that is given. */
public final class BarChart {

    private static final int MOST = 20;
    private static final double ROW = 24;

    private BarChart() {}

    /**
     * A bar.
     *
     * @param value null where it is not shown
     * @param text the value as text, or why it is not shown
     */
    public record Bar(String name, @Nullable Double value, String text) {}

    /** Draws up to 20 bars. */
    public static Chart of(String id, String title, String unit, String heading, List<Bar> all) {
        List<Bar> bars = all.subList(0, Math.min(MOST, all.size()));
        String description = (all.size() > MOST ? "The first " + MOST + " of " + all.size() + ". " : "")
                + String.join("; ", bars.stream().map(bar -> bar.name() + ": " + bar.text()).toList()) + ".";
        Chart.Table table = new Chart.Table(
                List.of(heading, unit), all.stream().map(bar -> List.of(bar.name(), bar.text())).toList());
        if (bars.isEmpty()) {
            return new Chart(NoData.svg(id, title, "Nothing to show."), title, "Nothing to show.", unit, table);
        }
        double highest = bars.stream()
                .map(Bar::value)
                .filter(Objects::nonNull)
                .mapToDouble(Double::doubleValue)
                .max()
                .orElse(1);
        double height = 28 + ROW * bars.size();
        Svg svg = new Svg()
                .open(
                        "svg", "xmlns", "http://www.w3.org/2000/svg", "viewBox", "0 0 640 " + Svg.number(height),
                        "class", "chart", "role", "img", "aria-labelledby", id + "-title " + id + "-desc")
                .text("title", title, "id", id + "-title")
                .text("desc", description, "id", id + "-desc")
                .text("text", unit, "x", 4.0, "y", 16.0, "class", "unit-label");
        for (int i = 0; i < bars.size(); i++) {
            Bar bar = bars.get(i);
            double y = 26 + ROW * i;
            double width = bar.value() == null ? 0 : bar.value() / Math.max(highest, 1e-9) * 340;
            svg.text("text", shortened(bar.name()), "x", 186.0, "y", y + 14, "class", "tick end");
            svg.empty("rect", "x", 192.0, "y", y + 2, "width", Math.max(width, 0), "height", ROW - 7, "class", "bar");
            svg.text("text", bar.text(), "x", 198 + Math.max(width, 0), "y", y + 14, "class", "label");
        }
        return new Chart(svg.close("svg").toString(), title, description, unit, table);
    }

    private static String shortened(String name) {
        return name.length() <= 26 ? name : name.substring(0, 25) + "…";
    }
}
