package uk.fpw.warehouse.force.staging;

import com.fasterxml.jackson.annotation.JacksonInject;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.nio.file.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import uk.fpw.warehouse.force.sql.QueryFile;

/**
 * One staging query: the meaning of one or more feeds as events. {@code staging/<name>.yml} with
 * {@code staging/<name>.sql} beside it.
 *
 * <p>The query is Spark SQL over the feeds' names (their accepted current rows) and returns, in any order:
 * {@code item_key} (the value of the feed's item column), {@code event}, {@code occurred_on} (date) or
 * {@code occurred_at} (timestamp) or both, {@code event_order} (whole number that orders events at the same time),
 * optionally {@code contributor_key} (the case or person behind the item; the item itself if absent), and one text
 * column per attribute.
 *
 * @param source the operational system, as in the feeds
 * @param itemKind kind of item that the events refer to, such as {@code device}
 * @param feeds names of the feeds read by the query
 * @param attributes names of the additional columns
 * @param atEntry origin of attributes' values at entry; undeclared for attributes not listed
 * @param events all event names that the query can return
 * @param sql text of the query
 * @param sqlFile path of the SQL file
 */
public record StagingQuery(
        @JsonProperty("staging") String name,
        String source,
        String itemKind,
        List<String> feeds,
        List<String> attributes,
        List<AtEntry> atEntry,
        List<String> events,
        @JacksonInject(QueryFile.SQL) String sql,
        @JacksonInject(QueryFile.PATH) Path sqlFile) {
    public StagingQuery {
        feeds = List.copyOf(feeds);
        attributes = List.copyOf(attributes);
        atEntry = List.copyOf(atEntry);
        events = List.copyOf(events);
    }

    /** The origin of an attribute's value at entry; null if not declared. */
    public @Nullable AtEntry atEntry(String attribute) {
        return atEntry.stream()
                .filter(declared -> declared.attribute().equals(attribute))
                .findFirst()
                .orElse(null);
    }
}
