package uk.fpw.report.page;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import uk.fpw.report.data.Row;
import uk.fpw.report.data.SiteData;
import uk.fpw.report.text.English;

/** Figures that were published elsewhere beside ours, and what was quoted and has moved. */
public final class ThenAndNowPage implements PageSource {

    private static final String FACT = "mart.published_fact";

    private static final String BY_CONSTRUCTION = "by construction";

    @Override
    public List<Page> pages(SiteData site) {
        List<Block> blocks = new ArrayList<>();
        blocks.addAll(RecommendationParts.of(site));
        boolean hasPacks = site.release().has(FACT, "pack", "our_latest", "our_latest_unit", "our_latest_reason");
        blocks.add(facts(site, hasPacks));
        blocks.addAll(hasPacks ? factsOfPacks(site) : List.of());
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

    private static Block facts(SiteData site, boolean hasPacks) {
        List<Row> rows = site.release()
                .rows("select * from " + FACT + (hasPacks ? " where pack is null" : "")
                        + " order by as_of_to_on, fact");
        return Block.ofTable(
                        "facts",
                        "Published figures",
                        rows.isEmpty() ? "None is recorded." : "",
                        new Block.DataTable(
                                "Published figures beside ours",
                                List.of(
                                        "As published",
                                        "Of",
                                        "Ours, the closest",
                                        "Verdict",
                                        "Why",
                                        "Where it was published",
                                        "Name"),
                                rows.stream().map(ThenAndNowPage::line).toList()),
                        rows.stream().anyMatch(row -> row.text("verdict").equals(BY_CONSTRUCTION))
                                ? "Made to match: these are invented data that were made to agree with the published "
                                        + "figure, so that they prove nothing about it."
                                : "")
                .from("", FACT);
    }

    /** Figures of packs are of other forces: ours is beside them, and there is no verdict. */
    private static List<Block> factsOfPacks(SiteData site) {
        List<Row> rows = site.release()
                .rows("select * from " + FACT + " where pack is not null order by pack, as_of_to_on, fact");
        return rows.isEmpty()
                ? List.of()
                : List.of(Block.ofTable(
                        "packs",
                        "Published by others about the same work",
                        "What has been published about other forces in the words of a definition pack by which this "
                                + "force counts, and ours on "
                                + English.day(rows.get(0).date("data_as_at"))
                                + ", as that pack counts.",
                        new Block.DataTable(
                                "Figures that others have published",
                                List.of(
                                        "As published",
                                        "Of",
                                        "What it counts",
                                        "Ours, not compared",
                                        "Why not",
                                        "Pack",
                                        "Where it was published"),
                                rows.stream().map(ThenAndNowPage::lineOfPack).toList()),
                        "Two forces may be laid side by side only from publications that name the same pack and "
                                + "version."));
    }

    private static List<Block.Cell> lineOfPack(Row row) {
        Double ours = row.numberOrNull("our_latest");
        String unit = row.textOrNull("our_latest_unit");
        String why = row.textOrNull("our_latest_reason");
        return List.of(
                Block.Cell.of(row.text("quote").strip()),
                Block.Cell.of(days(row)),
                Block.Cell.of(row.text("population").strip() + " "
                        + row.text("definition").strip()),
                Block.Cell.of(ours == null ? (why == null ? "none" : why) : FigureText.plain(ours, unit)),
                Block.Cell.of(row.text("reason").strip()),
                Block.Cell.of(row.text("pack")),
                Block.Cell.of(row.text("fact_source").strip()));
    }

    private static List<Block.Cell> line(Row row) {
        Double value = row.numberOrNull("our_value");
        return List.of(
                Block.Cell.of(row.text("quote").strip()),
                Block.Cell.of(days(row)),
                Block.Cell.of(ours(value, row)),
                Block.Cell.of(verdict(row)),
                Block.Cell.of(row.text("reason").strip()),
                Block.Cell.of(row.text("fact_source").strip()),
                Block.Cell.of(English.words(row.text("fact"))));
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
        return FigureText.plain(value, row.textOrNull("our_unit"))
                + (lowest == null || highest == null || lowest.equals(highest)
                        ? ""
                        : "; all " + English.count(row.count("our_value_count")) + " values of these days: "
                                + FigureText.bare(lowest, row.textOrNull("our_unit")) + " to "
                                + FigureText.bare(highest, row.textOrNull("our_unit")));
    }

    private static String verdict(Row row) {
        Double difference = row.numberOrNull("difference");
        String verdict = row.text("verdict");
        return switch (verdict) {
            case BY_CONSTRUCTION -> "made to match";
            case "differs by" -> difference == null ? verdict : verdict + " " + FigureText.plain(difference, null);
            default -> verdict;
        };
    }
}
