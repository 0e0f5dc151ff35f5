package uk.fpw.report;

import static org.assertj.core.api.Assertions.assertThat;
import static uk.fpw.report.TestRelease.row;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import uk.fpw.report.page.QueuePages;

/** How items left a queue over time, as its page shows it. */
@Tag("time-zone")
class ExitMonthsTest {

    private static final String QUEUE = """
            select
                'exams' as queue, 'Devices' as title, 'whole' as queue_role, 'device' as item_unit, 1 as queue_version,
                'Devices.' as description, 'received' as entered_by, '-' as re_entered_by, 'examined' as left_by,
                date '2016-01-12' as data_as_at
            """;

    @TempDir
    private Path folder;

    @Test
    void monthIsDividedByHowItemsLeft() throws IOException, SQLException {
        String page = page("""
                (date '2015-11-01', 'examined', 40, 30, false, false),
                (date '2015-11-01', 'withdrawn', 10, 8, false, false),
                (date '2015-12-01', 'examined', 25, 25, false, true),
                (date '2015-12-01', 'withdrawn', 0, 0, false, true),
                (date '2016-01-01', 'examined', 9, 9, true, true),
                (date '2016-01-01', 'withdrawn', 6, 6, true, true)
                """);

        assertThat(page)
                .contains("The bars are of 1 November 2015 to 31 December 2015. Marked * where leaving means that")
                .contains("How items left, by month</title>")
                .contains("Latest, Dec 2015 (provisional), of 25: examined * 100.0 %, withdrawn 0.0 %.")
                .contains("(p): provisional, expected to change.")
                .contains(row("Nov 2015", "40", "10", "50"))
                .contains(row("Dec 2015 (provisional)", "25", "0", "25"))
                .doesNotContain("Jan 2016");
    }

    @Test
    void monthWithFewInOneWayIsShown() throws IOException, SQLException {
        String page = page("""
                (date '2015-10-01', 'examined', 30, 30, false, false),
                (date '2015-10-01', 'withdrawn', 1, 1, false, false),
                (date '2015-11-01', 'examined', 2, 2, false, false),
                (date '2015-11-01', 'withdrawn', 0, 0, false, false),
                (date '2015-12-01', 'examined', 40, 40, false, false),
                (date '2015-12-01', 'withdrawn', 12, 2, false, false) -- devices of two people
                """);

        assertThat(page)
                .contains(row("Oct 2015", "30", "1", "31"))
                .contains(row("Nov 2015", "2", "0", "2"))
                .contains(row("Dec 2015", "40", "12", "52"))
                .contains(row("withdrawn", "13"));
    }

    @Test
    void unknownMonthSaysWhy() throws IOException, SQLException {
        String page = page("""
                (date '2015-11-01', 'examined', null, null, false, false),
                (date '2015-11-01', 'withdrawn', null, null, false, false),
                (date '2015-12-01', 'examined', 40, 40, false, false),
                (date '2015-12-01', 'withdrawn', 1, 1, false, false)
                """);

        assertThat(page)
                .contains(row("Nov 2015", "not available", "not available", "seizures missing"))
                .contains(row("Dec 2015", "40", "1", "41"));
    }

    @Test
    void waysBeyondTheColoursAreOne() throws IOException, SQLException {
        StringBuilder rows = new StringBuilder();
        for (int way = 1; way <= 8; way++) {
            rows.append("(date '2015-12-01', 'way %d', %d, %d, false, false),%n".formatted(way, 10 * way, 10 * way));
        }
        String page = page(rows.append("(date '2015-12-01', 'examined', 5, 5, false, false)")
                .toString());

        assertThat(headings(page)).isEqualTo("Period|examined *|way 8|way 7|way 6|way 5|other ways|All");
        assertThat(page).contains(row("Dec 2015", "5", "80", "70", "60", "50", "100", "365"));
    }

    @Test
    void waysThatReadTheSameAreAddedUp() throws IOException, SQLException {
        String page = page("""
                (date '2015-12-01', 'examined', 40, 40, false, false),
                (date '2015-12-01', 'not needed', 7, 7, false, false),
                (date '2015-12-01', 'not_needed', 5, 5, false, false)
                """);

        assertThat(page).contains(row("Dec 2015", "40", "12", "52"));
    }

    private static String headings(String page) {
        String table = page.substring(page.indexOf("Table: How items left, by month"));
        return Pattern.compile("<th scope=\"col\">([^<]*)</th>")
                .matcher(table.substring(0, table.indexOf("</thead>")))
                .results()
                .map(heading -> heading.group(1))
                .reduce((a, b) -> a + "|" + b)
                .orElseThrow();
    }

    private String page(String rows) throws IOException, SQLException {
        Path into = Files.createTempDirectory(folder, "site").resolve("site");
        Site.write(
                TestRelease.of(Files.createTempDirectory(folder, "warehouse"), "2016-01-12")
                        .with("mart.dim_queue", QUEUE)
                        .with("mart.queue_exit", """
                                select
                                    'exams' as queue, 'all' as slice, 'all' as slice_value, true as is_total,
                                    exit.*, exit.exit_reason = 'examined' as is_served,
                                    left_count is not null as is_available,
                                    if(left_count is null, 'seizures missing', null) as unavailable_reason,
                                    date '2016-01-12' as data_as_at
                                from (
                                    values
                                    %s
                                ) as exit (
                                    month_start_on, exit_reason, left_count, contributor_count, is_partial,
                                    is_provisional
                                )
                                """.formatted(rows))
                        .write(into),
                List.of(new QueuePages()));
        return Files.readString(into.resolve("queues/exams.html"));
    }
}
