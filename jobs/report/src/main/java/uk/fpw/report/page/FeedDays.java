package uk.fpw.report.page;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import uk.fpw.layout.ReleasedFeed;
import uk.fpw.layout.site.DictionaryInput;
import uk.fpw.report.data.SiteData;
import uk.fpw.report.text.English;

/**
 * To which day each feed is complete.
 *
 * @param days by name of the feed, in words, in the order of the release
 * @param behind names of the feeds behind each queue; without queues of which that is not known
 * @param judgements names of the feeds behind gradings; empty if that is not known
 */
public record FeedDays(Map<String, String> days, Map<String, List<String>> behind, List<String> judgements) {

    private static final String OF_GRADINGS = "mart.grading_";

    /** Of the feeds of a release, by the queues of the force folder. */
    public static FeedDays of(SiteData site) {
        return new FeedDays(
                site.release().manifest().feeds().stream()
                        .collect(Collectors.toMap(
                                ReleasedFeed::name,
                                feed -> English.day(feed.completeTo()),
                                (one, other) -> one,
                                LinkedHashMap::new)),
                site.request().dictionary().queues().stream()
                        .collect(Collectors.toMap(
                                DictionaryInput.Counted::name, DictionaryInput.Counted::feeds, (one, other) -> one)),
                site.request().dictionary().queries().stream()
                        .filter(query -> query.kind().equals("grading"))
                        .flatMap(query -> query.feeds().stream())
                        .distinct()
                        .toList());
    }

    /** Those behind a part of a page, with their days; every feed where it is not known which. */
    public String words(Block.Evidence of) {
        List<String> feeds = of.tables().stream().allMatch(table -> table.startsWith(OF_GRADINGS))
                ? judgements
                : behind.getOrDefault(of.queue(), List.of());
        return days.entrySet().stream()
                .filter(day -> feeds.isEmpty() || feeds.contains(day.getKey()))
                .map(day -> English.words(day.getKey()) + " to " + day.getValue())
                .collect(Collectors.joining(", "));
    }
}
