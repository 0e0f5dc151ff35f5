package uk.fpw.report.today;

import java.util.List;
import uk.fpw.report.data.SiteData;
import uk.fpw.report.text.English;

/** Recommendations that the force says are done, and whose figure does not show it. */
final class DoneRule implements AttentionRule {

    private static final String FIND = """
            select recommendation, status_on, owner, string_agg(figure_title, '; ' order by figure) as figures
            from mart.recommendation
            where status = 'done' and is_better = false
            group by recommendation, status_on, owner
            order by status_on desc, recommendation
            """;

    @Override
    public Attention.Rule shown() {
        return new Attention.Rule(
                Attention.Harm.RECOMMENDATIONS,
                "done, figure not better",
                "Recommendations that the force has recorded as done, while a figure that should show it is not better "
                        + "than on the day of the recommendation. So few cases may be behind a figure that it proves "
                        + "neither.");
    }

    @Override
    public List<Attention> find(SiteData site) {
        if (!site.release().has("mart.recommendation", "is_better")) {
            return List.of();
        }
        return site.release().rows(FIND).stream()
                .map(row -> new Attention(
                        shown(),
                        "Recommendation: " + row.text("recommendation").replace('_', ' '),
                        "The force says done since " + English.day(row.date("status_on")) + " (" + row.text("owner")
                                + "). Not better than then: " + row.text("figures") + ".",
                        "then-and-now/index.html#recommendations",
                        null,
                        site.businessDate().toEpochDay() - row.date("status_on").toEpochDay()))
                .toList();
    }
}
