package uk.fpw.report.today;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import uk.fpw.layout.site.Operations;
import uk.fpw.report.data.SiteData;
import uk.fpw.report.text.English;

/** Rows that a load could not store, and that nobody has corrected since. */
final class RefusedRule implements AttentionRule {

    @Override
    public Attention.Rule shown() {
        return new Attention.Rule(
                Attention.Harm.DATA,
                "refused rows",
                "Rows that could not be stored, while no corrected row with their key has come since: what they say is "
                        + "in no figure.");
    }

    @Override
    public List<Attention> find(SiteData site) {
        Map<String, List<Operations.LeftOut>> byFeed = new LinkedHashMap<>();
        site.request().operations().leftOut().stream()
                .filter(one -> one.kind().equals("refused"))
                .forEach(one -> byFeed.computeIfAbsent(one.feed(), feed -> new ArrayList<>())
                        .add(one));
        return byFeed.entrySet().stream()
                .map(feed -> attention(site, feed.getKey(), feed.getValue()))
                .toList();
    }

    private Attention attention(SiteData site, String feed, List<Operations.LeftOut> refused) {
        long rows = refused.stream()
                .map(Operations.LeftOut::rowCount)
                .filter(Objects::nonNull)
                .mapToLong(Long::longValue)
                .sum();
        return new Attention(
                shown(),
                "Rows of " + English.words(feed) + " that were refused",
                English.of(rows, "row") + " of " + English.words(feed)
                        + " could not be stored, and no corrected one has come since: "
                        + refused.stream()
                                .map(one -> English.count(one.rowCount()) + " ("
                                        + (one.field() == null ? "" : site.column(feed, one.field()) + ": ")
                                        + one.words() + ")")
                                .collect(Collectors.joining("; "))
                        + "." + Owners.sentence(site, feed),
                "quality/index.html#reasons",
                null,
                rows);
    }
}
