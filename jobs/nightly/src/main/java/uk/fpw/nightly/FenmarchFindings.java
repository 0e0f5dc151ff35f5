package uk.fpw.nightly;

import java.io.PrintStream;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import uk.fpw.ingest.LoadSummary;
import uk.fpw.nightly.night.Database;
import uk.fpw.nightly.night.NightOutcome;
import uk.fpw.warehouse.force.Force;
import uk.fpw.warehouse.release.Releases;

/** Five minutes for a head of performance analysis, read from the released tables like any reader would. */
final class FenmarchFindings {

    private static final String COMPUTERS = "slice = 'device_type' and slice_value = 'computer'";

    private final JdbcTemplate jdbc;
    private final Releases releases;
    private final Surroundings surroundings;
    private final Force force;
    private final PrintStream out;

    FenmarchFindings(DataSource dataSource, Surroundings surroundings, Force force) {
        this.jdbc = new JdbcTemplate(dataSource);
        this.releases = new Releases(dataSource);
        this.surroundings = surroundings;
        this.force = force;
        this.out = surroundings.out();
    }

    void tell(List<NightOutcome> nights, String failure) {
        line("");
        line("What an analyst finds (%s: every figure is of invented data)", force.name());
        facts();
        eightMonths();
        turnover();
        contractor();
        lateRows(nights.get(nights.size() - 2), nights.get(nights.size() - 1));
        brokenFile(failure);
        tables();
    }

    private void facts() {
        line("");
        line("1. Figures that were published of a force, and ours");
        line("     %-66s %10s %8s   %s", "", "published", "ours", "verdict");
        jdbc.query("""
                select quote, operator, stated_from, stated_to, our_value, verdict
                from mart.published_fact
                order by case verdict when 'by construction' then 0 when 'differs by' then 2 when 'not comparable' then 3 else 1 end, fact""", row -> {
            List<String> quote = wrapped("\"" + row.getString("quote") + "\"", 66);
            line(
                    "     %-66s %10s %8s   %s",
                    quote.get(0),
                    published(row.getString("operator"), row.getDouble("stated_from"), row.getDouble("stated_to")),
                    number(row.getObject("our_value")),
                    row.getString("verdict"));
            quote.subList(1, quote.size()).forEach(more -> line("       %s", more));
        });
        line("   'By construction': the data was made to match, so a match proves only that the arithmetic holds.");
        jdbc.query(
                "select quote, reason from mart.published_fact where verdict in ('differs by', 'not comparable') order by verdict, fact",
                row -> {
                    wrapped("'" + row.getString("quote") + "': " + row.getString("reason"), 110)
                            .forEach(text -> line("   %s", text));
                });
    }

    private void eightMonths() {
        List<Map<String, Object>> cases = jdbc.queryForList("""
                select case_key, max(aware_on) as aware_on, max(age_days) as age_days
                from mart.case_milestone_open
                where milestones = 'child_protection'
                group by case_key
                having
                    sum(case when step in ('interview', 'analysis', 'safeguarding') and status = 'not recorded' then 1 else 0 end) = 3
                    and sum(case when step = 'devices_seized' and status = 'done' then 1 else 0 end) = 1
                    and max(age_days) >= 243
                order by 3 desc""");
        line("");
        line("2. A case that no queue showed");
        line(
                "   Open for eight months or more, devices seized, and neither interview nor analysis nor safeguarding recorded: %s.",
                cases.size() == 1 ? "one case" : cases.size() + " cases");
        if (cases.isEmpty()) {
            return;
        }
        Map<String, Object> found = cases.get(0);
        String key = String.valueOf(found.get("case_key"));
        line(
                "   Case %s..., known to the force since %s, %s days ago:",
                brief(key), found.get("aware_on"), found.get("age_days"));
        jdbc.query(
                "select step_title, status, status_on from mart.case_milestone_open where case_key = ? and milestones = 'child_protection' order by step_order",
                row -> {
                    String on = row.getString("status_on");
                    line(
                            "     %-30s %s%s",
                            row.getString("step_title"), row.getString("status"), on == null ? "" : " on " + on);
                },
                key);
        line(
                "   Nobody submitted its devices, so the examination queue has never held them. They do wait: in awaiting_submission, a stage of");
        line("   seized_no_result, which begins at seizure. 'Not recorded' is not 'not done': somebody should look.");
    }

    private void turnover() {
        Map<String, Object> then =
                lastDay("awaiting_examination", 142, LocalDate.of(2014, 11, 1), LocalDate.of(2014, 11, 30));
        Map<String, Object> now =
                lastDay("awaiting_examination", 150, LocalDate.of(2015, 8, 1), LocalDate.of(2015, 8, 31));
        Map<String, Object> flows = jdbc.queryForMap("""
                select sum(received_count + reentered_count) as came_in, sum(left_count) as went_out
                from mart.queue_daily
                where queue = 'awaiting_examination' and slice = 'device_type' and slice_value = 'computer' and "day" > ? and "day" <= ?""", then.get("day"), now.get("day"));
        long days = ChronoUnit.DAYS.between(day(then), day(now));
        long oldest = count(now, "oldest_age_days");
        line("");
        line("3. A stock that hardly moved, while everything in it changed");
        line(
                "   Computers awaiting examination: %,d on %s, %,d on %s. It looks as if little was done.",
                count(then, "waiting_count"), then.get("day"), count(now, "waiting_count"), now.get("day"));
        line("   In those %,d days %,d came in and %,d left.", days, count(flows, "came_in"), count(flows, "went_out"));
        line(
                oldest < days
                        ? "   The oldest on %s had been there for %,d days: not one of those that waited in November is among them."
                        : "   The oldest on %s had been there for %,d days.",
                now.get("day"),
                oldest);
        line("   mart.wait_curve and mart.wait_summary say how long each waits; a stock cannot.");
    }

    private void contractor() {
        line("");
        line("4. Outsourcing empties a queue without examining anything");
        line("     computers at the end of   waiting   of these with the contractor   waiting without them");
        jdbc.query("""
                select whole.month_end_on, whole.measured_to_on, whole.waiting_count as whole, inside.waiting_count as inside
                from mart.queue_monthly as whole
                inner join mart.queue_monthly as inside
                    on whole.month_start_on = inside.month_start_on
                    and whole.slice = inside.slice
                    and whole.slice_value = inside.slice_value
                where whole.queue = 'awaiting_examination' and inside.queue = 'awaiting_examination_in_house'
                    and whole.slice = 'device_type' and whole.slice_value = 'computer'
                    and whole.month_start_on >= date '2015-03-01'
                order by whole.month_start_on""", row -> {
            long whole = row.getLong("whole");
            long inside = row.getLong("inside");
            line("     %-23s %,9d %,30d %,22d", row.getString("measured_to_on"), whole, whole - inside, inside);
        });
        line(
                "   Both are published, each under its own name. Which one a report means must be said; fact 'computers_at_review_in_house' above shows why.");
    }

    private void lateRows(NightOutcome before, NightOutcome last) {
        String earlier = before.releaseId();
        String later = last.releaseId();
        line("");
        line("5. What last night's late rows changed");
        for (LoadSummary load : last.loads()) {
            if (load.loaded() + load.deleted() + load.refused() > 0) {
                line(
                        "     %-16s %,6d new or changed, %,d refused, %,d deleted",
                        load.feed(), load.loaded(), load.refused(), load.deleted());
            }
        }
        Map<String, Object> changed = jdbc.queryForMap("""
                select count(*) as figures, count(distinct now.queue) as queues, min(now."day") as first_day
                from mart_rows.queue_daily as now
                inner join mart_rows.queue_daily as past
                    on now.queue = past.queue and now.slice = past.slice and now.slice_value = past.slice_value and now."day" = past."day"
                where now.release_id = ? and past.release_id = ? and now.is_total and now.waiting_count <> past.waiting_count""", later, earlier);
        line(
                "   On days that were published before, %,d daily totals in %,d queues are now other than in release %s, the first on %s. For example:",
                count(changed, "figures"), count(changed, "queues"), earlier, changed.get("first_day"));
        jdbc.query(
                """
                select now.queue, now."day", past.waiting_count as past_count, now.waiting_count as now_count
                from mart_rows.queue_daily as now
                inner join mart_rows.queue_daily as past
                    on now.queue = past.queue and now.slice = past.slice and now.slice_value = past.slice_value and now."day" = past."day"
                where now.release_id = ? and past.release_id = ? and now.is_total and now."day" = ?
                    and now.waiting_count <> past.waiting_count
                order by abs(now.waiting_count - past.waiting_count) desc, now.queue
                fetch first 4 rows only""",
                row -> {
                    line(
                            "     %-30s at the end of %s: %,d, was %,d",
                            row.getString("queue"),
                            row.getString("day"),
                            row.getLong("now_count"),
                            row.getLong("past_count"));
                },
                later,
                earlier,
                before.assignment().businessDate());
        line(
                "   The last three releases stay in the database beside each other; what was known on a day can be asked again.");
    }

    private void brokenFile(String failure) {
        String current = releases.currentId();
        line("");
        line("6. A broken file, and the release that still stands");
        failure.lines().forEach(text -> wrapped(text.replaceFirst("; the log is .*", ""), 116)
                .forEach(part -> line("     %s", part)));
        line(
                "   Readers see release %s, whole: %,d computers wait at the end of %s.",
                current,
                jdbc.queryForObject(
                        "select waiting_count from mart.queue_daily where queue = 'awaiting_examination' and "
                                + COMPUTERS + " and \"day\" = data_as_at",
                        Long.class),
                jdbc.queryForObject("select max(data_as_at) from mart.queue_daily", LocalDate.class));
    }

    private void tables() {
        Path exports = force.storage().warehouse().resolve("exports/current");
        String shown = surroundings.shown(force.folder());
        line("");
        line("7. Where the tables are (each row says as of when, by which definition and from which release)");
        line("   Excel      %s export --force %s --format csv", surroundings.launcher(), shown);
        line("   BI tool    views mart.* and bi.* of %s", Database.address(force.storage()));
        line("   Parquet    %s", surroundings.shown(exports));
        line("   SQL        %s query --force %s --list", surroundings.launcher(), shown);
        line("              %s query --force %s 'select * from mart.published_fact'", surroundings.launcher(), shown);
        line("   left out   %s rejections --force %s", surroundings.launcher(), shown);
    }

    /** The last day of a window on which that many computers waited. */
    private Map<String, Object> lastDay(String queue, long waiting, LocalDate from, LocalDate to) {
        return jdbc.queryForMap("""
                select "day", waiting_count, oldest_age_days
                from mart.queue_daily
                where queue = ? and slice = 'device_type' and slice_value = 'computer' and "day" between ? and ?
                order by abs(waiting_count - ?), "day" desc
                fetch first 1 row only""", queue, from, to, waiting);
    }

    private static String published(String operator, double from, double to) {
        return from == to
                ? (operator.equals("=") ? "" : operator + " ") + number(from)
                : number(from) + " to " + number(to);
    }

    private static String number(@Nullable Object value) {
        if (!(value instanceof Number number)) {
            return "-";
        }
        double exact = number.doubleValue();
        return exact == Math.rint(exact)
                ? String.format(Locale.ROOT, "%,.0f", exact)
                : String.format(Locale.ROOT, "%.3f", exact).replaceFirst("0+$", "");
    }

    private static LocalDate day(Map<String, Object> row) {
        return LocalDate.parse(String.valueOf(row.get("day")));
    }

    private static long count(Map<String, Object> row, String column) {
        return row.get(column) instanceof Number number ? number.longValue() : 0;
    }

    private static String brief(String key) {
        int colon = key.indexOf(':');
        return key.substring(0, Math.min(key.length(), colon + 9));
    }

    private static List<String> wrapped(String text, int width) {
        List<String> lines = new ArrayList<>();
        StringBuilder current = new StringBuilder();
        for (String word : text.split(" ", -1)) {
            if (current.length() > 0 && current.length() + 1 + word.length() > width) {
                lines.add(current.toString());
                current.setLength(0);
            }
            current.append(current.length() == 0 ? "" : " ").append(word);
        }
        lines.add(current.toString());
        return lines;
    }

    private void line(String format, @Nullable Object... values) {
        out.println(String.format(Locale.ROOT, format, values).stripTrailing());
    }
}
