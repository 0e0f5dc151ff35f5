package uk.fpw.warehouse.store.ledger.feed;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import uk.fpw.warehouse.store.ledger.OpsDatabase;

/** What became of the rows of each feed, by calendar month of the business date. */
public final class MonthlyRows {

    private static final String LOADED = """
            select
                counted.feed,
                counted.year_number,
                counted.month_number,
                cast(sum(counted.received_count) as bigint) as received_count,
                cast(sum(counted.refused_count) as bigint) as refused_count,
                max(case when counted.recency = 1 then counted.held_count end) as held_count
            from (
                select
                    l.feed,
                    extract(year from l.business_date) as year_number,
                    extract(month from l.business_date) as month_number,
                    l.received_count,
                    l.refused_count,
                    l.held_count,
                    row_number() over (
                        partition by
                            l.feed, extract(year from l.business_date), extract(month from l.business_date)
                        order by l.started_at desc, l.load_id
                    ) as recency
                from ops.feed_load as l
                where l.status = 'loaded' and l.business_date >= ?
            ) as counted
            group by counted.feed, counted.year_number, counted.month_number""";

    private static final String COMPUTED = """
            select
                latest.feed,
                latest.year_number,
                latest.month_number,
                latest.current_count,
                (
                    select cast(sum(e.row_count) as bigint)
                    from ops.exclusion_count as e
                    where e.run_id = latest.run_id and e.feed = latest.feed
                ) as excluded_count
            from (
                select
                    a.feed,
                    a.run_id,
                    a.current_count,
                    extract(year from n.business_date) as year_number,
                    extract(month from n.business_date) as month_number,
                    row_number() over (
                        partition by
                            a.feed, extract(year from n.business_date), extract(month from n.business_date)
                        order by n.business_date desc, n.started_at desc
                    ) as recency
                from ops.feed_account as a
                inner join ops.night as n on a.run_id = n.run_id
                where n.business_date >= ?
            ) as latest
            where latest.recency = 1""";

    private final OpsDatabase ops;

    public MonthlyRows(DataSource dataSource) {
        this.ops = new OpsDatabase(dataSource);
    }

    /**
     * Rows of a feed in a month.
     *
     * @param month its first day
     * @param received rows that completed loads received; null without one
     * @param refused of these refused; null without a completed load
     * @param held rows that the latest of these loads held; null without one
     * @param current current rows at the latest computation of the month; null without one
     * @param excluded of these excluded; null without a computation
     */
    public record Rows(
            String feed,
            LocalDate month,
            @Nullable Long received,
            @Nullable Long refused,
            @Nullable Long held,
            @Nullable Long current,
            @Nullable Long excluded) {}

    private record Month(LocalDate month, String feed) implements Comparable<Month> {
        @Override
        public int compareTo(Month other) {
            int byMonth = month.compareTo(other.month);
            return byMonth == 0 ? feed.compareTo(other.feed) : byMonth;
        }
    }

    private record Counted(
            Month of,
            @Nullable Long first,
            @Nullable Long second,
            @Nullable Long third) {}

    /**
     * The months from that of a day on, oldest first and then by feed; those without loads and computations are left
     * out.
     */
    public List<Rows> since(LocalDate day) {
        LocalDate from = day.withDayOfMonth(1);
        Map<Month, Rows> found = new TreeMap<>();
        for (Counted one : counted(LOADED, from, "received_count", "refused_count", "held_count")) {
            found.put(one.of, new Rows(one.of.feed, one.of.month, one.first, one.second, one.third, null, null));
        }
        for (Counted one : counted(COMPUTED, from, "current_count", "excluded_count", null)) {
            Rows loaded = found.get(one.of);
            found.put(
                    one.of,
                    new Rows(
                            one.of.feed,
                            one.of.month,
                            loaded == null ? null : loaded.received,
                            loaded == null ? null : loaded.refused,
                            loaded == null ? null : loaded.held,
                            one.first,
                            one.second == null ? Long.valueOf(0) : one.second));
        }
        return new ArrayList<>(found.values());
    }

    private List<Counted> counted(String sql, LocalDate from, String first, String second, @Nullable String third) {
        return ops.list(
                sql,
                row -> new Counted(
                        new Month(
                                LocalDate.of(row.getInt("year_number"), row.getInt("month_number"), 1),
                                row.getString("feed")),
                        row.getObject(first, Long.class),
                        row.getObject(second, Long.class),
                        third == null ? null : row.getObject(third, Long.class)),
                from);
    }
}
