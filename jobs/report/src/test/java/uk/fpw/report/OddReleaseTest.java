package uk.fpw.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Pages of releases with little data, with much data, and with unexpected names. */
class OddReleaseTest {

    private static final String LONG = "Wwwwwwwww".repeat(23).substring(0, 200);

    @TempDir
    private Path folder;

    @Test
    void queueWithoutARowSaysSo() throws IOException, SQLException {
        String page = queue(release("Devices"));

        assertThat(page)
                .contains("<p>This release has no figure of this queue.</p>")
                .contains("How this queue is defined")
                .doesNotContain("<svg")
                .doesNotContain("What came in and what left");
        assertThat(read("queues/index.html")).contains("<td>not available</td>");
    }

    @Test
    @Tag("time-zone")
    void oneDayIsDrawn() throws IOException, SQLException {
        String page = queue(release("Devices")
                .with("mart.queue_daily", day("'all'", "'all'", "true", "range(1)"))
                .with("mart.queue_monthly", """
                        select
                            'exams' as queue, 'device' as item_unit, true as is_total,
                            date '2016-01-01' as month_start_on, date '2016-01-12' as measured_to_on,
                            150 as waiting_count, 90 as contributor_count,
                            true as is_partial, true as is_available, date '2016-01-12' as data_as_at
                        """)
                .with("mart.queue_signal", """
                        select
                            'exams' as queue, 'device' as item_unit, true as is_total, 'received' as measure,
                            date '2016-01-01' as month_start_on, 12 as flow_count, 1.5 as flow_per_working_day,
                            true as is_partial, true as is_available, 'the month is not over' as limits_reason,
                            date '2016-01-12' as data_as_at
                        """)
                .with("mart.queue_exit", """
                        select
                            'exams' as queue, true as is_total, reason as exit_reason, reason = 'examined' as is_served,
                            date '2016-01-01' as month_start_on, 7 as left_count, 7 as contributor_count,
                            true as is_partial, true as is_available, date '2016-01-12' as data_as_at
                        from unnest(['examined', 'withdrawn']) as exit (reason)
                        """)
                .with("mart.open_age", """
                        select
                            'exams' as queue, true as is_total, date '2016-01-12' as as_of_on, '0-30' as age_band,
                            0 as age_band_from_days, 150 as waiting_count, 90 as contributor_count
                        """));

        assertThat(page)
                .contains("Waiting, in devices: 150 on 12 Jan 2016, the only value.")
                .contains("No month is charted.")
                .contains("<td>1 Jan 2016</td>\n<td>not available</td>")
                .contains("0-30: 150.")
                .doesNotContain("How items left");
        assertThat(read("index.html"))
                .contains("<td>150</td><td>not available</td><td>not available</td>")
                .doesNotContain("<p class=\"rule\">");
    }

    /** One device that waits is drawn as one; only what is not known is missing. */
    @Test
    void queueThatFellToOneIsDrawnAsItIs() throws IOException, SQLException {
        String page = queue(release("Devices").with("mart.queue_monthly", """
                select
                    'exams' as queue, 'device' as item_unit, true as is_total, month.*,
                    waiting_count as contributor_count,
                    date '2016-01-12' as data_as_at
                from (
                    values
                    (date '2015-11-01', date '2015-11-30', 238, true, null),
                    (date '2015-12-01', date '2015-12-31', null, false, 'seizures missing'),
                    (date '2016-01-01', date '2016-01-12', 1, true, null)
                ) as month (month_start_on, measured_to_on, waiting_count, is_available, unavailable_reason)
                """));

        assertThat(page)
                .contains("Waiting, in devices: 238 on 30 Nov 2015, 1 on 12 Jan 2016; the highest was 238 on "
                        + "30 Nov 2015; 1 of 3 values is not shown.")
                .contains("Waiting, on 12 Jan 2016: 1</title>")
                .contains("<td>12 Jan 2016</td>\n<td>1</td>")
                .contains("<td>31 Dec 2015</td>\n<td>seizures missing</td>")
                .contains("<td>30 Nov 2015</td>\n<td>238</td>");
    }

    @Test
    void valuesOfAnAttributeAreTheLargestHundred() throws IOException, SQLException {
        String page = queue(release("Devices")
                .with("mart.queue_daily", day("'area'", "'Area ' || number", "false", "range(1, 301)")));

        assertThat(page)
                .contains("The first 20 of 300; the table has 100.</text>")
                .contains("Area: the 100 values with the most are in the table, 200 others are not; the query "
                        + "waiting_now lists all.")
                .contains("<td>Area 300</td>\n<td>450</td>")
                .contains("<td>Area 201</td>\n<td>351</td>")
                .doesNotContain("Area 200");
        assertThat(page.length()).as("characters of the page").isLessThan(60_000);
    }

    @Test
    void whatAnAttributeIsNowStandsBesideWhatItWasAtEntry() throws IOException, SQLException {
        String page = queue(release("Devices")
                .with("mart.queue_daily", day("'area'", "'North'", "false", "range(1)"))
                .with("mart.queue_now", """
                        select
                            'exams' as queue, 'area (now)' as slice, 'South' as slice_value, 148 as waiting_count,
                            90 as contributor_count, true as is_available, date '2016-01-12' as data_as_at
                        """));

        assertThat(page)
                .contains("Waiting by area<")
                .contains("<td>North</td>\n<td>150</td>")
                .contains("Waiting by area (now)<")
                .contains("<td>South</td>\n<td>148</td>");
    }

    @Test
    void monthsOfAValueAreFoundWhateverItsName() throws IOException, SQLException {
        String value = "'It''s \u05D0' || chr(8238) || ':queue %s'";
        String page = queue(release("Devices")
                .with("mart.queue_daily", day("'area'", value, "false", "range(1)"))
                .with("mart.queue_monthly", """
                        select
                            'exams' as queue, 'area' as slice, VALUE as slice_value,
                            false as is_total, date '2015-12-01' as month_start_on, date '2015-12-31' as measured_to_on,
                            31 as waiting_count, 31 as contributor_count, 7 as received_count,
                            0 as reentered_count, 2 as left_count,
                            false as is_partial, date '2016-01-12' as data_as_at
                        """.replace("VALUE", value)));

        assertThat(page)
                .contains("<h3>Area: It's \u05D0\uFFFD:queue %s\u200E</h3>")
                .contains("Waiting, in devices: 31 on 31 Dec 2015, the only value.")
                .contains("<td>31 Dec 2015</td>\n<td>7</td>\n<td>2</td>");
    }

    @Test
    void whatCameBackToAQueueIsDrawnSoThatMonthsBalance() throws IOException, SQLException {
        String page = queue(release("Devices")
                .with("mart.queue_daily", day("'area'", "'North'", "false", "range(1)"))
                .with("mart.queue_monthly", """
                        select
                            'exams' as queue, 'area' as slice, 'North' as slice_value, false as is_total,
                            date '2015-12-01' as month_start_on, date '2015-12-31' as measured_to_on,
                            27 as opening_count, 11 as received_count, 6 as reentered_count, 13 as left_count,
                            31 as waiting_count, 31 as contributor_count, false as is_partial,
                            date '2016-01-12' as data_as_at
                        """));

        assertThat(page)
                .contains("Received, re-entered and left, by month")
                .contains("<td>31 Dec 2015</td>\n<td>11</td>\n<td>6</td>\n<td>13</td>");
    }

    @Test
    void longNamesAreWholeInTextAndCutInPictures() throws IOException, SQLException {
        String page = queue(release(LONG)
                .with("mart.queue_daily", day("'area'", "'" + LONG + "' || number", "false", "range(1, 3)")));

        assertThat(page)
                .contains("<h1>" + LONG + "</h1>")
                .contains("<td>" + LONG + "1</td>")
                .contains("<title>" + LONG + "1: 151</title>");
        assertThat(Pattern.compile("<text[^>]*>([^<]*)</text>")
                        .matcher(page)
                        .results()
                        .map(text -> text.group(1).length()))
                .isNotEmpty()
                .allMatch(length -> length < 60);
    }

    @Test
    void namesCannotTurnOrBreakWhatIsAroundThem() throws IOException, SQLException {
        String hebrew = "\u05D0\u05D1\u05D2";
        String page = queue(release("Devices \u202E\u2066turned\u0007 \u0001bell")
                .force("Force \u202Eturned")
                .with(
                        "mart.queue_daily",
                        day(
                                "'area'",
                                "if(number = 1, '" + hebrew + "', 'x' || chr(8238) || chr(27) || '[31m')",
                                "false",
                                "range(1, 3)")));

        assertThat(page)
                .contains("<h1>Devices \uFFFD\uFFFDturned   bell</h1>")
                .contains("Force \uFFFDturned: police performance")
                .contains("x\uFFFD [31m: 152; " + hebrew + "\u200E: 151.");
        try (Stream<Path> files = Files.walk(folder.resolve("site"))) {
            assertThat(files.filter(Files::isRegularFile).toList())
                    .allSatisfy(file ->
                            assertThat(Files.readString(file).codePoints()).noneMatch(OddReleaseTest::isUnseen));
        }
    }

    private static boolean isUnseen(int one) {
        boolean isControl = Character.isISOControl(one) && one != '\n' && one != '\t';
        boolean isTurning = (one >= 0x202A && one <= 0x202E) || (one >= 0x2066 && one <= 0x2069);
        return isControl || isTurning;
    }

    private static String day(String slice, String value, String isTotal, String numbers) {
        return """
                select
                    'exams' as queue, 'device' as item_unit, %s as slice, %s as slice_value, %s as is_total,
                    date '2016-01-12' as day, 150 + number as waiting_count, 90 as contributor_count,
                    0 as past_standard_count, 31 as oldest_wait_days, true as is_available,
                    date '2016-01-12' as data_as_at
                from %s as item (number)
                """.formatted(slice, value, isTotal, numbers);
    }

    private TestRelease release(String title) {
        return TestRelease.of(folder, "2016-01-12").with("mart.dim_queue", """
                select
                    'exams' as queue, '%s' as title, 'whole' as queue_role, 'device' as item_unit, 1 as queue_version,
                    'Devices.' as description, 'received' as entered_by, '-' as re_entered_by,
                    'examined as examined*' as left_by, date '2016-01-12' as data_as_at
                """.formatted(title));
    }

    private String queue(TestRelease release) throws IOException, SQLException {
        Site.write(release.write(folder.resolve("site")), TestRelease.PAGES);
        return read("queues/exams.html");
    }

    private String read(String page) throws IOException {
        return Files.readString(folder.resolve("site").resolve(page));
    }
}
