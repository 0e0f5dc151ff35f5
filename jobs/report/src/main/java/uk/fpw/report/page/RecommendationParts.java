package uk.fpw.report.page;

import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import uk.fpw.report.chart.BarChart;
import uk.fpw.report.chart.Chart;
import uk.fpw.report.chart.IntervalChart;
import uk.fpw.report.data.Row;
import uk.fpw.report.data.SiteData;
import uk.fpw.report.text.English;

/**
 * What the force was asked to do, what it says about it, and figures that show it: on the day of the recommendation and
 * now. Those overdue come first, then those said to be done whose figure is not better.
 */
public final class RecommendationParts {

    private static final String FIND = """
            select
                *,
                coalesce(is_better, true) as is_better_or_unknown,
                coalesce(is_overdue, false) as is_overdue_or_unknown,
                bool_or(not coalesce(is_better, true)) over (partition by recommendation) as is_any_not_better
            from mart.recommendation
            order by
                is_overdue_or_unknown desc, status = 'done' and is_any_not_better desc, made_on, recommendation, figure
            """;

    private static final List<String> HEADINGS = List.of("Figure", "Then", "Now", "Difference", "Note");

    private RecommendationParts() {}

    /** Where the part of a recommendation is, from the folder of the site. */
    public static String path(String recommendation) {
        return "then-and-now/index.html#" + id(recommendation);
    }

    private static String id(String recommendation) {
        return "recommendation-" + recommendation;
    }

    static List<Block> of(SiteData site) {
        if (!site.release().has("mart.recommendation", "is_overdue", "figure_title")) {
            return List.of();
        }
        boolean hasShares = hasShares(site);
        Map<String, List<Row>> all = new LinkedHashMap<>();
        site.release().rows(FIND).forEach(row -> all.computeIfAbsent(
                        row.text("recommendation"), name -> new ArrayList<>())
                .add(row));
        return all.values().stream()
                .map(rows -> part(rows, hasShares, refused(site, rows.get(0).text("recommendation"))))
                .toList();
    }

    /** Whether the release has the counts of shares of a sample. */
    public static boolean hasShares(SiteData site) {
        return site.release().has("mart.recommendation", "part_count_then");
    }

    /**
     * Refused rows that stand of the feeds behind the figures of a recommendation, as a sentence after a space; empty
     * if there are none.
     */
    public static String refused(SiteData site, String recommendation) {
        Map<String, Long> rows = new TreeMap<>();
        site.request().dictionary().recommendations().stream()
                .filter(one -> one.name().equals(recommendation))
                .flatMap(one -> one.feeds().stream())
                .forEach(feed -> site.request().operations().leftOut().stream()
                        .filter(one ->
                                one.kind().equals("refused") && one.feed().equals(feed))
                        .forEach(one -> rows.merge(feed, Objects.requireNonNullElse(one.rowCount(), 0L), Long::sum)));
        return rows.isEmpty()
                ? ""
                : " Not in its figures: "
                        + English.list(rows.entrySet().stream()
                                .map(feed -> English.of(feed.getValue(), "row") + " of " + English.words(feed.getKey()))
                                .toList())
                        + " that could not be stored. They may change once these are corrected.";
    }

    private static Block part(List<Row> rows, boolean hasShares, String refused) {
        Row first = rows.get(0);
        List<Row> figures = rows.stream()
                .filter(row -> row.textOrNull("figure_title") != null)
                .toList();
        String name = first.text("recommendation");
        return new Block(
                        id(name),
                        "Recommendation: " + name.replace('_', ' ')
                                + (first.flag("is_overdue_or_unknown") ? ", overdue" : ""),
                        List.of(
                                first.text("words").strip()
                                        + (first.flag("is_quoted") ? "" : " (The force's own words.)"),
                                "By " + first.text("made_by") + ", "
                                        + English.day(first.date("made_on"))
                                        + ". Due: "
                                        + due(first) + ". The force says: "
                                        + first.text("status").replace('_', ' ') + " since "
                                        + English.day(first.date("status_on")) + " (" + first.text("owner") + ")."),
                        figures.stream()
                                .map(row -> picture(name, row, hasShares))
                                .filter(Objects::nonNull)
                                .toList(),
                        figures.isEmpty()
                                ? List.of()
                                : List.of(new Block.DataTable(
                                        "Then and now: " + name.replace('_', ' '),
                                        HEADINGS,
                                        figures.stream()
                                                .map(row -> line(row, hasShares))
                                                .toList())),
                        List.of(
                                report(first),
                                figures.isEmpty() ? "No figure is declared for it." : "",
                                refused.strip(),
                                "Two days alone are no trend, and the longest wait now may be of another case than "
                                        + "then. That a figure is better does not say that the recommendation was "
                                        + "followed, nor that the work on it is the reason."),
                        "")
                .from("", "mart.recommendation");
    }

    /** The report and the number there, as far as they are stated. */
    private static String report(Row row) {
        return Stream.of("report_title", "report_reference")
                .map(row::textOrNull)
                .filter(Objects::nonNull)
                .map(text -> text.strip().replaceFirst("[.]$", ""))
                .reduce((title, reference) -> title + "; reference there: " + reference)
                .map(words -> "Report: " + words + ".")
                .orElse("");
    }

    private static String due(Row row) {
        return row.dateOrNull("due_on") == null
                ? row.text("due_within")
                : English.day(row.date("due_on"))
                        + (row.flag("is_overdue_or_unknown")
                                ? ", overdue by "
                                        + English.of(
                                                ChronoUnit.DAYS.between(row.date("due_on"), row.date("now_as_at")),
                                                "day")
                                : "");
    }

    private static List<Block.Cell> line(Row row, boolean hasShares) {
        return Stream.of(
                        row.text("figure_title"),
                        figure(row, "then", hasShares),
                        figure(row, "now", hasShares),
                        difference(row, hasShares),
                        note(row, hasShares))
                .map(Block.Cell::of)
                .toList();
    }

    /**
     * A figure with its sample and day, such as {@code 40.0 % of judgements (10 of 25; 95 % interval 23.4 % to 59.3 %)
     * on 31 Dec 2015}.
     *
     * @param row a row of {@code mart.recommendation}
     * @param when {@code then} or {@code now}
     * @param hasShares whether the release has samples
     */
    public static String figure(Row row, String when, boolean hasShares) {
        Double value = row.numberOrNull("value_" + when);
        String day = " on " + English.shortDay(row.date(when + "_as_at"));
        if (value == null) {
            return English.UNKNOWN + day;
        }
        return FigureText.plain(value, row.text("unit")) + sample(row, when, hasShares) + day;
    }

    /** How many of how many, with the interval; empty if the figure is no share of a sample. */
    private static String sample(Row row, String when, boolean hasShares) {
        Long part = hasShares ? row.countOrNull("part_count_" + when) : null;
        return part == null
                ? ""
                : " (" + English.count(part) + " of " + English.count(row.countOrNull("of_count_" + when))
                        + "; 95 % interval " + English.share(row.numberOrNull("low_" + when)) + " to "
                        + English.share(row.numberOrNull("high_" + when)) + ")";
    }

    private static String difference(Row row, boolean hasShares) {
        Double difference = row.numberOrNull("difference");
        if (difference == null) {
            return English.UNKNOWN;
        }
        boolean isShare = row.text("unit").startsWith("share");
        Double low = hasShares ? row.numberOrNull("difference_low") : null;
        Double high = hasShares ? row.numberOrNull("difference_high") : null;
        return signed(difference, isShare)
                + (isShare ? " points" : "")
                + (low == null || high == null
                        ? ""
                        : " (95 % interval " + signed(low, true) + " to " + signed(high, true) + ")");
    }

    private static String signed(double value, boolean isShare) {
        String text = isShare ? English.number(100 * Math.abs(value)) : FigureText.bare(Math.abs(value), null);
        return (value < 0 ? "−" : value > 0 ? "+" : "") + text;
    }

    private static String note(Row row, boolean hasShares) {
        String reason = row.textOrNull("difference_reason");
        if (reason != null) {
            return English.sentence(reason);
        }
        String better = row.flag("is_better_or_unknown")
                ? "Better"
                : row.text("status").equals("done") ? "Said to be done, and the figure is not better" : "Not better";
        String chance = chance(row, hasShares);
        return better + (chance.isEmpty() ? ", not tested against chance." : "." + chance);
    }

    /**
     * Whether chance alone could make the difference of two shares, as a sentence after a space; empty without samples.
     *
     * @param row a row of {@code mart.recommendation}
     * @param hasShares whether the release has samples
     */
    public static String chance(Row row, boolean hasShares) {
        Double low = hasShares ? row.numberOrNull("difference_low") : null;
        Double high = hasShares ? row.numberOrNull("difference_high") : null;
        return low == null || high == null
                ? ""
                : low <= 0 && high >= 0
                        ? " Chance alone could make such a difference."
                        : " That is more than chance makes.";
    }

    private static @Nullable Chart picture(String name, Row row, boolean hasShares) {
        Double then = row.numberOrNull("value_then");
        Double now = row.numberOrNull("value_now");
        if (then == null || now == null || row.numberOrNull("difference") == null) {
            return null;
        }
        String id = id(name) + "-" + row.text("figure").replaceAll("[^a-z0-9]", "-");
        String title = row.text("figure_title");
        if (hasShares && row.countOrNull("part_count_then") != null && row.countOrNull("part_count_now") != null) {
            return IntervalChart.of(
                    id, title, row.text("unit"), List.of(share(row, "then", then), share(row, "now", now)));
        }
        return BarChart.of(id, title, row.text("unit"), "Day", List.of(bar(row, "then", then), bar(row, "now", now)));
    }

    private static IntervalChart.Share share(Row row, String when, double value) {
        return new IntervalChart.Share(
                English.shortDay(row.date(when + "_as_at")),
                value,
                row.numberOrNull("low_" + when),
                row.numberOrNull("high_" + when),
                English.count(row.countOrNull("of_count_" + when)),
                null,
                false);
    }

    private static BarChart.Bar bar(Row row, String when, double value) {
        return new BarChart.Bar(
                English.shortDay(row.date(when + "_as_at")), value, FigureText.plain(value, row.text("unit")));
    }
}
