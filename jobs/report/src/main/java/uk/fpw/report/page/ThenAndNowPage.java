package uk.fpw.report.page;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import uk.fpw.report.data.English;
import uk.fpw.report.data.Row;
import uk.fpw.report.data.SiteData;

/** Figures that were published elsewhere beside ours, and what was quoted and has moved. */
public final class ThenAndNowPage implements PageSource {

    private static final String FACTS = """
            select * from mart.published_fact order by as_of_to_on, fact
            """;

    @Override
    public List<Page> pages(SiteData site) {
        List<Block> blocks = new ArrayList<>();
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
                        List.of("What others have published about the force, as worded there, beside what this "
                                + "warehouse counts for the same days."),
                        blocks)));
    }

    private static Block facts(SiteData site) {
        List<Row> rows = site.release().rows(FACTS);
        return Block.ofTable(
                "facts",
                "Published figures",
                rows.isEmpty() ? "None is recorded." : "",
                new Block.DataTable(
                        "Published figures beside ours",
                        List.of("As published", "Of", "Ours", "Verdict", "Why", "Where it was published"),
                        rows.stream().map(row -> line(site, row)).toList()),
                "A verdict on invented data that was made to match is marked by construction.");
    }

    private static List<Block.Cell> line(SiteData site, Row row) {
        Double value = row.numberOrNull("our_value");
        boolean isSmall = value != null
                && value > 0
                && value < site.cells().threshold()
                && !row.text("unit").matches(".*(share|day|month|hour|%).*");
        return List.of(
                Block.Cell.of(row.text("quote").strip()),
                Block.Cell.of(days(row)),
                Block.Cell.of(isSmall ? site.cells().hidden() : ours(value, row)),
                Block.Cell.of(row.text("verdict")),
                Block.Cell.of(
                        isSmall
                                ? "not shown beside so small a figure"
                                : row.text("reason").strip()),
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
        String unit = row.textOrNull("our_unit");
        if (unit != null && unit.startsWith("share")) {
            return English.share(value) + unit.substring("share".length());
        }
        return (value == Math.rint(value) ? English.count(Math.round(value)) : English.number(value))
                + (unit == null ? "" : " " + unit);
    }
}
