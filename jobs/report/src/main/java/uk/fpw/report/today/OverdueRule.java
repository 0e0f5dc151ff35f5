package uk.fpw.report.today;

import java.util.List;
import uk.fpw.report.data.SiteData;
import uk.fpw.report.page.RecommendationParts;
import uk.fpw.report.text.English;

/** Recommendations that are overdue. */
final class OverdueRule implements AttentionRule {

    private static final String FIND = """
            select distinct recommendation, made_by, owner, due_on, status
            from mart.recommendation
            where is_overdue
            order by due_on, recommendation
            """;

    @Override
    public Attention.Rule shown() {
        return new Attention.Rule(
                Attention.Harm.RECOMMENDATIONS,
                "overdue",
                "Recommendations to the force whose last day has passed and that it has not recorded as done or "
                        + "rejected.");
    }

    @Override
    public List<Attention> find(SiteData site) {
        if (!site.release().has("mart.recommendation", "is_overdue")) {
            return List.of();
        }
        return site.release().rows(FIND).stream()
                .map(row -> new Attention(
                        shown(),
                        "Recommendation: " + row.text("recommendation").replace('_', ' '),
                        "Made by " + row.text("made_by") + ", due on " + English.day(row.date("due_on"))
                                + ", overdue by "
                                + English.of(
                                        site.businessDate().toEpochDay()
                                                - row.date("due_on").toEpochDay(),
                                        "day")
                                + "; the force says: " + row.text("status").replace('_', ' ') + " (" + row.text("owner")
                                + ").",
                        RecommendationParts.path(row.text("recommendation")),
                        null,
                        site.businessDate().toEpochDay() - row.date("due_on").toEpochDay()))
                .toList();
    }
}
