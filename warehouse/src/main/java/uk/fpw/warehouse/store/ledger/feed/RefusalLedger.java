package uk.fpw.warehouse.store.ledger.feed;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import uk.fpw.warehouse.store.ledger.OpsDatabase;

/** Rows refused by loads, and rows excluded by computations. */
public final class RefusalLedger {

    /** The table with the keys of refused rows. */
    public static final String TABLE = "ops.refusal";

    private static final int AT_ONCE = 500;

    private final OpsDatabase ops;

    public RefusalLedger(DataSource dataSource) {
        this.ops = new OpsDatabase(dataSource);
    }

    /**
     * The place of a refused row.
     *
     * @param file file, table or query
     * @param line line in the file, or row number in the extract
     * @param valueShape shape of the invalid text; null if the problem is not in a text
     */
    public record Place(String file, long line, @Nullable String valueShape) {}

    /**
     * A rejected row and the reason; for exclusions, a feed and the reason.
     *
     * @param field invalid column; null if the whole row is invalid, and for exclusions
     * @param rowKey key of the row; null for exclusions
     */
    public record Reason(
            String feed,
            String code,
            @Nullable String field,
            @Nullable String rowKey) {}

    /** The first business date on which something happened, and the number of dates on which it did. */
    public record Dates(LocalDate first, long count) {}

    /**
     * A row refused by a load.
     *
     * @param field invalid column; null if the whole row is invalid
     * @param rowKey key of the row; null if it could not be read
     * @param origin place of the row
     */
    public record Refused(
            String loadId,
            String feed,
            LocalDate businessDate,
            String code,
            @Nullable String field,
            Place origin,
            @Nullable String rowKey,
            String message) {}

    /** The rows refused by the given loads, by feed, load and kind. */
    public List<Refused> refused(List<String> loadIds) {
        List<Refused> found = new ArrayList<>();
        for (int from = 0; from < loadIds.size(); from += AT_ONCE) {
            List<String> some = loadIds.subList(from, Math.min(loadIds.size(), from + AT_ONCE));
            found.addAll(ops.list(
                    """
                    select l.load_id, l.feed, l.business_date, r.code, r.field, r.line_number, r.row_key, r.message,
                        r.file_name, r.value_shown
                    from ops.refusal as r
                    inner join ops.feed_load as l on r.load_id = l.load_id
                    where l.load_id in (%s)
                    order by l.feed, l.started_at, l.load_id, r.code, r.field, r.line_number\
                    """.formatted(String.join(", ", Collections.nCopies(some.size(), "?"))),
                    row -> new Refused(
                            row.getString("load_id"),
                            row.getString("feed"),
                            row.getObject("business_date", LocalDate.class),
                            row.getString("code"),
                            row.getString("field"),
                            new Place(
                                    row.getString("file_name"),
                                    row.getLong("line_number"),
                                    row.getString("value_shown")),
                            row.getString("row_key"),
                            row.getString("message")),
                    some.toArray()));
        }
        return found;
    }

    /** By row and reason, when valid loads refused the row, for rows whose key could be read. */
    public Map<Reason, Dates> refusedDates() {
        return dates("""
                select r.feed, r.code, r.field, r.row_key, min(l.business_date) as first_on,
                    count(distinct l.business_date) as date_count
                from ops.refusal as r
                inner join ops.feed_load as l on r.load_id = l.load_id
                where r.row_key is not null and l.status <> 'withdrawn'
                group by r.feed, r.code, r.field, r.row_key""");
    }

    /** By feed and reason, when computations excluded rows. */
    public Map<Reason, Dates> excludedDates() {
        return dates("""
                select e.feed, e.code, cast(null as varchar(100)) as field, cast(null as varchar(100)) as row_key,
                    min(n.business_date) as first_on, count(distinct n.business_date) as date_count
                from ops.exclusion_count as e
                inner join ops.night as n on e.run_id = n.run_id
                where e.row_count > 0
                group by e.feed, e.code""");
    }

    private Map<Reason, Dates> dates(String sql) {
        Map<Reason, Dates> found = new HashMap<>();
        ops.list(
                        sql,
                        row -> Map.entry(
                                new Reason(
                                        row.getString("feed"),
                                        row.getString("code"),
                                        row.getString("field"),
                                        row.getString("row_key")),
                                new Dates(row.getObject("first_on", LocalDate.class), row.getLong("date_count"))))
                .forEach(entry -> found.put(entry.getKey(), entry.getValue()));
        return found;
    }

    /**
     * Whether any tables were computed. Only then does the absence of excluded rows mean that there are none.
     *
     * @param businessDate business date; null for any
     */
    public boolean isComputed(@Nullable LocalDate businessDate) {
        return ops.first("""
                        select 1
                        from ops.night as n
                        inner join ops.feed_account as a on n.run_id = a.run_id
                        where cast(? as date) is null or n.business_date = ?
                        fetch first 1 row only""", row -> true, businessDate, businessDate) != null;
    }
}
