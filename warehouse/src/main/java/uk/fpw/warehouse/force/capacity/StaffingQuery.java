package uk.fpw.warehouse.force.capacity;

import com.fasterxml.jackson.annotation.JacksonInject;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.nio.file.Path;
import java.util.List;
import uk.fpw.warehouse.force.sql.QueryFile;

/**
 * One staffing query: staff in post by unit and month, from one or more feeds. {@code staffing/<name>.yml} with
 * {@code staffing/<name>.sql} beside it.
 *
 * <p>The query is Spark SQL over the feeds' names (their accepted current rows) and returns, in any order:
 * {@code item_key} (the value of the feed's item column), {@code unit} (text), {@code month_on} (date; any day of the
 * month) and {@code staff_in_post} (a number of full-time equivalents, with at most four decimals). Rows of one unit
 * and month add up.
 *
 * @param source the operational system, as in the feeds
 * @param feeds names of the feeds read by the query
 * @param sql text of the query
 * @param sqlFile path of the SQL file
 */
public record StaffingQuery(
        @JsonProperty("staffing") String name,
        String source,
        String description,
        List<String> feeds,
        @JacksonInject(QueryFile.SQL) String sql,
        @JacksonInject(QueryFile.PATH) Path sqlFile) {
    public StaffingQuery {
        feeds = List.copyOf(feeds);
    }
}
