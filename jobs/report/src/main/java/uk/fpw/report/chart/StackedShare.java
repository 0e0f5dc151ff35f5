package uk.fpw.report.chart;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import uk.fpw.report.text.English;

/** Parts that add up to the whole of each period, as bars of 100 % or of the length of the whole. */
public final class StackedShare {

    /** Most parts that a bar may have. */
    public static final int PARTS = 6;

    private static final int MOST = 24;
    private static final double BAR = 24;

    private StackedShare() {}

    /**
     * A period.
     *
     * @param counts one per part, null for a part that the period cannot have; null if any of them is unknown
     * @param reason why they are unknown; null if they are known
     * @param isProvisional whether they are expected to change
     */
    public record Period(
            String name,
            @Nullable List<@Nullable Long> counts,
            @Nullable String reason,
            boolean isProvisional) {
        public Period {
            counts = counts == null ? null : Collections.unmodifiableList(new ArrayList<>(counts));
        }

        /** A period that is not expected to change. */
        public Period(String name, @Nullable List<@Nullable Long> counts, @Nullable String reason) {
            this(name, counts, reason, false);
        }

        String drawnName() {
            return name + (counts != null && isProvisional ? " (p)" : "");
        }

        String fullName() {
            return name + (counts != null && isProvisional ? " (provisional)" : "");
        }

        long total() {
            return counts == null
                    ? 0
                    : counts.stream().mapToLong(StackedShare::number).sum();
        }
    }

    /** What counts are, and how they are written: those of items are shares of their period. */
    private enum Kind {
        SHARE,
        MILLISECONDS;

        String figure(long count) {
            return English.figure(this == SHARE ? (double) count : Math.round(count / 100.0) / 10.0);
        }

        /** In the bar and its name. */
        String inside(long count, double share) {
            return this == SHARE ? Math.round(100 * share) + " %" : figure(count);
        }
    }

    /** Draws the last 24 periods in bars of 100 %; see {@link #ofSeconds}. */
    public static Chart of(String id, String title, String unit, List<String> parts, List<Period> all) {
        return of(id, title, unit, parts, all, Kind.SHARE);
    }

    /**
     * Draws the last 24 periods, of which each part took a time: bars have the same scale.
     *
     * @param id prefix of the ids of the picture's elements
     * @param parts names of the parts, at most 6; counts are in milliseconds
     * @throws IllegalArgumentException if there are more parts, or a period has another number of counts or a negative
     *     one
     */
    public static Chart ofSeconds(String id, String title, String unit, List<String> parts, List<Period> all) {
        return of(id, title, unit, parts, all, Kind.MILLISECONDS);
    }

    private static Chart of(String id, String title, String unit, List<String> parts, List<Period> all, Kind kind) {
        if (parts.size() > PARTS) {
            throw new IllegalArgumentException(parts.size() + " parts; join all but " + (PARTS - 1) + " of them");
        }
        for (Period period : all) {
            if (period.counts() != null
                    && (period.counts().size() != parts.size()
                            || period.counts().stream().anyMatch(count -> number(count) < 0))) {
                throw new IllegalArgumentException(period.name() + ": one count from 0 is needed for each part");
            }
        }
        List<Period> periods = all.subList(Math.max(0, all.size() - MOST), all.size());
        String description = description(parts, periods, all.size(), kind);
        Chart.Table table = table(parts, all, kind);
        if (periods.stream().allMatch(period -> period.total() == 0)) {
            return new Chart(NoData.svg(id, title, description), title, description, unit, table);
        }
        PictureText frame = new PictureText(id, title, description, unit);
        String svg = PictureSize.both(size -> draw(frame, size, parts, periods, all.size(), kind));
        return new Chart(svg, title, description, unit, table);
    }

    private static String draw(
            PictureText frame, PictureSize size, List<String> parts, List<Period> periods, int all, Kind kind) {
        long longest = periods.stream().mapToLong(Period::total).max().orElse(1);
        double names = size.isWide() ? 130 : 124;
        double totals = 64;
        double room = size.width - names - totals;
        List<Place> key = key(parts, size);
        double top = 26 + 18 * (key.get(key.size() - 1).row() + 1);
        List<String> notes = new ArrayList<>();
        if (periods.stream().anyMatch(period -> period.isProvisional() && period.counts() != null)) {
            notes.add("(p): provisional, expected to change.");
        }
        if (all > periods.size()) {
            notes.add("The last " + periods.size() + " of " + all + "; the table has all.");
        }
        double height = top + BAR * periods.size() + 4 + 20 * notes.size();
        Svg svg = frame.begin(size, height);
        for (int i = 0; i < parts.size(); i++) {
            double y = 24 + 18 * key.get(i).row();
            svg.empty("rect", "x", key.get(i).x(), "y", y, "width", 12.0, "height", 12.0, "class", "part part" + i);
            svg.text("text", key.get(i).text(), "x", key.get(i).x() + 17, "y", y + 10, "class", "label");
        }
        for (int i = 0; i < periods.size(); i++) {
            Period period = periods.get(i);
            double y = top + BAR * i;
            svg.text(
                    "text",
                    TextWidth.fit(period.drawnName(), names - 8, size.font),
                    "x",
                    names - 6,
                    "y",
                    y + 14,
                    "class",
                    "name end");
            List<@Nullable Long> counts = period.counts();
            if (counts == null || period.total() == 0) {
                String reason = period.reason() == null ? counts == null ? English.UNKNOWN : "none" : period.reason();
                svg.text(
                        "text",
                        TextWidth.fit(reason, room + totals - 8, size.font),
                        "x",
                        names + 4,
                        "y",
                        y + 14,
                        "class",
                        "tick");
            } else {
                double length = kind == Kind.SHARE ? room : room * period.total() / longest;
                bar(svg, parts, counts, new Bar(period.fullName(), names, y, length, period.total()), kind);
                svg.text("text", kind.figure(period.total()), "x", names + length + 6, "y", y + 14, "class", "tick");
            }
        }
        for (int i = 0; i < notes.size(); i++) {
            svg.text("text", notes.get(i), "x", 2.0, "y", height - 6 - 20 * (notes.size() - 1 - i), "class", "tick");
        }
        return svg.close("svg").toString();
    }

    private record Bar(String name, double x, double y, double width, long total) {}

    private static void bar(Svg svg, List<String> parts, List<@Nullable Long> counts, Bar bar, Kind kind) {
        double x = bar.x();
        for (int i = 0; i < counts.size(); i++) {
            double share = (double) number(counts.get(i)) / bar.total();
            double width = bar.width() * share;
            if (width > 0) {
                String inside = kind.inside(number(counts.get(i)), share);
                svg.open("g")
                        .text(
                                "title",
                                bar.name() + ", " + parts.get(i) + ": " + kind.figure(number(counts.get(i))) + ", "
                                        + English.share(share));
                svg.empty("rect", "x", x, "y", bar.y(), "width", width, "height", BAR - 5, "class", "part part" + i);
                if (width > TextWidth.of(inside, 12) + 6) {
                    svg.text(
                            "text", inside, "x", x + width / 2, "y", bar.y() + 14, "class", "inside middle inside" + i);
                }
                svg.close("g");
            }
            x += width;
        }
    }

    private record Place(double x, int row, String text) {}

    /** Places the names of the parts above the bars, in as many rows as they need. */
    private static List<Place> key(List<String> parts, PictureSize size) {
        List<Place> places = new ArrayList<>(List.of());
        double x = 2;
        int row = 0;
        for (String part : parts) {
            String text = TextWidth.fit(part, Math.min(220, size.width - 30), size.font);
            double width = 17 + TextWidth.of(text, size.font) + 14;
            if (x > 2 && x + width > size.width) {
                x = 2;
                row++;
            }
            places.add(new Place(x, row, text));
            x += width;
        }
        return places;
    }

    private static String description(List<String> parts, List<Period> periods, int all, Kind kind) {
        Period last = periods.stream()
                .filter(period -> period.total() > 0)
                .reduce((a, b) -> b)
                .orElse(null);
        if (last == null || last.counts() == null) {
            return "No period has anything to divide.";
        }
        List<@Nullable Long> counts = last.counts();
        return (all > periods.size() ? "The last " + periods.size() + " of " + all + " periods. " : "")
                + "Latest, " + last.fullName() + ", of " + kind.figure(last.total()) + ": "
                + IntStream.range(0, parts.size())
                        .filter(i -> counts.get(i) != null)
                        .mapToObj(i -> parts.get(i) + " "
                                + (kind == Kind.SHARE
                                        ? English.share((double) number(counts.get(i)) / last.total())
                                        : kind.figure(number(counts.get(i)))))
                        .collect(Collectors.joining(", ", "", "."));
    }

    private static long number(@Nullable Long count) {
        return count == null ? 0 : count;
    }

    private static Chart.Table table(List<String> parts, List<Period> all, Kind kind) {
        List<String> headings = new ArrayList<>(List.of("Period"));
        headings.addAll(parts);
        headings.add("All");
        List<List<String>> rows = new ArrayList<>();
        for (Period period : all) {
            List<String> row = new ArrayList<>(List.of(period.fullName()));
            List<@Nullable Long> counts = period.counts();
            for (int i = 0; i < parts.size(); i++) {
                Long count = counts == null ? null : counts.get(i);
                row.add(
                        count != null
                                ? kind.figure(count)
                                : counts == null ? English.UNKNOWN : "– (not in this scheme)");
            }
            String reason = period.reason();
            row.add(counts != null ? kind.figure(period.total()) : reason == null ? English.UNKNOWN : reason);
            rows.add(row);
        }
        return new Chart.Table(headings, rows);
    }
}
