package uk.fpw.report.page;

import java.util.List;
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

    /** @param group a row of the scheme, theme and assessor */
    static List<String> of(SiteData site, Row group) {
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
                .map(GradeTrends::sentence)
                .toList();
    }

    private static String sentence(Row row) {
        String reason = row.textOrNull("test_reason");
        String periods = row.text("first_period").equals(row.text("last_period"))
                ? row.text("last_period")
                : row.text("first_period") + " to " + row.text("last_period");
        if (reason != null) {
            return "Cannot be compared, " + periods + ": " + reason + ".";
        }
        double p = row.number("p");
        String ranks = "mean rank " + English.figure(row.number("first_mean_rank")) + " in " + row.text("first_period")
                + " and " + English.figure(row.number("last_mean_rank")) + " in " + row.text("last_period")
                + ", 1 being the best grade; " + English.of(row.count("case_total_count"), "case") + ", "
                + (p < 0.001 ? "p below 0.001" : "p " + English.figure(p));
        if (p >= LEVEL) {
            return "No evidence that grades became better or worse (" + ranks + "). That is not the same as no change.";
        }
        return "Grades became " + (row.number("z") > 0 ? "worse" : "better") + " by more than chance explains (" + ranks
                + "). What judged cases have in common may have changed, not only how they were handled.";
    }
}
