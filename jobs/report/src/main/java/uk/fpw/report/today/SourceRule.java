package uk.fpw.report.today;

import java.util.List;
import java.util.Map;
import java.util.Objects;
import uk.fpw.layout.site.Operations;
import uk.fpw.report.data.SiteData;
import uk.fpw.report.page.RunFindings;
import uk.fpw.report.text.English;

/** What was found in the rows of feeds: codes and values that no list has, and events that staging did not make. */
final class SourceRule implements AttentionRule {

    /** By test: what it is about, what is counted, and what it means. */
    private static final Map<String, List<String>> TESTS = Map.of(
            "UNLISTED_CODE",
            List.of(
                    "Codes",
                    "row",
                    "with a code that its feed does not list, so that what happened may be missing here."),
            "UNLISTED_VALUE",
            List.of("Values", "row", "with a value that its feed does not list, which is read as \"(not listed)\"."),
            "CODES_AND_EVENTS",
            List.of(
                    "Events",
                    "item",
                    "whose codes and dates at the source differ from the events that are counted here."),
            "CLOSED_CASES_WAIT",
            List.of("Closed cases", "closed case", "that still wait in a queue: no event says that they have left."),
            "ITEMS_DIFFER",
            List.of("Numbers", "item", "written like another one but for blanks and capitals, counted by itself."));

    @Override
    public Attention.Rule shown() {
        return new Attention.Rule(
                Attention.Harm.DATA,
                "codes and values",
                "Rows with a code or value that their feed does not list, items whose codes and dates differ from the "
                        + "events that are counted, items whose numbers differ only in blanks and capitals, and "
                        + "closed cases that still wait. The source, the list or the staging query should be "
                        + "corrected.");
    }

    @Override
    public List<Attention> find(SiteData site) {
        return RunFindings.of(site).stream()
                .filter(finding -> TESTS.containsKey(finding.code()))
                .map(this::attention)
                .toList();
    }

    private Attention attention(Operations.Finding finding) {
        List<String> words = Objects.requireNonNull(TESTS.get(finding.code()));
        long count = finding.failedCount();
        return new Attention(
                shown(),
                words.get(0) + " of " + finding.table(),
                English.of(count, words.get(1)) + " of " + finding.table() + " " + words.get(2),
                "quality/index.html",
                null,
                count);
    }
}
