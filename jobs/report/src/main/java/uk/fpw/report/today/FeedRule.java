package uk.fpw.report.today;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
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
            found.add(attention("Missing: " + feed, "Figures that need it are not available.", Double.MAX_VALUE));
        }
        site.request().operations().loads().forEach(load -> {
            long refused = Objects.requireNonNullElse(load.refused(), 0L);
            if (refused > 0) {
                found.add(attention(
                        "Refused rows of " + load.feed(),
                        English.of(refused, "row") + " of the load of " + English.day(load.businessDate())
                                + " could not be stored and " + (refused == 1 ? "is" : "are")
                                + " in no figure; fpw rejections has the reasons.",
                        (double) refused));
            }
        });
        return found;
    }

    private Attention attention(String title, String sentence, double size) {
        return new Attention(shown(), title, sentence, "quality/index.html", null, size);
    }
}
