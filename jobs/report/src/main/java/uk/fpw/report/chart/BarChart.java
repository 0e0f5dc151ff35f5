package uk.fpw.report.chart;

import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Counts of a few categories, as horizontal bars in the given order. */
public final class BarChart {

    private static final int MOST = 20;

    private BarChart() {}

    /**
     * A bar.
     *
     * @param from where it begins
     * @param value where it ends; null if it is not shown
     * @param text the value as text, or why it is not shown
     */
    public record Bar(String name, double from, @Nullable Double value, String text) {

        /** A bar that begins at zero. */
        public Bar(String name, @Nullable Double value, String text) {
            this(name, 0, value, text);
        }
    }

    /** Draws up to 20 bars. */
    public static Chart of(String id, String title, String unit, String heading, List<Bar> all) {
        return of(id, title, unit, heading, all, 0);
    }

    /**
     * Draws up to 20 bars. The table may leave out some of them.
     *
     * @param others number of bars that {@code all} does not contain
     */
    public static Chart of(String id, String title, String unit, String heading, List<Bar> all, int others) {
        List<Bar> bars = all.subList(0, Math.min(MOST, all.size()));
        int count = all.size() + others;
        String shown = count > bars.size()
                ? "The first " + bars.size() + " of " + count + "; the table has "
                        + (others == 0 ? "all." : all.size() + ".")
                : "";
        String description = (count > bars.size() ? "The first " + bars.size() + " of " + count + ". " : "")
                + bars.stream().map(bar -> bar.name() + ": " + bar.text()).collect(Collectors.joining("; ", "", "."));
        Chart.Table table = new Chart.Table(
                List.of(heading, unit),
                all.stream().map(bar -> List.of(bar.name(), bar.text())).toList());
        if (bars.isEmpty()) {
            return new Chart(NoData.svg(id, title, "Nothing to show."), title, "Nothing to show.", unit, table);
        }
        String svg = PictureSize.both(size -> draw(new PictureText(id, title, description, unit), size, bars, shown));
        return new Chart(svg, title, description, unit, table);
    }

    /** In a narrow picture each name is above its bar. */
    private static String draw(PictureText frame, PictureSize size, List<Bar> bars, String shown) {
        double names = size.isWide() ? 210 : 2;
        double values = bars.stream()
                        .mapToDouble(bar -> TextWidth.of(bar.text(), size.font))
                        .max()
                        .orElse(40)
                + 10;
        double room = size.width - names - Math.min(values, size.width / 3);
        double highest = Math.max(
                1e-9,
                bars.stream()
                        .mapToDouble(bar -> Math.max(0, Math.max(bar.from(), number(bar))))
                        .max()
                        .orElse(1));
        double lowest = bars.stream()
                .mapToDouble(bar -> Math.min(0, Math.min(bar.from(), number(bar))))
                .min()
                .orElse(0);
        double zero = names + room * -lowest / (highest - lowest);
        double row = size.isWide() ? 26 : 40;
        double height = 26 + row * bars.size() + (shown.isEmpty() ? 0 : 20);
        Svg svg = frame.begin(size, height);
        for (int i = 0; i < bars.size(); i++) {
            Bar bar = bars.get(i);
            double y = 24 + row * i;
            double start = zero + room * bar.from() / (highest - lowest);
            double end = zero + room * number(bar) / (highest - lowest);
            String name = TextWidth.fit(bar.name(), size.isWide() ? names - 10 : size.width - 8, size.font);
            svg.open("g").text("title", bar.name() + ": " + bar.text());
            svg.text(
                    "text",
                    name,
                    "x",
                    size.isWide() ? names - 8 : 6.0,
                    "y",
                    y + 15,
                    "class",
                    size.isWide() ? "name end" : "name");
            double top = size.isWide() ? y + 3 : y + 19;
            svg.empty(
                    "rect",
                    "x",
                    Math.min(start, end),
                    "y",
                    top,
                    "width",
                    Math.abs(end - start),
                    "height",
                    17.0,
                    "class",
                    "bar");
            svg.text(
                    "text",
                    TextWidth.fit(bar.text(), size.width / 3, size.font),
                    "x",
                    Math.max(zero, Math.max(start, end)) + 6,
                    "y",
                    top + 13,
                    "class",
                    "label");
            svg.close("g");
        }
        svg.empty("line", "x1", zero, "x2", zero, "y1", 24.0, "y2", 24 + row * bars.size(), "class", "axis");
        if (!shown.isEmpty()) {
            svg.text("text", shown, "x", 2.0, "y", height - 5, "class", "tick");
        }
        return svg.close("svg").toString();
    }

    private static double number(Bar bar) {
        return bar.value() == null ? bar.from() : bar.value();
    }
}
