package uk.fpw.report.page;

import java.util.List;
import java.util.stream.Stream;
import uk.fpw.report.data.Row;
import uk.fpw.report.data.SiteData;
import uk.fpw.report.text.English;

/** Whether two assessors who judged the same cases came to the same grades. */
final class AssessorAgreement {

    private static final String PAIRS = """
            select *
            from mart.grading_agreement
            where pair_count > 0
            order by scheme, theme, scheme_version desc, first_assessor, second_assessor
            """;

    private AssessorAgreement() {}

    /** The part of the page of grades, if any case was judged by two. */
    static List<Block> of(SiteData site) {
        if (!site.release().has("mart.grading_agreement", "first_better_count")) {
            return List.of();
        }
        List<List<Block.Cell>> rows =
                site.release().rows(PAIRS).stream().map(row -> line(site, row)).toList();
        return rows.isEmpty()
                ? List.of()
                : List.of(Block.ofTable(
                        "agreement",
                        "Two assessors of the same cases",
                        "Cases that both judged in the same theme by the same list of grades, by their latest "
                                + "judgements.",
                        new Block.DataTable(
                                "How two assessors agree",
                                List.of(
                                        "Theme",
                                        "Assessors",
                                        "Both judged",
                                        "Same grade",
                                        "First kinder",
                                        "Second kinder"),
                                rows),
                        "It cannot say which of them is right."));
    }

    private static List<Block.Cell> line(SiteData site, Row row) {
        // one of them is what is left of the pairs without the two others
        boolean isShown = Stream.of("agreed_count", "first_better_count", "second_better_count")
                .allMatch(part -> site.cells().shows(row.countOrNull(part)));
        return List.of(
                Block.Cell.of(English.sentence(row.text("theme").replace('_', ' ')) + " ("
                        + row.text("scheme").replace('_', ' ') + ", version " + row.count("scheme_version") + ")"),
                Block.Cell.of(row.text("first_assessor") + " and " + row.text("second_assessor")),
                Block.Cell.of(site.cells().text(row.countOrNull("pair_count"), null)),
                part(row, "agreed_count", isShown),
                part(row, "first_better_count", isShown),
                part(row, "second_better_count", isShown));
    }

    private static Block.Cell part(Row row, String column, boolean isShown) {
        return Block.Cell.of(isShown ? English.count(row.countOrNull(column)) : "not shown");
    }
}
