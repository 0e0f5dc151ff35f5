package uk.fpw.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import uk.fpw.report.today.TodayPage;

/** What the first page says of thirty made-up forces: better, worse, without evidence, mixed, and unknown. */
class ForcesTest {

    private static final Pattern COMPARED = Pattern.compile(
            "(?<verdict>[a-z_]+)(?: (?<now>\\S+) (?<then>\\S+) (?<size>\\S+) (?<low>\\S+) (?<high>\\S+?))?"
                    + "(?:: (?<reason>.*))?");

    @TempDir
    private Path folder;

    /** A line of the table; its queue is named by its number. */
    private record Force(int number, String unit, String measure, String lastYear, String yearBefore, String expected) {

        String queue() {
            return "force" + number;
        }

        String units() {
            return "'" + queue() + "' as queue, '" + unit + "' as item_unit";
        }

        List<String> verdicts() {
            List<String> rows = new ArrayList<>();
            verdict(rows, "last year", lastYear);
            verdict(rows, "the year before last", yearBefore);
            return rows;
        }

        private void verdict(List<String> rows, String year, String written) {
            Matcher compared = COMPARED.matcher(written);
            if (!compared.matches()) {
                return;
            }
            String verdict = Objects.requireNonNull(compared.group("verdict"));
            boolean isMoreThanChance =
                    !List.of("no_evidence", "cannot_be_told", "unavailable").contains(verdict);
            boolean isOfItems = !unit.equals("device"); // several devices may be of one case
            rows.add("select " + units() + ", '" + year + "' as compared_with, '" + measure + "' as measure, "
                    + "'" + (verdict.equals("too_small") ? "no_evidence" : verdict) + "' as verdict, "
                    + verdict.equals("unavailable") + " = false as is_available, "
                    + "'" + compared.group("reason") + "' as verdict_reason, "
                    + "'" + compared.group("reason") + "' as unavailable_reason, "
                    + (isMoreThanChance ? -9.0 : -0.5) + " as log10_p_adjusted, "
                    + (isOfItems ? 80 : 120) + " as of_item_count, 80 as of_case_count, "
                    + compared.group("now") + "::double as value, "
                    + compared.group("then") + "::double as earlier_value, "
                    + compared.group("size") + "::double as size, "
                    + compared.group("low") + "::double as size_low, "
                    + compared.group("high") + "::double as size_high");
        }
    }

    @Test
    void firstPageSaysOfEachForceWhatItsVerdictsSay() throws IOException, SQLException {
        List<Force> forces = forces();
        String page = page(forces);

        assertThat(forces).hasSize(30);
        for (Force force : forces) {
            assertThat(said(page, force)).as(force.queue()).isEqualTo(force.expected);
        }
    }

    private static List<Force> forces() throws IOException {
        String table = new String(
                Objects.requireNonNull(ForcesTest.class.getResourceAsStream("verdict/today.csv"))
                        .readAllBytes(),
                StandardCharsets.UTF_8);
        List<String> lines = table.lines().skip(2).toList();
        List<Force> forces = new ArrayList<>();
        for (String line : lines) {
            String[] cells = line.split(";", 5);
            forces.add(new Force(forces.size() + 1, cells[0], cells[1], cells[2], cells[3], cells[4]));
        }
        return forces;
    }

    private String page(List<Force> forces) throws IOException, SQLException {
        String verdicts = String.join(
                " union all ",
                forces.stream().flatMap(force -> force.verdicts().stream()).toList());
        String periods = "'year to date' as period_kind, date '2015-04-01' as period_start_on, "
                + "date '2015-11-30' as period_end_on, "
                + "if(measure in ('late share', 'net change'), 'difference', 'ratio') as size_kind";
        String queues = String.join(
                " union all ",
                forces.stream().map(force -> "select " + force.units()).toList());
        TestRelease release = TestRelease.of(folder, "2016-01-12")
                .with("mart.dim_queue", "select *, 'Force' as title, 'whole' as queue_role from (" + queues + ")")
                .with("mart.queue_daily", """
                        select *, true as is_total, date '2016-01-12' as data_as_at
                        from (%s), (values (date '2016-01-12', 7), (date '2015-01-12', 9)) as given (day, waiting_count)
                        """.formatted(queues))
                .with(
                        "mart.period_verdict",
                        "select * exclude (of_item_count, of_case_count, value, earlier_value), " + periods + " from ("
                                + verdicts + ")")
                .with(
                        "mart.period_comparison",
                        "select queue, item_unit, compared_with, measure, of_item_count, "
                                + "of_case_count, value, earlier_value, " + periods + " from (" + verdicts + ")");
        Site.write(release.write(folder.resolve("site")), List.of(new TodayPage()));
        return Files.readString(folder.resolve("site/index.html"));
    }

    /** Its verdict in the list of queues, then each part of the page in which it is named, and what that says. */
    private static String said(String page, Force force) {
        String link = "<a href=\"queues/" + force.queue() + ".html\">";
        List<String> said = new ArrayList<>();
        for (String part : page.split("<section", -1)) {
            Matcher id = Pattern.compile("aria-labelledby=\"(\\w+)\"").matcher(part);
            String name = id.find() ? id.group(1) : "";
            if (name.equals("waiting")) {
                String row = part.substring(part.indexOf(link));
                said.add(0, row.split("</?td>", -1)[13]);
            } else {
                Pattern.compile(link + "(.*?)</a>(?:</h3>\n<p>|: )(.*?)</(?:p|li)>")
                        .matcher(part)
                        .results()
                        .map((MatchResult found) -> name + ": " + found.group(1) + ": " + found.group(2))
                        .forEach(said::add);
            }
        }
        return String.join(" | ", said);
    }
}
