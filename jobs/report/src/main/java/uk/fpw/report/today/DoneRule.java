package uk.fpw.report.today;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import uk.fpw.report.data.Row;
import uk.fpw.report.data.SiteData;
import uk.fpw.report.page.RecommendationParts;
import uk.fpw.report.text.English;

/** Recommendations that the force says are done, and whose figure does not show it. */
final class DoneRule implements AttentionRule {

    private static final String FIND = """
            select *
            from mart.recommendation
            where status = 'done' and is_better = false
            order by status_on desc, recommendation, figure
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
        Map<String, List<Row>> figures = new LinkedHashMap<>();
        site.release().rows(FIND).forEach(row -> figures.computeIfAbsent(
                        row.text("recommendation"), name -> new ArrayList<>())
                .add(row));
        return figures.values().stream()
                .map(rows -> attention(site, rows.get(0), rows))
                .toList();
    }

    private Attention attention(SiteData site, Row first, List<Row> figures) {
        return new Attention(
                shown(),
                "Recommendation: " + first.text("recommendation").replace('_', ' '),
                "The force says done since " + English.day(first.date("status_on")) + " (" + first.text("owner")
                        + "). Not better than on "
                        + English.day(first.date("then_as_at")) + ", when it was made: "
                        + figures.stream()
                                .map(row -> change(row, RecommendationParts.hasShares(site)))
                                .collect(Collectors.joining("; "))
                        + "."
                        + RecommendationParts.chance(figures.get(0), RecommendationParts.hasShares(site))
                        + RecommendationParts.refused(site, first.text("recommendation")),
                RecommendationParts.path(first.text("recommendation")),
                null,
                site.businessDate().toEpochDay() - first.date("status_on").toEpochDay());
    }

    private static String change(Row row, boolean hasShares) {
        return row.text("figure_title") + ": " + RecommendationParts.figure(row, "then", hasShares) + ", "
                + RecommendationParts.figure(row, "now", hasShares);
    }
}
