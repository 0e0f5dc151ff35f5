package uk.fpw.report.chart;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import uk.fpw.report.text.English;
import uk.fpw.text.Plural;

/** Shares of units by number of cases, with limits that narrow as the number grows. */
public final class FunnelChart {

    /** Number of units beyond the limits that get a letter in the picture; the table has all. */
    private static final int NAMED = 8;

    private FunnelChart() {}

    /**
     * Limits for a unit's number of cases.
     *
     * @param all share of all units together
     */
    public record Limits(double all, double low95, double high95, double low998, double high998) {}

    /**
     * A unit.
     *
     * @param cases denominator of its share; null if unknown
     * @param share null if unknown
     * @param limits null if there are none
     * @param position where it lies, in words
     * @param reason why there is no share or there are no limits; null if both exist
     */
    public record Unit(
            String name,
            @Nullable Long cases,
            @Nullable Double share,
            @Nullable Limits limits,
            @Nullable String position,
            @Nullable String reason) {

        boolean isKnown() {
            return cases != null && share != null;
        }

        double size() {
            return Objects.requireNonNull(cases).doubleValue();
        }

        boolean isOutside() {
            return share != null && limits != null && (share < limits.low95() || share > limits.high95());
        }
    }

    /** Draws all units whose share is known. */
    public static Chart of(String id, String title, String unit, List<Unit> all) {
        List<Unit> known = all.stream()
                .filter(Unit::isKnown)
                .sorted(Comparator.comparingDouble(Unit::size))
                .toList();
        String description = description(known, all.size() - known.size());
        Chart.Table table = table(all);
        if (known.isEmpty()) {
            return new Chart(NoData.svg(id, title, description), title, description, unit, table);
        }
        PictureText frame = new PictureText(id, title, description, unit);
        return new Chart(PictureSize.both(size -> draw(frame, size, known)), title, description, unit, table);
    }

    private static String draw(PictureText frame, PictureSize size, List<Unit> known) {
        double most = known.get(known.size() - 1).size();
        List<Ticks.Tick> cases = Ticks.numbers(0, Math.max(most, 1), size.isWide() ? 8 : 4, false);
        Plot plot = new Plot(
                frame,
                size,
                new Plot.Axis(0, cases.get(cases.size() - 1).at(), cases),
                new Plot.Axis(0, 1, Ticks.numbers(0, 1, 5, true)),
                List.of(),
                List.of());
        List<Unit> limited = known.stream().filter(one -> one.limits() != null).toList();
        for (boolean isHigh : new boolean[] {true, false}) {
            plot.line(limited.stream().map(one -> limit(one, isHigh, true)).toList(), "line limit95");
            plot.line(limited.stream().map(one -> limit(one, isHigh, false)).toList(), "line limit998");
        }
        if (!limited.isEmpty()) {
            double all = Objects.requireNonNull(limited.get(0).limits()).all();
            plot.level(0, cases.get(cases.size() - 1).at(), all, "mean");
        }
        List<Unit> outside = known.stream().filter(Unit::isOutside).toList();
        for (Unit one : known) {
            double share = Objects.requireNonNull(one.share());
            Limits limits = one.limits();
            Plot.Mark mark = limits == null
                    ? Plot.Mark.HOLLOW
                    : !one.isOutside() ? Plot.Mark.DOT : share > limits.all() ? Plot.Mark.ABOVE : Plot.Mark.BELOW;
            plot.point(one.size(), share, mark, one.isOutside() ? "signal" : "blue", text(one));
            int index = outside.indexOf(one);
            if (index >= 0 && index < NAMED && limits != null) {
                plot.letter(one.size(), share, String.valueOf((char) ('A' + index)), share > limits.all());
                plot.key(String.valueOf((char) ('A' + index)), text(one));
            }
        }
        if (outside.size() > NAMED) {
            plot.key(
                    null,
                    "Beyond the limits and without a letter: " + (outside.size() - NAMED) + "; the table has all.");
        }
        plot.key(null, "Across: number of cases. Solid: all units together.");
        return plot.key(null, "Dotted: 95 % limits. Dashed: 99.8 % limits.").finish();
    }

    private static Plot.Point limit(Unit unit, boolean isHigh, boolean is95) {
        Limits limits = Objects.requireNonNull(unit.limits());
        double low = is95 ? limits.low95() : limits.low998();
        double high = is95 ? limits.high95() : limits.high998();
        return new Plot.Point(unit.size(), isHigh ? high : low);
    }

    private static String text(Unit unit) {
        return unit.name() + ": " + English.share(unit.share()) + " of " + English.figure(unit.size())
                + (unit.position() == null ? "" : ", " + unit.position());
    }

    private static String description(List<Unit> known, int others) {
        if (known.isEmpty()) {
            return "No share is available.";
        }
        long limited = known.stream().filter(one -> one.limits() != null).count();
        long outside = known.stream().filter(Unit::isOutside).count();
        return Plural.of(known.size(), "unit") + ", " + limited + " with limits; " + outside
                + (outside == 1 ? " lies" : " lie") + " outside the 95 % limits. Chance alone puts one in 20 there."
                + (others == 0 ? "" : " Without a share: " + others + "; the table says why.");
    }

    private static Chart.Table table(List<Unit> all) {
        List<List<String>> rows = new ArrayList<>();
        for (Unit one : all) {
            Limits limits = one.limits();
            String position = one.position();
            String reason = one.reason();
            rows.add(List.of(
                    one.name(),
                    one.cases() == null ? English.UNKNOWN : English.figure(one.size()),
                    English.share(one.share()),
                    limits == null ? English.UNKNOWN : English.share(limits.low95()),
                    limits == null ? English.UNKNOWN : English.share(limits.high95()),
                    position != null ? position : reason != null ? reason : ""));
        }
        return new Chart.Table(List.of("Unit", "Cases", "Share", "95 % from", "to", "Position"), rows);
    }
}
