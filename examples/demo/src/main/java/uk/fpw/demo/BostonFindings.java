package uk.fpw.demo;

import java.io.PrintStream;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import uk.fpw.nightly.cli.option.CliContext;
import uk.fpw.nightly.run.RunResult;
import uk.fpw.warehouse.message.MetricsResult;

/**
 * Prints the findings of the example for an analyst, read from the released tables.
 */
final class BostonFindings {

    private static final int WORTH_A_LINE = 50;

    private final JdbcTemplate jdbc;
    private final CliContext context;
    private final PrintStream out;

    BostonFindings(DataSource dataSource, CliContext context) {
        this.jdbc = new JdbcTemplate(dataSource);
        this.context = context;
        this.out = context.out();
    }

    void print(RunResult result) {
        line("");
        line("What an analyst finds (%s)", result.force().name());
        growth();
        waits();
        biased();
        notReached();
        oldest();
        excluded(result);
        printNextSteps(result);
    }

    private void growth() {
        Map<String, Object> first = jdbc.queryForMap(
                "select opening_count, waiting_count, month_start_on from mart.queue_monthly where is_total order "
                        + "by month_start_on fetch first 1 row only");
        Map<String, Object> yearEnd = jdbc.queryForMap(
                "select waiting_count, measured_to_on from mart.queue_monthly where is_total and month_start_on = "
                        + "date '2015-12-01'");
        Map<String, Object> year = jdbc.queryForMap(
                "select sum(received_count) as received, sum(left_count) as closed from mart.queue_monthly where "
                        + "is_total and month_start_on between date '2015-01-01' and date '2015-12-01'");
        Map<String, Object> now = jdbc.queryForMap(
                "select waiting_count, \"day\" from mart.queue_daily where is_total order by \"day\" desc fetch "
                        + "first 1 row only");
        line("");
        line("  How many wait?");
        line("    %,d requests were waiting at the end of %s.", number(now, "waiting_count"), now.get("day"));
        line(
                "    Through 2015 the queue grew from %,d at the start to %,d at the end of January and %,d at the "
                        + "end of December:",
                number(first, "opening_count"), number(first, "waiting_count"), number(yearEnd, "waiting_count"));
        line(
                "    %,d came in, %,d were closed. (The data starts on 2015-01-01: items that were "
                        + "waiting before are not in it.)",
                number(year, "received"), number(year, "closed"));
    }

    private void waits() {
        Map<String, Object> summary = jdbc.queryForMap(
                "select spell_count, median_days, p75_days, completed_only_median_days from mart.wait_summary "
                        + "where is_total and cohort = 'first entries'");
        line("");
        line("  How long do they wait?");
        line(
                "    Half are closed within %s, three quarters within %s.",
                days(summary.get("median_days")), days(summary.get("p75_days")));
        String shares = jdbc
                .query(
                        """
                        select wait_days, still_waiting_share
                        from mart.wait_curve
                        where is_total and cohort = 'first entries' and exit_reason = 'all' and wait_days in (30, 90, \
                        180, 365)
                        order by wait_days""",
                        (row, index) -> String.format(
                                Locale.ROOT, "%.1f %% after %d days", 100 * row.getDouble(2), row.getInt(1)))
                .stream()
                .collect(Collectors.joining(", "));
        line("    Still waiting: %s.", shares);
        line(
                "    Counting closed requests only, as many reports do, the median would be %s: requests still "
                        + "open are left out,",
                days(summary.get("completed_only_median_days")));
        line("    and they are the slow ones. That figure is published beside the median, and labelled as biased.");
    }

    private void biased() {
        line("");
        line("  Where does the closed-only median mislead most?");
        line("    %-42s %9s %12s %14s", "request type", "requests", "median", "closed only");
        jdbc.query(
                """
                select slice_value, spell_count, median_days, completed_only_median_days
                from mart.wait_summary
                where slice = 'request_type' and cohort = 'first entries' and spell_count >= ?
                    and median_days is not null and completed_only_median_days is not null
                order by median_days - completed_only_median_days desc, slice_value
                fetch first 3 rows only""",
                row -> {
                    line(
                            "    %-42s %,9d %12s %14s",
                            row.getString(1), row.getLong(2), days(row.getObject(3)), days(row.getObject(4)));
                },
                WORTH_A_LINE);
    }

    private void notReached() {
        List<String> types = jdbc.query(
                """
                select slice_value, spell_count, still_waiting_count, completed_only_median_days
                from mart.wait_summary
                where slice = 'request_type' and cohort = 'first entries' and spell_count >= ? and median_days is null
                order by slice_value""",
                (row, index) -> String.format(
                        Locale.ROOT,
                        "    %-42s %,d of %,d still wait; closed only: %s",
                        row.getString(1),
                        row.getLong(3),
                        row.getLong(2),
                        days(row.getObject(4))),
                WORTH_A_LINE);
        line("");
        if (types.isEmpty()) {
            line("  Every request type reached its median.");
            return;
        }
        line("  For these types there is no median: fewer than half have been closed. It "
                + "is null, never an estimate.");
        types.forEach(out::println);
    }

    private void oldest() {
        Map<String, Object> oldest = jdbc.queryForMap(
                "select oldest_age_days, \"day\" from mart.queue_daily where is_total order by \"day\" desc fetch "
                        + "first 1 row only");
        Long overYear = jdbc.queryForObject(
                "select sum(waiting_count) from mart.open_age where is_total and as_of_on = (select max(as_of_on) "
                        + "from mart.open_age) and age_band_from_days > 180",
                Long.class);
        line("");
        line(
                "  The oldest request still open has waited %s on %s; %,d have waited longer than 180 days.",
                days(oldest.get("oldest_age_days")), oldest.get("day"), overYear == null ? 0 : overYear);
    }

    private void excluded(RunResult result) {
        line("");
        for (MetricsResult.FeedAccount account : result.accounts()) {
            line(
                    "  Of %,d rows of feed %s %,d are in these figures. Excluded:",
                    account.currentCount(), account.feed(), account.usedCount());
            for (MetricsResult.Excluded excluded : account.excluded()) {
                line("    %,d rows, %s: %s", excluded.rowCount(), excluded.code(), result.reason(excluded));
            }
        }
    }

    private void printNextSteps(RunResult result) {
        String query = context.launcher() + " query --force "
                + context.shown(result.force().folder());
        line("");
        line("Go on with");
        line(
                "  %s 'select month_start_on, opening_count, received_count, left_count, waiting_count from "
                        + "mart.queue_monthly where is_total order by 1'",
                query);
        line(
                "  %s \"select slice_value, spell_count, median_days, completed_only_median_days from "
                        + "mart.wait_summary where slice = 'request_type' and cohort = 'first entries' order "
                        + "by 3 desc nulls first\"",
                query);
        line("  %s 'select row_key, code, reason from core.exclusion order by row_key' --format csv", query);
    }

    private static long number(Map<String, Object> row, String column) {
        return row.get(column) instanceof Number number ? number.longValue() : 0;
    }

    /** A day count as a person writes it; not reached where it is missing. */
    static String days(@Nullable Object value) {
        if (!(value instanceof Number number)) {
            return "not reached";
        }
        double days = number.doubleValue();
        String text = days == Math.rint(days)
                ? String.format(Locale.ROOT, "%,.0f", days)
                : String.format(Locale.ROOT, "%,.1f", days);
        return text + (days == 1 ? " day" : " days");
    }

    private void line(String format, @Nullable Object... values) {
        out.println(String.format(Locale.ROOT, format, values));
    }
}
