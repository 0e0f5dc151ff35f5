package uk.fpw.report.chart;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Share still waiting by day of wait, as steps with 95 % bands. */
public final class SurvivalChart {

    private static final String[] COLOURS = {"blue", "orange", "green", "purple"};
    private static final int MOST = 4;

    private SurvivalChart() {}

    /**
     * A step.
     *
     * @param days day of wait from which the share applies
     * @param share share still waiting
     * @param low lower end of its interval; null where there is none
     * @param high upper end; null with the lower
     */
    public record Step(double days, double share, @Nullable Double low, @Nullable Double high) {}

    /**
     * One curve.
     *
     * @param steps by day; before the first nobody has left
     * @param medianDays null if it was not reached
     */
    public record Curve(String name, List<Step> steps, @Nullable Double medianDays) {}

    /** Draws up to four curves, each to the end of what is known. */
    public static Chart of(String id, String title, String unit, List<Curve> all) {
        List<Curve> curves = all.stream()
                .filter(curve -> !curve.steps().isEmpty())
                .limit(MOST)
                .toList();
        String description = curves.isEmpty()
                ? "No curve is available."
                : curves.stream()
                        .map(curve -> curve.name() + ": "
                                + (curve.medianDays() == null
                                        ? "half have not left within the days that are known"
                                        : "half have left after " + Words.number(curve.medianDays()) + " days"))
                        .collect(Collectors.joining("; ", "", "."));
        Chart.Table table = table(curves);
        if (curves.isEmpty()) {
            return new Chart(NoData.svg(id, title, description), title, description, unit, table);
        }
        double longest = curves.stream()
                .mapToDouble(curve -> curve.steps().get(curve.steps().size() - 1).days())
                .max()
                .orElse(1);
        List<Ticks.Tick> days = Ticks.numbers(0, Math.max(longest, 1), 7, false);
        Plot plot = new Plot(
                id,
                title,
                description,
                unit,
                new Plot.Axis(0, days.get(days.size() - 1).at(), days),
                new Plot.Axis(0, 1, Ticks.numbers(0, 0.999, 4, true)),
                120);
        List<Plot.Label> labels = new ArrayList<>();
        for (int i = 0; i < curves.size(); i++) {
            draw(plot, curves.get(i), COLOURS[i], i, labels);
        }
        return new Chart(plot.labels(labels).finish(), title, description, unit, table);
    }

    private static void draw(Plot plot, Curve curve, String colour, int index, List<Plot.Label> labels) {
        List<Plot.Range> band = new ArrayList<>();
        List<Plot.Point> line = new ArrayList<>(List.of(new Plot.Point(0, 1.0)));
        for (Step step : curve.steps()) {
            line.add(new Plot.Point(step.days(), step.share()));
            if (step.low() != null && step.high() != null) {
                band.add(new Plot.Range(step.days(), step.low(), step.high()));
            }
        }
        plot.band(band, "band " + colour);
        plot.steps(line, "line " + colour + " dash" + index);
        Step last = curve.steps().get(curve.steps().size() - 1);
        if (curve.medianDays() != null) {
            plot.point(
                    curve.medianDays(),
                    0.5,
                    Plot.Mark.DIAMOND,
                    colour,
                    curve.name() + ": half have left after " + Words.number(curve.medianDays()) + " days");
        }
        labels.add(new Plot.Label(last.share(), shortened(curve.name()), colour));
    }

    private static String shortened(String name) {
        return name.length() <= 19 ? name : name.substring(0, 18) + "…";
    }

    /** At about 30 days of wait each. */
    private static Chart.Table table(List<Curve> curves) {
        List<List<String>> rows = new ArrayList<>();
        for (Curve curve : curves) {
            double next = 0;
            for (int i = 0; i < curve.steps().size(); i++) {
                Step step = curve.steps().get(i);
                if (step.days() >= next || i == curve.steps().size() - 1) {
                    rows.add(List.of(
                            curve.name(),
                            Words.number(step.days()),
                            Words.share(step.share()),
                            Words.share(step.low()),
                            Words.share(step.high())));
                    next = Math.floor(step.days() / 30) * 30 + 30;
                }
            }
        }
        return new Chart.Table(List.of("Entered", "Days of wait", "Still waiting", "95 % from", "to"), rows);
    }

}
