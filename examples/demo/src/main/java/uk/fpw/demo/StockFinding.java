package uk.fpw.demo;

import java.time.LocalDate;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * What two counts of waiting computers do not show: the flows between them, and the devices at a provider, which one
 * count includes and the other does not.
 */
final class StockFinding {

    private static final String COMPUTER = "computer";

    private final JdbcTemplate jdbc;
    private final TextReport report;
    private final List<ReleaseSpellReader.Spell> spells;

    StockFinding(JdbcTemplate jdbc, TextReport report, List<ReleaseSpellReader.Spell> spells) {
        this.jdbc = jdbc;
        this.report = report;
        this.spells = spells.stream()
                .filter(spell -> COMPUTER.equals(spell.deviceType()))
                .toList();
    }

    void printTurnover() {
        Map<String, @Nullable Object> then = lastDay(142, LocalDate.of(2014, 11, 1), LocalDate.of(2014, 11, 30));
        Map<String, @Nullable Object> now = lastDay(150, LocalDate.of(2015, 8, 1), LocalDate.of(2015, 8, 31));
        LocalDate from = day(then);
        LocalDate to = day(now);
        List<ReleaseSpellReader.Spell> cameIn = awaitingExamination(spell -> isWithin(spell.enteredOn(), from, to));
        List<ReleaseSpellReader.Spell> left = awaitingExamination(spell -> isWithin(spell.leftOn(), from, to));
        long again = cameIn.stream().filter(ReleaseSpellReader.Spell::isReentry).count();
        long days = ChronoUnit.DAYS.between(from, to);
        long oldest = TextReport.count(now, "oldest_age_days");
        report.line("");
        report.line("3. A stock that hardly changed although all of its items did");
        report.line(
                "   Computers awaiting examination (awaiting_examination, those with a provider included): %,d "
                        + "on %s, %,d on %s.",
                TextReport.count(then, "waiting_count"), from, TextReport.count(now, "waiting_count"), to);
        report.line("   (The last day in November 2014 and in August 2015 with the count nearest "
                + "to the published one.) It looks as if little was done.");
        report.line(
                "   In those %,d days %,d came in, %,d of them again, and %,d left: %s.",
                days, cameIn.size(), again, left.size(), reasons(left));
        report.line(
                oldest < days
                        ? "   The oldest on %s had been there for %,d days: none of those that "
                                + "waited in November is still waiting."
                        : "   The oldest on %s had been there for %,d days.",
                to,
                oldest);
        report.line("   By construction: the generator chose the daily exits so that the count follows "
                + "a given path; real flows are less even.");
        report.line("   mart.wait_curve and mart.wait_summary show how long items wait; a stock cannot.");
    }

    void printOutsourcing() {
        report.line("");
        report.line("4. Sending devices to a provider lowers the in-house count on the day they leave, "
                + "before any of them is examined");
        report.line("     computers at the end of   waiting     of these with the provider   waiting without them");
        jdbc.query("""
                select whole.measured_to_on, whole.waiting_count as whole, inside.waiting_count as inside
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
            report.line("     %-23s %,9d %,30d %,22d", row.getString("measured_to_on"), whole, whole - inside, inside);
        });
        List<ReleaseSpellReader.Spell> sent = spells.stream()
                .filter(spell -> spell.queue().equals("with_provider"))
                .toList();
        long still = sent.stream().filter(spell -> spell.leftOn() == null).count();
        report.line(
                "   Computers were sent %,d times to date: %s; %,d are still there.",
                sent.size(),
                reasons(sent.stream().filter(spell -> spell.leftOn() != null).toList()),
                still);
        report.line("   'Waiting' is queue awaiting_examination, 'without them' awaiting_examination_in_house. '150 "
                + "computers' in part 1 can be read as either:");
        report.line("   always state which one you quote.");
    }

    private List<ReleaseSpellReader.Spell> awaitingExamination(Predicate<ReleaseSpellReader.Spell> which) {
        return spells.stream()
                .filter(spell -> spell.queue().equals("awaiting_examination"))
                .filter(which)
                .toList();
    }

    /** Whether a day is after the first and not after the last. */
    private static boolean isWithin(@Nullable LocalDate day, LocalDate from, LocalDate to) {
        return day != null && day.isAfter(from) && !day.isAfter(to);
    }

    /** How they left and how many each way, such as {@code examination started 383, withdrawn 4}. */
    private static String reasons(List<ReleaseSpellReader.Spell> left) {
        return left.stream()
                .collect(Collectors.groupingBy(
                        spell -> String.valueOf(spell.leftAs()), TreeMap::new, Collectors.counting()))
                .entrySet()
                .stream()
                .map(reason -> reason.getKey() + " " + reason.getValue())
                .collect(Collectors.joining(", "));
    }

    /** The last day of a window on which the number of waiting computers was closest to a given one. */
    private Map<String, @Nullable Object> lastDay(long waiting, LocalDate from, LocalDate to) {
        return jdbc.queryForMap("""
                select "day", waiting_count, oldest_age_days
                from mart.queue_daily
                where queue = 'awaiting_examination' and slice = 'device_type' and slice_value = 'computer' and "day" \
                between ? and ?
                order by abs(waiting_count - ?), "day" desc
                fetch first 1 row only""", from, to, waiting);
    }

    private static LocalDate day(Map<String, @Nullable Object> row) {
        return LocalDate.parse(String.valueOf(row.get("day")));
    }
}
