package uk.fpw.report.today;

import java.util.List;
import uk.fpw.report.data.SiteData;
import uk.fpw.report.text.English;

/** Figures that were pinned or published and have moved since. */
final class QuotedRule implements AttentionRule {

    @Override
    public Attention.Rule shown() {
        return new Attention.Rule(
                Attention.Harm.DATA,
                "a quoted figure moved",
                "Figures of a pinned release, and published facts, that this release states otherwise than the one "
                        + "before.");
    }

    @Override
    public List<Attention> find(SiteData site) {
        return site.request().quoted().stream()
                .map(line -> new Attention(
                        shown(),
                        "A quoted figure moved",
                        English.sentence(line) + ".",
                        "then-and-now/index.html",
                        null,
                        0))
                .toList();
    }
}
