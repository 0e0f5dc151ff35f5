package uk.fpw.report.page;

import java.util.List;
import java.util.function.UnaryOperator;
import uk.fpw.model.DuckSql;
import uk.fpw.report.data.Row;
import uk.fpw.report.data.SiteData;
import uk.fpw.report.text.English;

/** Whether grades became better or worse from the first comparable financial year to the last, a sentence each. */
final class GradeTrends {

    private static final double LEVEL = 0.05;

    private static final String TRENDS = """
            select *
            from mart.grading_trend
            where
                grade = 'all'
                and period_kind = 'financial year'
                and scheme = %s
                and theme = %s
                and assessor = %s
            order by first_judged_on, scheme_version, population, selection
            """;

    private GradeTrends() {}

    /**
     * @param group a row of the scheme, theme and assessor
     * @param names how years are called
     */
    static List<String> of(SiteData site, Row group, UnaryOperator<String> names) {
        if (!site.release().has("mart.grading_trend", "test_reason", "first_mean_rank")) {
            return List.of();
        }
        return site
                .release()
                .rows(TRENDS.formatted(
                        DuckSql.text(group.text("scheme")),
                        DuckSql.text(group.text("theme")),
                        DuckSql.text(group.text("assessor"))))
                .stream()
                .map(row -> sentence(row, names.apply(row.text("first_period")), names.apply(row.text("last_period"))))
                .toList();
    }

    private static String sentence(Row row, String first, String last) {
        String reason = row.textOrNull("test_reason");
        String periods = first.equals(last) ? last : first + " to " + last;
        if (reason != null) {
            return "Cannot be compared, " + periods + ": " + reason + ".";
        }
        double p = row.number("p");
        String ranks = "mean rank " + English.figure(row.number("first_mean_rank")) + " in " + first
                + " and " + English.figure(row.number("last_mean_rank")) + " in " + last
                + ", 1 being the best grade; " + English.of(row.count("case_total_count"), "case")
                + "; where nothing changes, chance makes as large a difference in "
                + (p < 0.01 ? "fewer than 1" : English.count(Math.round(100 * p))) + " of 100";
        if (p >= LEVEL) {
            return "No evidence that grades became better or worse (" + ranks + "). That is not the same as no change.";
        }
        return "Grades became " + (row.number("z") > 0 ? "worse" : "better") + " by more than chance explains (" + ranks
                + "). What judged cases have in common may have changed, not only how they were handled.";
    }
}
