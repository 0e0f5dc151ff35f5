package uk.fpw.report.today;

import java.util.List;
import uk.fpw.report.data.SiteData;
import uk.fpw.report.page.SilencePart;
import uk.fpw.report.page.UnrecordedCases;

/** Open cases of which no step at all is recorded, as a count: which ones is for those who work on them. */
final class UnrecordedRule implements AttentionRule {

    @Override
    public Attention.Rule shown() {
        return new Attention.Rule(
                Attention.Harm.PEOPLE,
                "nothing recorded",
                "Open cases of which none of the steps that the force follows is recorded after more than 28 days, or "
                        + "only one after more than 91. Not recorded is not the same as not done: this should be "
                        + "checked.");
    }

    @Override
    public List<Attention> find(SiteData site) {
        return UnrecordedCases.of(site).stream()
                .map(cases -> new Attention(
                        shown(),
                        "Cases with hardly anything recorded (" + cases.milestones() + ")",
                        cases.sentence(),
                        SilencePart.HREF,
                        null,
                        cases.cases()))
                .toList();
    }
}
