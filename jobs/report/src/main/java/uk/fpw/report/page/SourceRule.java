package uk.fpw.report.page;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import uk.fpw.layout.site.Operations;
import uk.fpw.report.data.SiteData;
import uk.fpw.report.text.English;

/** What the audit found in the rows of feeds: codes and values that no list has, and events that staging did not make. */
final class SourceRule implements AttentionRule {

    /** By test: what is counted, and what it means. */
    private static final Map<String, List<String>> TESTS = Map.of(
            "UNLISTED_CODE",
            List.of("row", "with a code that its feed does not list, so that what happened may be missing here."),
            "UNLISTED_VALUE",
            List.of("row", "with a value that its feed does not list, which is shown as \"(not listed)\"."),
            "CODES_AND_EVENTS",
            List.of("item", "whose codes and dates at the source differ from the events that are counted here."));

    @Override
    public TodayModel.Rule shown() {
        return new TodayModel.Rule(
                "codes and values",
                "Rows with a code or value that their feed does not list, and items whose codes and dates differ from "
                        + "the events that are counted. The source, the list or the staging query should be corrected.");
    }

    @Override
    public List<Attention> find(SiteData site) {
        Map<List<String>, Operations.Finding> latest = new LinkedHashMap<>();
        site.request().operations().findings().stream()
                .filter(finding -> finding.businessDate().equals(site.businessDate()))
                .filter(finding -> TESTS.containsKey(finding.code()))
                .forEach(finding -> latest.putIfAbsent(List.of(finding.table(), finding.code()), finding));
        return latest.values().stream().map(this::attention).toList();
    }

    private Attention attention(Operations.Finding finding) {
        List<String> words = TESTS.getOrDefault(finding.code(), List.of("row", ""));
        long count = finding.failedCount();
        return new Attention(
                shown().name(),
                "Codes and values of " + finding.table(),
                English.of(count, words.get(0)) + " of " + finding.table() + " " + words.get(1),
                "quality/index.html",
                null,
                0,
                count);
    }
}
