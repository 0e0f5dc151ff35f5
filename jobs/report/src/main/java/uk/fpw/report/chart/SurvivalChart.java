package uk.fpw.report.chart;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import uk.fpw.report.text.English;

/** Shares still waiting by day of wait, as steps with 95 % bands. */
public final class SurvivalChart {

    private static final String[] COLOURS = {"blue", "orange", "green", "purple"};
    private static final int MOST = 4;

    private SurvivalChart() {}

    /**
     * A step.
     *
     * @param days day of wait from which the share applies
     * @param share share still waiting
     * @param low lower end of its interval; null if there is none
     * @param high upper end; null exactly when the lower end is
     */
    public record Step(
            double days,
            double share,
            @Nullable Double low,
            @Nullable Double high) {}

    /**
     * One curve.
     *
     * @param steps by day; before the first one nobody has left
     * @param medianDays null if it was not reached
     */
    public record Curve(
            String name, List<Step> steps, @Nullable Double medianDays) {}

    /** Draws up to four curves, each up to its last known day. */
    public static Chart of(String id, String title, String unit, List<Curve> all) {
        List<Curve> curves = all.stream()
                .filter(curve -> !curve.steps().isEmpty())
                .limit(MOST)
                .toList();
        int leftOut =
                (int) all.stream().filter(curve -> !curve.steps().isEmpty()).count() - curves.size();
        String description = curves.isEmpty()
                ? "No curve is available."
                : curves.stream()
                        .map(curve -> curve.name() + ": "
                                + (curve.medianDays() == null
                                        ? "half have not left within the days that are known"
                                        : "half have left after " + English.days(curve.medianDays()))
                                + ", " + English.share(last(curve).share()) + " still waited after "
                                + English.figure(last(curve).days()) + " days, where the curve ends")
                        .collect(Collectors.joining("; ", "", "."));
        Chart.Table table = table(curves);
        if (curves.isEmpty()) {
            return new Chart(NoData.svg(id, title, description), title, description, unit, table);
        }
        String svg =
                PictureSize.both(size -> draw(new PictureText(id, title, description, unit), size, curves, leftOut));
        return new Chart(svg, title, description, unit, table);
    }

    private static String draw(PictureText frame, PictureSize size, List<Curve> curves, int leftOut) {
        double longest =
                curves.stream().mapToDouble(curve -> last(curve).days()).max().orElse(1);
        List<Ticks.Tick> days = Ticks.weeks(Math.max(longest, 1) * 1.02, size.isWide() ? 8 : 4);
        Plot plot = new Plot(
                frame,
                size,
                new Plot.Axis(0, Math.max(longest, 1) * 1.02, days, true),
                new Plot.Axis(0, 1, Ticks.numbers(0, 1, 5, true)),
                List.of(),
                curves.stream().map(Curve::name).toList());
        plot.level(0, Math.max(longest, 1) * 1.02, 0.5, "near");
        for (int i = 0; i < curves.size(); i++) {
            band(plot, curves.get(i), COLOURS[i]);
        }
        List<Plot.Label> labels = new ArrayList<>();
        for (int i = 0; i < curves.size(); i++) {
            draw(plot, curves.get(i), COLOURS[i], labels);
        }
        plot.labels(labels).key(null, "Bands: 95 % intervals. Diamonds: half have left.");
        if (leftOut > 0) {
            plot.key(null, leftOut + " more curves are not shown.");
        }
        return plot.rows(shown(curves).stream().mapToDouble(row -> row.step().days()))
                .finish();
    }

    private static Step last(Curve curve) {
        return curve.steps().get(curve.steps().size() - 1);
    }

    /** A band extends from day to day and is interrupted where an end is unknown. */
    private static void band(Plot plot, Curve curve, String colour) {
        List<Plot.Range> band = new ArrayList<>();
        for (Step step : curve.steps()) {
            if (step.low() != null && step.high() != null) {
                band.add(new Plot.Range(step.days(), step.low(), step.high()));
            } else {
                plot.band(band, "band " + colour);
                band = new ArrayList<>();
            }
        }
        plot.band(band, "band " + colour);
    }

    private static void draw(Plot plot, Curve curve, String colour, List<Plot.Label> labels) {
        List<Plot.Point> line = new ArrayList<>();
        if (curve.steps().get(0).days() > 0) {
            line.add(new Plot.Point(0, 1.0));
        }
        curve.steps().forEach(step -> line.add(new Plot.Point(step.days(), step.share())));
        if (line.size() == 1) {
            plot.point(line.get(0).x(), last(curve).share(), Plot.Mark.DOT, colour, curve.name());
        } else {
            plot.steps(line, "line " + colour);
        }
        if (curve.medianDays() != null) {
            plot.point(
                    curve.medianDays(),
                    0.5,
                    Plot.Mark.DIAMOND,
                    colour,
                    curve.name() + ": half have left after " + English.figure(curve.medianDays()) + " days");
        }
        labels.add(new Plot.Label(last(curve).days(), last(curve).share(), curve.name(), colour));
    }

    /** Has about 30 days of wait per curve. */
    private static Chart.Table table(List<Curve> curves) {
        return new Chart.Table(
                List.of("Entered", "Days of wait", "Still waiting", "95 % from", "to"),
                shown(curves).stream()
                        .map(row -> List.of(
                                row.curve(),
                                English.figure(row.step().days()),
                                English.share(row.step().share()),
                                English.share(row.step().low()),
                                English.share(row.step().high())))
                        .toList());
    }

    private record Shown(String curve, Step step) {}

    private static List<Shown> shown(List<Curve> curves) {
        List<Shown> rows = new ArrayList<>();
        for (Curve curve : curves) {
            double next = 0;
            for (int i = 0; i < curve.steps().size(); i++) {
                Step step = curve.steps().get(i);
                if (step.days() >= next || i == curve.steps().size() - 1) {
                    rows.add(new Shown(curve.name(), step));
                    next = Math.floor(step.days() / 30) * 30 + 30;
                }
            }
        }
        return rows;
    }
}
