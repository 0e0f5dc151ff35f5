package uk.fpw.nightly.night;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import uk.fpw.warehouse.force.Force;

/** What did not get into the figures, from {@code ops}. */
public final class Rejections {

    private final JdbcTemplate jdbc;
    private final @Nullable Force force;

    /** From that database; {@code force} gives the rules their words, null leaves them out. */
    public Rejections(DataSource dataSource, @Nullable Force force) {
        this.jdbc = new JdbcTemplate(dataSource);
        this.force = force;
    }

    /**
     * Refused rows of the latest load of each feed, whether or not it succeeded, then the counts of rows excluded by the latest computation.
     *
     * @param feed only this feed; null for all
     * @param businessDate only loads and computations of this date; null for the latest
     */
    public List<Rejection> find(@Nullable String feed, @Nullable LocalDate businessDate) {
        List<Rejection> found = new ArrayList<>();
        jdbc.query(
                """
                select latest.feed, latest.business_date, r.code, r.field, r.line_number, r.row_key, r.message
                from ops.refusal as r
                inner join (
                    select l.*, row_number() over (partition by feed order by started_at desc, load_id) as recency
                    from ops.feed_load as l
                    where cast(? as date) is null or business_date = ?
                ) as latest on r.load_id = latest.load_id
                where recency = 1 and (cast(? as varchar(100)) is null or latest.feed = ?)
                order by latest.feed, r.code, r.field, r.line_number""",
                row -> {
                    found.add(new Rejection(
                            Rejection.REFUSED,
                            row.getString("feed"),
                            row.getObject("business_date", LocalDate.class),
                            row.getString("code"),
                            row.getString("field"),
                            1,
                            row.getLong("line_number"),
                            row.getString("row_key"),
                            row.getString("message")));
                },
                businessDate,
                businessDate,
                feed,
                feed);
        jdbc.query(
                """
                select e.feed, n.business_date, e.code, e.row_count
                from ops.exclusion_count as e
                inner join ops.night as n on e.run_id = n.run_id
                where n.run_id = (
                        select latest.run_id
                        from ops.night as latest
                        where (cast(? as date) is null or latest.business_date = ?)
                            and exists (select 1 from ops.feed_account as a where a.run_id = latest.run_id)
                        order by latest.started_at desc
                        fetch first 1 row only
                    )
                    and (cast(? as varchar(100)) is null or e.feed = ?)
                order by e.feed, e.code""",
                row -> {
                    found.add(new Rejection(
                            Rejection.EXCLUDED,
                            row.getString("feed"),
                            row.getObject("business_date", LocalDate.class),
                            row.getString("code"),
                            null,
                            row.getLong("row_count"),
                            null,
                            null,
                            NightOutcome.reason(force, row.getString("code"))));
                },
                businessDate,
                businessDate,
                feed,
                feed);
        return found;
    }
}
