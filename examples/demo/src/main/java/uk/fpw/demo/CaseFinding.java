package uk.fpw.demo;

import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.ColumnMapRowMapper;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * An open case in which only the seizure of devices is recorded: the queues that contain it, and those that never did.
 */
record CaseFinding(JdbcTemplate jdbc, TextReport report, List<ReleaseSpellReader.Spell> spells, LocalDate today) {

    void print() {
        List<Map<String, @Nullable Object>> cases = found();
        report.line("");
        report.line("2. A case that was never in the examination queue");
        report.line(
                "   Open for eight months or more, devices seized, and no interview, "
                        + "analysis or safeguarding recorded: %s.",
                cases.size() == 1 ? "one case" : cases.size() + " cases");
        if (cases.isEmpty()) {
            return;
        }
        String key = String.valueOf(cases.get(0).get("case_key"));
        report.line(
                "   Case %s..., known to the force since %s, %s days ago:",
                TextReport.brief(key),
                cases.get(0).get("aware_on"),
                cases.get(0).get("age_days"));
        jdbc.query(
                "select step_title, status, status_on from mart.case_milestone_open where case_key = ? and "
                        + "milestones = 'child_protection' order by step_order",
                row -> {
                    String on = row.getString("status_on");
                    report.line(
                            "     %-30s %s%s",
                            row.getString("step_title"), row.getString("status"), on == null ? "" : " on " + on);
                },
                key);
        silence(key);
        queues(key);
        otherCase(key);
        report.line("   'Not recorded' does not mean 'not done': this should be checked.");
    }

    /** How long nothing has been recorded, and how long the case or one of its devices has waited. */
    private void silence(String key) {
        jdbc.query(
                "select s.silent_days, s.last_recorded_on, s.last_event, c.clock_days from mart.case_silence as s "
                        + "inner join mart.case_clock as c on s.case_key = c.case_key and s.milestones = c.milestones "
                        + "where s.case_key = ? and s.milestones = 'child_protection' "
                        + "and s.last_recorded_on is not null and c.clock_days is not null",
                row -> {
                    report.paragraph(
                            "   ",
                            "Nothing has been recorded in it for " + row.getLong("silent_days") + " days, since "
                                    + row.getString("last_event") + " on " + row.getString("last_recorded_on")
                                    + "; it or a device of it has waited on " + row.getLong("clock_days") + " days.");
                },
                key);
    }

    private List<Map<String, @Nullable Object>> found() {
        return jdbc.query("""
                select case_key, max(aware_on) as aware_on, max(age_days) as age_days
                from mart.case_milestone_open
                where milestones = 'child_protection'
                group by case_key
                having
                    sum(case when step in ('interview', 'analysis', 'safeguarding') and status = 'not recorded' then 1 \
                else 0 end) = 3
                    and sum(case when step = 'devices_seized' and status = 'done' then 1 else 0 end) = 1
                    and max(age_days) >= 243
                order by 3 desc""", new ColumnMapRowMapper());
    }

    /**
     * The queues in which the case or one of its devices is the oldest item, and the stages that never contained them.
     */
    private void queues(String key) {
        String pseudonym = key.substring(key.indexOf(':'));
        List<ReleaseSpellReader.Spell> its = spells.stream()
                .filter(spell -> spell.behind().endsWith(pseudonym))
                .toList();
        List<String> oldestOf = new ArrayList<>();
        List<String> waitsIn = new ArrayList<>();
        List<String> never = new ArrayList<>();
        jdbc.query("""
                select d.queue, d.oldest_age_days, q.parent_queue
                from mart.queue_daily as d
                inner join mart.dim_queue as q on d.queue = q.queue
                where d.is_total and d."day" = d.data_as_at
                order by d.queue""", row -> {
            String queue = row.getString("queue");
            List<ReleaseSpellReader.Spell> here =
                    its.stream().filter(spell -> spell.queue().equals(queue)).toList();
            long age = here.stream()
                    .filter(spell -> spell.leftOn() == null)
                    .mapToLong(spell -> ChronoUnit.DAYS.between(spell.enteredOn(), today))
                    .max()
                    .orElse(-1);
            if (age >= 0) {
                (age == row.getLong("oldest_age_days") ? oldestOf : waitsIn).add(queue + " (" + age + " days)");
            } else if (here.isEmpty() && row.getString("parent_queue") != null) {
                never.add(queue);
            }
        });
        if (!oldestOf.isEmpty()) {
            report.paragraph("   ", "It, or a device of it, is the oldest item of " + TextReport.and(oldestOf) + ".");
        }
        if (!waitsIn.isEmpty()) {
            report.paragraph("   ", "It also waits in " + TextReport.and(waitsIn) + ".");
        }
        if (!never.isEmpty()) {
            report.paragraph(
                    "   ",
                    "Its devices have never been in " + TextReport.and(never)
                            + ": a report on the examination queue alone would not have shown it.");
        }
    }

    /**
     * The case behind the published 'eight months' if it is another one: the oldest item of the queue on the day of
     * that value.
     */
    private void otherCase(String key) {
        List<LocalDate> days = jdbc.query("""
                select d."day"
                from mart.queue_daily as d
                inner join mart.published_fact as f
                    on d."day" between f.as_of_from_on and f.as_of_to_on and d.oldest_wait_days = f.our_value
                where f.fact = 'eight_months_no_interview' and d.queue = 'cases_awaiting_interview' and d.is_total
                order by d."day\"""", (row, index) -> row.getObject(1, LocalDate.class));
        if (days.isEmpty()) {
            return;
        }
        spells.stream()
                .filter(spell -> spell.queue().equals("cases_awaiting_interview") && spell.waitsAtTheEndOf(days.get(0)))
                .min(Comparator.comparing(ReleaseSpellReader.Spell::enteredOn))
                .filter(oldest -> !oldest.item().equals(key))
                .ifPresent(other -> report.paragraph(
                        "   ",
                        "It is not the case of the 'eight months' in part 1: that one became known on "
                                + other.enteredOn()
                                + (other.leftOn() == null
                                        ? " and waits still."
                                        : " and left the queue on " + other.leftOn() + ", " + other.leftAs() + ".")));
    }
}
