package uk.fpw.warehouse.force.grading;

import com.fasterxml.jackson.annotation.JacksonInject;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.nio.file.Path;
import java.util.List;
import uk.fpw.warehouse.force.sql.QueryFile;

/**
 * One grading query: judgements of cases or bodies, from one or more feeds. {@code gradings/<name>.yml} with
 * {@code gradings/<name>.sql} beside it.
 *
 * <p>The query is Spark SQL over the feeds' names (their accepted current rows) and returns, in any order:
 * {@code item_key} (the value of the feed's item column), {@code scheme}, {@code scheme_version}, {@code grade},
 * {@code theme}, {@code assessor}, {@code population}, {@code selection} ({@code random}, {@code all},
 * {@code purposive} or {@code unknown}), {@code judged_on} (date), and optionally {@code case_key} (what is judged; the
 * item if absent), {@code contributor_key} (the case or person behind it; the case if absent), {@code unit} (part of
 * the force, or body, that the case belongs to), {@code judgement_count} (number of judgements in the row; 1 if absent,
 * null if unknown) and {@code stated_case_count} (number of judged cases according to the source).
 *
 * @param source the operational system, as in the feeds
 * @param feeds names of the feeds read by the query
 * @param sql text of the query
 * @param sqlFile path of the SQL file
 */
public record GradingQuery(
        @JsonProperty("grading") String name,
        String source,
        String description,
        List<String> feeds,
        @JacksonInject(QueryFile.SQL) String sql,
        @JacksonInject(QueryFile.PATH) Path sqlFile) {
    public GradingQuery {
        feeds = List.copyOf(feeds);
    }
}
