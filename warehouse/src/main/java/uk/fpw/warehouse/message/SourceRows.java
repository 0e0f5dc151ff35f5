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
 * The current rows of the feeds that list codes, dates or values, which the audit compares with the events.
 *
 * @param feeds the feeds; those without such a list are not among them
 * @param excludingRules codes of the rules whose items staging does not see
 */
public record SourceRows(List<FeedRows> feeds, Set<String> excludingRules) {

    /** Nothing is compared. */
    public static final SourceRows NONE = new SourceRows(List.of(), Set.of());

    /** Every file that is read. */
    public List<String> files() {
        return feeds.stream()
                .flatMap(feed -> Stream.concat(feed.files().stream(), Stream.of(feed.supersededFile())))
                .toList();
    }

    /**
     * The current rows of one feed.
     *
     * @param source operational system; items are known by {@code source:item}
     * @param hasScope whether some of the rows may be about the work of others
     * @param values by column, the values that it should have
     * @param files absolute paths of the Parquet files that hold the rows
     * @param supersededFile absolute path of a text file with the rows in those files that are not current: path of the
     *     file and place of the row in it, from 0, separated by a tab
     */
    public record FeedRows(
            String feed,
            String source,
            boolean hasScope,
            List<EventColumn> eventColumns,
            Map<String, Set<String>> values,
            List<String> files,
            String supersededFile) {

        /** Those of a feed. */
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
     * A column whose values tell of events.
     *
     * @param dateColumn when they happened; null if the feed does not say
     * @param events by code, the events of which staging makes one, none for a code of no event; of a date the event
     *     for {@link #ANY}
     */
    public record EventColumn(String column, @Nullable String dateColumn, Map<String, List<String>> events) {

        /** Instead of a code where any value tells of the event. */
        public static final String ANY = "";

        /** Whether its values are codes. */
        public boolean isCoded() {
            return !column.equals(dateColumn);
        }
    }
}
