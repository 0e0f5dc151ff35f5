package uk.fpw.report.chart;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Shares of periods with their intervals: a dot and a whisker each, not joined. */
public final class IntervalChart {

    private IntervalChart() {}

    /**
     * The share of a period.
     *
     * @param period its name
     * @param share null where there is none
     * @param low lower end of its interval; null where there is none
     * @param high upper end; null with the lower
     * @param count what the share is of, in words
     * @param reason why there is no share or no interval; null if there are both
     * @param isBreak whether it cannot be compared with the one before
     */
    public record Share(
            String period,
            @Nullable Double share,
            @Nullable Double low,
            @Nullable Double high,
            String count,
            @Nullable String reason,
            boolean isBreak) {}

    /** Draws the shares in the order that is given. */
    public static Chart of(String id, String title, String unit, List<Share> shares) {
        Chart.Table table = new Chart.Table(
                List.of("Period", "Share", "95 % from", "to", "Of", "Note"),
                shares.stream()
                        .map(share -> List.of(
                                share.period(),
                                Words.share(share.share()),
                                Words.share(share.low()),
                                Words.share(share.high()),
                                share.count(),
                                share.reason() == null ? "" : share.reason()))
                        .toList());
        List<Share> known = shares.stream().filter(share -> share.share() != null).toList();
        String description = description(known);
        if (known.isEmpty()) {
            return new Chart(NoData.svg(id, title, description), title, description, unit, table);
        }
        List<Ticks.Tick> periods = new ArrayList<>();
        int every = (shares.size() + 8) / 9;
        for (int i = 0; i < shares.size(); i += every) {
            periods.add(new Ticks.Tick(i, shares.get(i).period()));
        }
        Plot plot = new Plot(
                id,
                title,
                description,
                unit,
                new Plot.Axis(-0.5, shares.size() - 0.5, periods),
                new Plot.Axis(0, 1, Ticks.numbers(0, 0.999, 4, true)),
                0);
        int row = 0;
        for (int i = 0; i < shares.size(); i++) {
            Share share = shares.get(i);
            if (share.isBreak() && i > 0) {
                plot.event(i - 0.5, "not comparable", row++ % 3);
            }
            Double value = share.share();
            if (value != null) {
                if (share.low() != null && share.high() != null) {
                    plot.whisker(new Plot.Range(i, share.low(), share.high()), "whisker");
                }
                plot.point(
                        i,
                        value,
                        share.low() == null ? Plot.Mark.HOLLOW : Plot.Mark.DOT,
                        "blue",
                        share.period() + ": " + Words.share(value) + " of " + share.count()
                                + (share.reason() == null ? "" : "; " + share.reason()));
            }
        }
        return new Chart(plot.finish(), title, description, unit, table);
    }

    private static String description(List<Share> known) {
        if (known.isEmpty()) {
            return "No share is available.";
        }
        Share first = known.get(0);
        Share last = known.get(known.size() - 1);
        return known.size() == 1
                ? last.period() + ": " + Words.share(last.share()) + " of " + last.count() + "."
                : first.period() + ": " + Words.share(first.share()) + " of " + first.count() + "; " + last.period()
                        + ": " + Words.share(last.share()) + " of " + last.count() + ".";
    }
}
