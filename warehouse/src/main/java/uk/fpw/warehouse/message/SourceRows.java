package uk.fpw.warehouse.message;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import uk.fpw.warehouse.force.feed.ClosedLists;
import uk.fpw.warehouse.force.feed.Feed;

/**
 * The current rows of feeds that list codes, dates or values. The audit compares them with the events.
 *
 * @param feeds only feeds with such a list
 * @param excludingRules codes of the rules that exclude items before staging
 */
public record SourceRows(List<FeedRows> feeds, Set<String> excludingRules) {

    /** Compares nothing. */
    public static final SourceRows NONE = new SourceRows(List.of(), Set.of());

    /** All files that are read. */
    public List<String> files() {
        return feeds.stream()
                .flatMap(feed -> Stream.concat(feed.files().stream(), Stream.of(feed.supersededFile())))
                .toList();
    }

    /**
     * The current rows of one feed.
     *
     * @param source operational system; item keys are {@code source:item}
     * @param hasScope whether some rows may be outside the force's remit
     * @param values by column, the allowed values
     * @param files absolute paths of the Parquet files with the rows
     * @param supersededFile absolute path of a text file listing the rows in those files that are no longer current:
     *     file path and 0-based row position, separated by a tab
     */
    public record FeedRows(
            String feed,
            String source,
            boolean hasScope,
            List<EventColumn> eventColumns,
            Map<String, Set<String>> values,
            List<String> files,
            String supersededFile) {

        /** The rows of a feed. */
        public static FeedRows of(Feed feed, List<String> files, String supersededFile) {
            ClosedLists lists = feed.lists();
            List<EventColumn> columns = new ArrayList<>();
            lists.codes()
                    .forEach((column, codes) -> columns.add(new EventColumn(column, lists.dateOfCodes(column), codes)));
            for (String date : lists.dates().keySet()) {
                String event = lists.eventOf(date);
                if (event != null) {
                    columns.add(new EventColumn(date, date, Map.of(EventColumn.ANY, List.of(event))));
                }
            }
            return new FeedRows(
                    feed.name(), feed.source(), feed.scope() != null, columns, lists.values(), files, supersededFile);
        }
    }

    /**
     * A column whose values imply events.
     *
     * @param dateColumn column with the date of the events; null if the feed has none
     * @param events by code, the events of which staging must make one, empty for a code without event; for a date
     *     column, the event under {@link #ANY}
     */
    public record EventColumn(String column, @Nullable String dateColumn, Map<String, List<String>> events) {

        /** Stands for any value instead of a code. */
        public static final String ANY = "";

        /** Whether its values are codes. */
        public boolean isCoded() {
            return !column.equals(dateColumn);
        }
    }
}
