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
 */
public record FeedDays(Map<String, String> days, Map<String, List<String>> behind) {

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
                                DictionaryInput.Counted::name, DictionaryInput.Counted::feeds, (one, other) -> one)));
    }

    /** Those behind a queue, with their days; every feed for no queue, or one of which its feeds are not known. */
    public String words(String queue) {
        List<String> feeds = behind.getOrDefault(queue, List.of());
        return days.entrySet().stream()
                .filter(day -> feeds.isEmpty() || feeds.contains(day.getKey()))
                .map(day -> English.words(day.getKey()) + " to " + day.getValue())
                .collect(Collectors.joining(", "));
    }
}
