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
        List<Row> pairs = site.release().rows(PAIRS);
        List<List<Block.Cell>> rows =
                pairs.stream().map(AssessorAgreement::line).toList();
        return rows.isEmpty()
                ? List.of()
                : List.of(Block.ofTable(
                                "agreement",
                                "Two assessors of the same cases",
                                "",
                                new Block.DataTable(
                                        "How two assessors agree",
                                        List.of(
                                                "Theme",
                                                "Assessors",
                                                "Both judged",
                                                "Same grade",
                                                "First kinder",
                                                "Second kinder",
                                                "Kappa",
                                                "Weighted by distance"),
                                        rows),
                                "Cases that both judged in the same theme by the same list of grades, by their latest "
                                        + "judgements. Kappa is 1 where two always agree, and 0 where they "
                                        + "agree as often as "
                                        + "chance has it; weighted, neighbouring grades count as nearly the "
                                        + "same (quadratic). "
                                        + "It cannot say which of them is right.")
                        .saying(pairs.stream().map(AssessorAgreement::sentence).toList()));
    }

    /** The direction of the disagreement first: it is what a share of agreement hides. */
    private static String sentence(Row row) {
        String first = row.text("first_assessor");
        String second = row.text("second_assessor");
        long kinder = row.count("first_better_count");
        long stricter = row.count("second_better_count");
        boolean isFirst = kinder >= stricter;
        return "Of " + English.of(row.count("pair_count"), "case") + " that the " + first + " and the " + second
                + " both judged (" + row.text("theme").replace('_', ' ') + "), the " + (isFirst ? first : second)
                + " was kinder in " + English.count(isFirst ? kinder : stricter) + " and stricter in "
                + English.count(isFirst ? stricter : kinder) + "; in " + English.count(row.count("agreed_count"))
                + " both gave the same grade.";
    }

    private static List<Block.Cell> line(Row row) {
        return List.of(
                Block.Cell.of(English.sentence(row.text("theme").replace('_', ' ')) + " ("
                        + row.text("scheme").replace('_', ' ') + ", version " + row.count("scheme_version") + ")"),
                Block.Cell.of(row.text("first_assessor") + " and " + row.text("second_assessor")),
                Block.Cell.of(English.count(row.countOrNull("pair_count"))),
                Block.Cell.of(English.count(row.countOrNull("agreed_count"))),
                Block.Cell.of(English.count(row.countOrNull("first_better_count"))),
                Block.Cell.of(English.count(row.countOrNull("second_better_count"))),
                Block.Cell.of(English.figure(row.numberOrNull("kappa"))),
                Block.Cell.of(English.figure(row.numberOrNull("quadratic_kappa"))));
    }
}
