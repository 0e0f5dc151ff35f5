package uk.fpw.report.today;

import java.util.List;
import java.util.Objects;
import java.util.Set;
import uk.fpw.layout.site.Operations;
import uk.fpw.model.CodeWords;
import uk.fpw.report.data.SiteData;
import uk.fpw.report.page.RunFindings;
import uk.fpw.report.text.English;

/** What was found in the rows of feeds: codes and values that no list has, and events that staging did not make. */
final class SourceRule implements AttentionRule {

    private static final Set<String> TESTS =
            Set.of("UNLISTED_CODE", "UNLISTED_VALUE", "CODES_AND_EVENTS", "CLOSED_CASES_WAIT", "ITEMS_DIFFER");

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
                .filter(finding -> TESTS.contains(finding.code()))
                .map(finding -> attention(site, finding))
                .toList();
    }

    private Attention attention(SiteData site, Operations.Finding finding) {
        CodeWords words = Objects.requireNonNull(CodeWords.of(finding.code()));
        long count = finding.failedCount();
        return new Attention(
                shown(),
                words.about() + " of " + English.words(finding.table()),
                English.of(count, words.unit()) + " of " + English.words(finding.table()) + " " + words.words() + "."
                        + Owners.sentence(site, finding.table()),
                "quality/index.html#tests",
                null,
                count);
    }
}
