package uk.fpw.audit;

import static uk.fpw.model.DuckSql.text;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import uk.fpw.audit.change.StatisticParts;
import uk.fpw.audit.session.AuditSession;
import uk.fpw.model.ChangeCause;
import uk.fpw.model.Explained;
import uk.fpw.model.Models;

/**
 * Hand-written input for changes of statistics: a replaced release as of 31 October 2015 and a new one as of 30
 * November, with the queue {@code work}, the standard {@code 7 days}, observation since 2015 and slices by kind.
 */
public final class StatisticTables implements AutoCloseable {

    private static final String SPELL = "(spell_id varchar, queue varchar, item_key varchar, contributor_key varchar, "
            + "is_reentry boolean, reentry_reason varchar, first_entered_on date, entered_on date, "
            + "entered_at timestamptz, left_on date, "
            + "left_at timestamptz, left_as varchar, is_served boolean, is_out_of_order boolean, "
            + "slices map(varchar, varchar))";

    private final AuditSession session = AuditSession.open("Europe/London");

    /** Creates all tables; only the definitions have rows. */
    public StatisticTables() {
        session.execute("create schema replaced");
        for (String schema : List.of("main", "replaced")) {
            session.execute("create table " + schema + ".spell " + SPELL);
            session.execute("create table " + schema + ".wait_summary (queue varchar, slice varchar, "
                    + "slice_value varchar, cohort varchar, is_available boolean, "
                    + Models.find("mart.wait_summary").orElseThrow().explained(Explained.RECOMPUTED).stream()
                            .map(column -> column + " double")
                            .collect(Collectors.joining(", "))
                    + ")");
            session.execute("create table " + schema + ".wait_standard (queue varchar, slice varchar, "
                    + "slice_value varchar, standard varchar, month_start_on date, is_available boolean, "
                    + "share_low double, share_high double)");
            session.execute(
                    "create table " + schema + ".counted_queue as select 'work' as queue, ['all', 'kind'] as slices");
            session.execute("create table " + schema + ".reentry_share (queue varchar, slice varchar, "
                    + "slice_value varchar, month_start_on date, is_available boolean, reentered_share double)");
        }
        session.execute("create table changed_spell (queue varchar, replaced_spell_id varchar, new_spell_id varchar, "
                + "cause varchar)");
        session.execute("create table redefined_queue (queue varchar)");
        known("2015-11-30");
        session.execute(
                "create table queue_definition as select 'work' as queue, cast([] as varchar[]) as refused_slices, "
                        + "cast(null as varchar) as parent_queue, date '2015-01-01' as observed_from, "
                        + "cast(null as date) as retained_from, "
                        + "date '2000-01-01' as earliest_entry, 0 as provisional_days, "
                        + "date '2015-11-30' as data_as_at, "
                        + "['kind'] as slices");
        session.execute("create table queue_standard as select 'work' as queue, '7 days' as standard, "
                + "1 as standard_order, cast(null as integer) as within_hours, 7 as within_days, "
                + "cast([] as struct(slice varchar, slice_values varchar[])[]) as conditions");
    }

    /** Sets how far the new release knows the queue. */
    public StatisticTables known(String newKnownTo) {
        session.execute("create or replace table compared_figures as select 'work' as queue, "
                + "date '2015-10-31' as replaced_known_to, date " + text(newKnownTo) + " as new_known_to");
        return this;
    }

    public StatisticTables redefined() {
        session.execute("insert into redefined_queue values ('work')");
        return this;
    }

    /**
     * Adds spells, one per line: {@code release | cause | item | entered on | left on}. The release is {@code both},
     * {@code replaced} or {@code new}; the cause is empty for an unchanged spell; further text says why the line is
     * there. The first spell of an item is its first entry.
     */
    public StatisticTables spells(String lines) {
        lines.lines().forEach(line -> {
            List<String> fields =
                    Arrays.stream(line.split("\\|", -1)).map(String::strip).toList();
            String release = fields.get(0);
            String id = "work " + fields.get(2) + " " + fields.get(3);
            for (String schema : List.of("replaced", "main")) {
                if (!release.equals(schema.equals("main") ? "replaced" : "new")) {
                    spell(schema, id, fields);
                }
            }
            if (!fields.get(1).isEmpty()) {
                session.execute("insert into changed_spell values ('work', "
                        + (release.equals("new") ? "null" : text(id)) + ", "
                        + (release.equals("replaced") ? "null" : text(id)) + ", " + text(fields.get(1)) + ")");
            }
        });
        return this;
    }

    private void spell(String schema, String id, List<String> fields) {
        String item = text(fields.get(2));
        String enteredOn = "date " + text(fields.get(3));
        String leftOn = fields.size() < 5 || fields.get(4).isEmpty() ? null : fields.get(4);
        session.execute("insert into " + schema + ".spell select " + text(id) + ", 'work', " + item + ", " + item
                + ", count(*) > 0, if(count(*) > 0, 'returned', null), coalesce(min(entered_on), " + enteredOn + "), "
                + enteredOn + ", null, " + (leftOn == null ? "null" : "date " + text(leftOn)) + ", null, "
                + (leftOn == null ? "null, null" : "'examined', true") + ", false, map(['kind'], ['phone']) from "
                + schema + ".spell where item_key = " + item);
    }

    /** Adds the median of the first entries of a release; null for none. */
    public StatisticTables median(String schema, String slice, String value) {
        session.execute("insert into " + schema + ".wait_summary (queue, slice, slice_value, cohort, is_available, "
                + "median_days) values ('work', " + text(slice) + ", "
                + text(slice.equals("all") ? "all" : "phone") + ", 'first entries', true, " + value + ")");
        return this;
    }

    /** Adds medians of both releases, with the same values in the only slice. */
    public StatisticTables medians(String replaced, String now) {
        return median("replaced", "all", replaced)
                .median("main", "all", now)
                .median("replaced", "kind", replaced)
                .median("main", "kind", now);
    }

    /** Runs a statement on these tables. */
    public StatisticTables execute(String sql) {
        session.execute(sql);
        return this;
    }

    public AuditSession session() {
        return session;
    }

    /** The parts of the totals: {@code measure, cohort, cause, part rounded to 9 digits, reason}. */
    public List<String> parts(boolean isOtherSoftware, List<String> withdrawnQueues) {
        return parts(isOtherSoftware ? ChangeCause.SOFTWARE : null, withdrawnQueues);
    }

    /** The same with a cause of differences before the first step. */
    public List<String> parts(@Nullable String firstCause, List<String> withdrawnQueues) {
        explain(firstCause, withdrawnQueues);
        return rows("select concat_ws(' | ', measure, cohort, cause, coalesce(cast(round(part, 9) as varchar), "
                + "part_reason)) from statistic_part where slice = 'all' order by mart, measure, cohort, "
                + "list_position(['software', 'definition', 'coverage', 'withdrawn load', 'deleted', 'corrected', "
                + "'recorded late', 'time passed', 'unexplained'], cause)");
    }

    void explain(boolean isOtherSoftware, List<String> withdrawnQueues) {
        explain(isOtherSoftware ? ChangeCause.SOFTWARE : null, withdrawnQueues);
    }

    private void explain(@Nullable String firstCause, List<String> withdrawnQueues) {
        StatisticParts.showStatistics(session);
        StatisticParts.explain(session, "2015-10-31", firstCause, withdrawnQueues);
    }

    /** The texts that a query returns. */
    public List<String> rows(String sql) {
        return session.rows(sql).stream().map(row -> String.valueOf(row.get(0))).toList();
    }

    @Override
    public void close() {
        session.close();
    }
}
