package uk.fpw.report.today;

import java.util.ArrayList;
import java.util.List;
import uk.fpw.report.data.SiteData;
import uk.fpw.report.text.English;

/** Feeds that were not renewed, and rows of the latest loads that could not be stored. */
final class FeedRule implements AttentionRule {

    @Override
    public Attention.Rule shown() {
        return new Attention.Rule(
                Attention.Harm.DATA,
                "feeds",
                "Feeds that are missing, and rows of the latest load of a feed that could not be stored (refused).");
    }

    @Override
    public List<Attention> find(SiteData site) {
        List<Attention> found = new ArrayList<>();
        for (String feed : site.release().manifest().missing()) {
            found.add(attention(
                    "Missing: " + English.words(feed), "Figures that need it are not available.", Double.MAX_VALUE));
        }
        site.request().operations().leftOut().stream()
                .filter(one -> one.kind().equals("failed"))
                .forEach(one -> found.add(attention(
                        "Not loaded: " + English.words(one.feed()),
                        English.sentence(one.words()) + "." + Owners.sentence(site, one.feed()),
                        Double.MAX_VALUE / 2)));
        return found;
    }

    private Attention attention(String title, String sentence, double size) {
        return new Attention(shown(), title, sentence, "quality/index.html", null, size);
    }
}
