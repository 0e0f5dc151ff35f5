package uk.fpw.report.today;

import java.util.List;
import uk.fpw.layout.ReleasedFeed;
import uk.fpw.report.data.SiteData;
import uk.fpw.report.text.English;

/** Rows that still count although the latest delivery of their feed did not have them. */
final class HeldRule implements AttentionRule {

    @Override
    public Attention.Rule shown() {
        return new Attention.Rule(
                Attention.Harm.DATA,
                "held rows",
                "Rows that the latest delivery of a feed did not have and that still count, because keys of other "
                        + "rows could not be read. Those should be corrected at the source.");
    }

    @Override
    public List<Attention> find(SiteData site) {
        return site.release().manifest().held().stream()
                .map(feed -> held(site, feed))
                .toList();
    }

    private Attention held(SiteData site, ReleasedFeed feed) {
        long rows = feed.heldCount();
        String name = English.words(feed.name());
        return new Attention(
                shown(),
                "Rows of " + name + " that may be gone",
                English.of(rows, "row") + (rows == 1 ? " was" : " were") + " not in the latest delivery of "
                        + name + " and still " + (rows == 1 ? "counts" : "count")
                        + ", because it has rows whose keys cannot be read." + Owners.sentence(site, feed.name()),
                "quality/index.html",
                null,
                rows);
    }
}
