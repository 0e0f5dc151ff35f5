package uk.fpw.report.chart;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import uk.fpw.report.text.English;

/** Shares of periods with their intervals: a dot and a whisker for each, not connected. */
public final class IntervalChart {

    private IntervalChart() {}

    /**
     * The share of a period.
     *
     * @param period its name
     * @param share null if there is none
     * @param low lower end of its interval; null if there is none
     * @param high upper end; null exactly when the lower end is
     * @param count the denominator, in words
     * @param reason why there is no share or no interval; null if both exist
     * @param isBreak whether it cannot be compared with the previous one
     * @param isUnfinished whether it is of some of the period's items only, since others are not yet due; of so few it
     *     may be far from what it will be
     */
    public record Share(
            String period,
            @Nullable Double share,
            @Nullable Double low,
            @Nullable Double high,
            String count,
            @Nullable String reason,
            boolean isBreak,
            boolean isUnfinished) {

        /** The share of all items of a period. */
        public Share(
                String period,
                @Nullable Double share,
                @Nullable Double low,
                @Nullable Double high,
                String count,
                @Nullable String reason,
                boolean isBreak) {
            this(period, share, low, high, count, reason, isBreak, false);
        }
    }

    /** Draws the shares in the given order, with 95 % intervals. */
    public static Chart of(String id, String title, String unit, List<Share> shares) {
        return of(id, title, unit, "95 % intervals", shares);
    }

    /**
     * Draws the shares in the given order.
     *
     * @param id prefix of the ids of the picture's elements; unique on its page
     * @param whiskers meaning of the ends, such as {@code lowest and highest possible share}
     */
    public static Chart of(String id, String title, String unit, String whiskers, List<Share> shares) {
        return of(id, title, unit, whiskers, shares, null);
    }

    /**
     * Draws the shares with a target.
     *
     * @param target the share that they should reach; null for none
     */
    public static Chart of(
            String id, String title, String unit, String whiskers, List<Share> shares, @Nullable Double target) {
        Chart.Table table = new Chart.Table(
                List.of("Period", "Share", "From", "To", "Of", "Note"),
                shares.stream()
                        .map(share -> List.of(
                                share.period(),
                                English.share(share.share()),
                                English.share(share.low()),
                                English.share(share.high()),
                                share.count(),
                                note(share)))
                        .toList());
        String description =
                description(shares) + (target == null ? "" : " The target is " + English.share(target) + ".");
        if (shares.stream().noneMatch(IntervalChart::isDrawn)) {
            return new Chart(NoData.svg(id, title, description), title, description, unit, table);
        }
        String svg = PictureSize.both(
                size -> draw(new PictureText(id, title, description, unit), size, whiskers, shares, target));
        return new Chart(svg, title, description, unit, table);
    }

    private static String draw(
            PictureText frame, PictureSize size, String whiskers, List<Share> shares, @Nullable Double target) {
        double widest = shares.stream()
                        .mapToDouble(share -> label(share, size).width())
                        .max()
                        .orElse(40)
                + 10;
        int every = (int) Math.ceil(shares.size() * widest / (size.width - 60));
        List<Ticks.Tick> periods = new ArrayList<>();
        List<Plot.Note> breaks = new ArrayList<>();
        for (int i = 0; i < shares.size(); i++) {
            if (i % Math.max(1, every) == 0) {
                periods.add(new Ticks.Tick(i, label(shares.get(i), size).text()));
            }
            if (shares.get(i).isBreak() && i > 0) {
                breaks.add(new Plot.Note(i - 0.5, "not comparable"));
            }
        }
        Plot plot = new Plot(
                frame,
                size,
                new Plot.Axis(-0.5, shares.size() - 0.5, periods),
                new Plot.Axis(0, 1, Ticks.numbers(0, 1, 5, true)),
                breaks,
                List.of());
        if (target != null) {
            plot.level(-0.5, shares.size() - 0.5, target, "limit");
        }
        for (int i = 0; i < shares.size(); i++) {
            draw(plot, shares.get(i), i);
        }
        plot.key(null, "Whiskers: " + whiskers + ".");
        if (target != null) {
            plot.key(null, "Dashed: the target, " + English.share(target) + ".");
        }
        if (shares.stream().anyMatch(share -> share.share() != null && share.low() == null)) {
            plot.key(null, "Hollow points have no interval; the table says why.");
        }
        if (shares.stream().anyMatch(share -> share.isUnfinished() && isDrawn(share))) {
            plot.key(null, "Hollow: not complete, since some are not yet due.");
        }
        return plot.finish();
    }

    private record Text(String text, double width) {}

    private static Text label(Share share, PictureSize size) {
        String text = TextWidth.fit(share.period(), 120, size.font);
        return new Text(text, TextWidth.of(text, size.font));
    }

    private static void draw(Plot plot, Share share, int at) {
        if (share.low() != null && share.high() != null) {
            plot.whisker(new Plot.Range(at, share.low(), share.high()), "whisker");
        }
        Double value = share.share();
        if (value != null) {
            plot.point(
                    at,
                    value,
                    share.low() == null || share.isUnfinished() ? Plot.Mark.HOLLOW : Plot.Mark.DOT,
                    "blue",
                    share.period() + ": " + English.share(value) + " of " + share.count()
                            + (share.reason() == null ? "" : "; " + share.reason()));
        }
    }

    private static String note(Share share) {
        String note = share.reason() == null
                ? ""
                : share.share() != null && share.low() == null ? "no interval: " + share.reason() : share.reason();
        return share.isBreak() ? note + (note.isEmpty() ? "" : "; ") + "not comparable with the one before" : note;
    }

    /**
     * Describes the latest share that is complete, the first that it can be compared with, where comparability ends,
     * and how many shares are missing or not complete.
     */
    private static String description(List<Share> shares) {
        int latest = latest(shares, share -> isDrawn(share) && !share.isUnfinished());
        if (latest < 0) {
            return latest(shares, IntervalChart::isDrawn) < 0
                    ? "No share is available."
                    : "No share is complete." + unfinished(shares);
        }
        int since = latest;
        while (since > 0 && !shares.get(since).isBreak()) {
            since--;
        }
        int first = since;
        while (!isDrawn(shares.get(first))) {
            first++;
        }
        StringBuilder words = new StringBuilder(value(shares.get(first)));
        if (first < latest) {
            words.append("; ").append(value(shares.get(latest)));
        }
        words.append(".");
        if (since > 0) {
            words.append(" Before ").append(shares.get(since).period()).append(" it cannot be compared.");
        }
        long missing = shares.stream().filter(share -> !isDrawn(share)).count();
        if (missing > 0) {
            words.append(" ")
                    .append(missing)
                    .append(" of ")
                    .append(shares.size())
                    .append(missing == 1 ? " shares is" : " shares are")
                    .append(" not shown.");
        }
        return words + unfinished(shares);
    }

    private static String unfinished(List<Share> shares) {
        return shares.stream()
                .filter(share -> share.isUnfinished() && isDrawn(share))
                .map(share -> " Not complete: " + value(share) + ".")
                .collect(Collectors.joining());
    }

    private static int latest(List<Share> shares, Predicate<Share> is) {
        int latest = shares.size() - 1;
        while (latest >= 0 && !is.test(shares.get(latest))) {
            latest--;
        }
        return latest;
    }

    private static boolean isDrawn(Share share) {
        return share.share() != null || (share.low() != null && share.high() != null);
    }

    private static String value(Share share) {
        return share.period() + ": "
                + (share.share() == null
                        ? "between " + English.share(share.low()) + " and " + English.share(share.high())
                        : English.share(share.share()))
                + " of " + share.count();
    }
}
