package uk.fpw.report.page;

import java.util.List;
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
                site.release().rows(PAIRS).stream().map(AssessorAgreement::line).toList();
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

    private static List<Block.Cell> line(Row row) {
        return List.of(
                Block.Cell.of(English.sentence(row.text("theme").replace('_', ' ')) + " ("
                        + row.text("scheme").replace('_', ' ') + ", version " + row.count("scheme_version") + ")"),
                Block.Cell.of(row.text("first_assessor") + " and " + row.text("second_assessor")),
                Block.Cell.of(English.count(row.countOrNull("pair_count"))),
                Block.Cell.of(English.count(row.countOrNull("agreed_count"))),
                Block.Cell.of(English.count(row.countOrNull("first_better_count"))),
                Block.Cell.of(English.count(row.countOrNull("second_better_count"))));
    }
}
