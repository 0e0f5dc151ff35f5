package uk.fpw.report.page;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import uk.fpw.report.data.Row;
import uk.fpw.report.data.SiteData;
import uk.fpw.report.text.English;

/** Figures that were published elsewhere beside ours, and what was quoted and has moved. */
public final class ThenAndNowPage implements PageSource {

    private static final List<String> RECOMMENDATION_HEADINGS =
            List.of("Recommendation", "By", "Due", "The force says", "Figure", "Then", "Now", "Note");

    private static final String FACTS = """
            select * from mart.published_fact order by as_of_to_on, fact
            """;

    @Override
    public List<Page> pages(SiteData site) {
        List<Block> blocks = new ArrayList<>();
        blocks.addAll(recommendations(site));
        blocks.add(facts(site));
        blocks.add(Block.ofText(
                "moved",
                "Quoted figures that moved",
                site.request().quoted().isEmpty()
                        ? new String[] {
                            "No figure of a pinned release and no published fact has moved, or there is "
                                    + "none to compare with."
                        }
                        : site.request().quoted().stream()
                                .map(English::sentence)
                                .toArray(String[]::new)));
        return List.of(new Page(
                "then-and-now/index.html",
                "Then and now",
                Section.THEN_AND_NOW,
                "blocks.jte",
                new BlocksModel(
                        List.of("What the force was asked to do, with the figures of then and now; and what "
                                + "others have "
                                + "published about it, as worded there, beside the closest of what this "
                                + "warehouse counts "
                                + "for these days."),
                        blocks)));
    }

    private static List<Block> recommendations(SiteData site) {
        if (!site.release().has("mart.recommendation", "is_overdue", "figure_title")) {
            return List.of();
        }
        List<Row> rows = site.release()
                .rows("select *, coalesce(is_better, true) as is_better_or_unknown from mart.recommendation "
                        + "order by coalesce(is_overdue, false) desc, status = 'done' and not "
                        + "is_better_or_unknown desc, "
                        + "made_on, recommendation, figure");
        return rows.isEmpty()
                ? List.of()
                : List.of(Block.ofTable(
                        "recommendations",
                        "Recommendations",
                        "What the force was asked to do, what it says about it, and figures that show it: on the day "
                                + "of the recommendation, and now.",
                        new Block.DataTable(
                                "Recommendations, then and now",
                                RECOMMENDATION_HEADINGS,
                                rows.stream()
                                        .map(ThenAndNowPage::recommendation)
                                        .toList()),
                        "Those overdue come first, then those said to be done whose figure is not better. Two "
                                + "days alone "
                                + "are no trend, a share of few cases says little, and the longest wait now may "
                                + "be of another "
                                + "case than then. That a "
                                + "figure is better does not say that the recommendation was followed, nor that the "
                                + "work on it is the reason."));
    }

    private static List<Block.Cell> recommendation(Row row) {
        Double then = row.numberOrNull("value_then");
        Double now = row.numberOrNull("value_now");
        return List.of(
                Block.Cell.of(row.text("words").strip() + (row.flag("is_quoted") ? "" : " (the force's own words)")),
                Block.Cell.of(row.text("made_by") + ", " + English.day(row.date("made_on"))),
                Block.Cell.of(
                        row.dateOrNull("due_on") == null
                                ? row.text("due_within")
                                : English.day(row.date("due_on")) + (row.flag("is_overdue") ? ": overdue" : "")),
                Block.Cell.of(row.text("status").replace('_', ' ') + " since " + English.day(row.date("status_on"))
                        + " (" + row.text("owner") + ")"),
                Block.Cell.of(row.textOrNull("figure_title") == null ? "none" : row.text("figure_title")),
                Block.Cell.of(figure(then, row) + day(row, "then_as_at")),
                Block.Cell.of(figure(now, row) + day(row, "now_as_at")),
                Block.Cell.of(note(row)));
    }

    private static String note(Row row) {
        String reason = row.textOrNull("difference_reason");
        if (reason != null) {
            return reason;
        }
        return row.text("status").equals("done") && !row.flag("is_better_or_unknown")
                ? "said to be done, and the figure is not better"
                : "";
    }

    private static String figure(@Nullable Double value, Row row) {
        String unit = row.textOrNull("unit");
        if (value == null) {
            return unit == null ? "–" : English.UNKNOWN;
        }
        return plain(value, unit);
    }

    private static String day(Row row, String column) {
        return row.dateOrNull(column) == null ? "" : " on " + English.shortDay(row.date(column));
    }

    private static Block facts(SiteData site) {
        List<Row> rows = site.release().rows(FACTS);
        return Block.ofTable(
                "facts",
                "Published figures",
                rows.isEmpty() ? "None is recorded." : "",
                new Block.DataTable(
                        "Published figures beside ours",
                        List.of("As published", "Of", "Ours, the closest", "Verdict", "Why", "Where it was published"),
                        rows.stream().map(ThenAndNowPage::line).toList()),
                "A verdict on invented data that was made to match is marked by construction.");
    }

    private static List<Block.Cell> line(Row row) {
        Double value = row.numberOrNull("our_value");
        return List.of(
                Block.Cell.of(row.text("quote").strip()),
                Block.Cell.of(days(row)),
                Block.Cell.of(ours(value, row)),
                Block.Cell.of(verdict(row)),
                Block.Cell.of(row.text("reason").strip()),
                Block.Cell.of(row.text("fact_source").strip()));
    }

    private static String days(Row row) {
        String from = English.day(row.date("as_of_from_on"));
        String to = English.day(row.date("as_of_to_on"));
        return from.equals(to) ? from : from + " to " + to;
    }

    private static String ours(@Nullable Double value, Row row) {
        if (value == null) {
            return "not comparable";
        }
        Double lowest = row.numberOrNull("our_lowest");
        Double highest = row.numberOrNull("our_highest");
        return plain(value, row.textOrNull("our_unit"))
                + (lowest == null || highest == null || lowest.equals(highest)
                        ? ""
                        : "; all " + English.count(row.count("our_value_count")) + " values of these days: "
                                + bare(lowest, row.textOrNull("our_unit")) + " to "
                                + bare(highest, row.textOrNull("our_unit")));
    }

    private static String verdict(Row row) {
        Double difference = row.numberOrNull("difference");
        return row.text("verdict")
                + (row.text("verdict").equals("differs by") && difference != null ? " " + plain(difference, null) : "");
    }

    private static String plain(double value, @Nullable String unit) {
        return unit != null && unit.startsWith("share")
                ? bare(value, unit) + unit.substring("share".length())
                : bare(value, unit) + (unit == null ? "" : " " + unit);
    }

    private static String bare(double value, @Nullable String unit) {
        if (unit != null && unit.startsWith("share")) {
            return English.share(value);
        }
        return value == Math.rint(value) ? English.count(Math.round(value)) : English.number(value);
    }
}
