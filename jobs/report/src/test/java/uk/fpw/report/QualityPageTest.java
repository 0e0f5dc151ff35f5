package uk.fpw.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import uk.fpw.layout.site.DictionaryInput;
import uk.fpw.layout.site.Operations;

class QualityPageTest {

    private static final LocalDate DAY = LocalDate.of(2016, 1, 12);

    @TempDir
    private Path folder;

    private String page(TestRelease release) throws IOException, SQLException {
        Site.write(release.write(folder.resolve("site")), TestRelease.PAGES);
        return Files.readString(folder.resolve("site/quality/index.html"));
    }

    private static Operations.LeftOut leftOut(String kind, String code, @Nullable String field, @Nullable Long rows) {
        return new Operations.LeftOut(kind, "devices", code, field, rows, "it is wrong", "Correct it.", DAY);
    }

    private static Operations.Month month(int month, long received, long refused, long current, long excluded) {
        return new Operations.Month("devices", LocalDate.of(2015, month, 1), received, refused, 0L, current, excluded);
    }

    @Test
    void whatStandsOfAFeedIsOneLineAndEachReasonHasOneWithItsRemedy() throws IOException, SQLException {
        String page = page(TestRelease.of(folder, "2016-01-12")
                .loads(new Operations.Load("devices", DAY, "loaded", 70L, 60L, 5L, 0L, 0L, 5L, 0L, 4L))
                .accounts(new Operations.Account(
                        "devices", 200, 196, List.of(new Operations.Count("TOO_EARLY", 3)), 1, 0, 0, 0, List.of()))
                .leftOut(
                        leftOut("out of scope", "ROW_OUT_OF_SCOPE", null, 6L), // as meant
                        leftOut("excluded", "TOO_EARLY", null, 3L),
                        leftOut("refused", "UNPARSABLE", "received_on", 2L),
                        leftOut("refused", "KEY_REPEATED", null, 3L)));

        assertThat(page)
                .contains(TestRelease.row(
                        "Devices",
                        "no owner stated",
                        "12 January 2016",
                        "200",
                        "5",
                        "4",
                        "3",
                        "1.5 %",
                        "1",
                        "0",
                        "devices"))
                .containsSubsequence(
                        TestRelease.row(
                                "Devices",
                                "no owner stated",
                                "refused",
                                "3",
                                "It is wrong",
                                "12 Jan 2016",
                                "Correct it.",
                                "devices: KEY_REPEATED"),
                        TestRelease.row(
                                "Devices",
                                "no owner stated",
                                "refused",
                                "2",
                                "Received on: it is wrong",
                                "12 Jan 2016",
                                "Correct it.",
                                "devices: UNPARSABLE"),
                        TestRelease.row(
                                "Devices",
                                "no owner stated",
                                "excluded",
                                "3",
                                "It is wrong",
                                "12 Jan 2016",
                                "Correct it.",
                                "devices: TOO_EARLY"))
                .doesNotContain("ROW_OUT_OF_SCOPE")
                .contains("Nothing is known of earlier months.");
        assertThat(Files.readString(folder.resolve("site/index.html")))
                .contains("5 rows of devices could not be stored, and no corrected one has come since: 2 "
                        + "(received on: it is wrong); 3 (it is wrong).");
    }

    @Test
    void sharesOfEarlierMonthsStandSideBySide() throws IOException, SQLException {
        String page = page(TestRelease.of(folder, "2016-01-12")
                .months(month(10, 0, 0, 100, 7), month(11, 50, 1, 200, 3), month(12, 0, 0, 0, 0)));

        assertThat(page)
                .contains(TestRelease.row("Devices", "7.0 %", "1.5 %", "not available"))
                .contains(TestRelease.row("Devices", "not available", "2.0 %", "not available"));
    }

    @Test
    void findingsAreSaidInWords() throws IOException, SQLException {
        String page = page(TestRelease.of(folder, "2016-01-12")
                .finding("2016-01-12", "devices", "UNLISTED_CODE", 3)
                .finding("2016-01-12", "mart.period_comparison", "WEEKS_ARE_WHOLE", 1, 40L)
                .finding("2016-01-12", "devices", "ODD_ONES_OUT", 2));

        assertThat(page)
                .contains(TestRelease.row(
                        "12 Jan 2016",
                        "Devices",
                        "3",
                        "",
                        "Rows with a code that its feed does not list, so that what happened may be missing here; if a "
                                + "rule leaves out their items, every row of these is counted as excluded.",
                        "warns",
                        "Tell the warehouse team, which adds the code with what it means.",
                        "devices: UNLISTED_CODE"))
                .contains("<td>Odd ones out</td>");
    }

    /** A row of events that breaks a rule leaves out the device's rows in the other feed too. */
    @Test
    void ruleIsSaidInWordsOfTheSourceAndWhatToDoOnce() throws IOException, SQLException {
        DictionaryInput.Feed events = new DictionaryInput.Feed(
                "device_events",
                "lab",
                "",
                "drop",
                "",
                "",
                "",
                List.of(),
                "row",
                null,
                List.of(new DictionaryInput.Column("done_at", "Finished", "instant", false, false, "")),
                List.of(),
                "Lab desk");
        DictionaryInput.Rule rule = new DictionaryInput.Rule(
                "EARLY", "device_events", "exclude", "a < b", "done_at {done_at} is before sent_at {sent_at}");
        DictionaryInput input = new DictionaryInput(
                "f",
                true,
                List.of(events),
                List.of(rule),
                List.of(new DictionaryInput.Query(
                        "lab_audits", "grading", null, List.of("device_events"), List.of(), "select 1")),
                List.of(),
                List.of(),
                List.of(),
                List.of());
        String remedy = "Correct the rows in the source. If they are right, tell the warehouse team, which can change "
                + "the rule.";

        String page = page(TestRelease.of(folder, "2016-01-12")
                .folder(input)
                .finding("2016-01-12", "gradings/lab_audits", "EVERY_JUDGEMENT_CAN_BE_USED", 3)
                .leftOut(
                        new Operations.LeftOut("excluded", "device_events", "EARLY", null, 9L, "w", remedy, DAY),
                        new Operations.LeftOut("excluded", "devices", "EARLY", null, 3L, "w", remedy, DAY)));

        String words = "\"Finished\" is before \"sent at\"";
        assertThat(page)
                .contains(
                        " A row that breaks a rule of the force leaves out its item with all its rows, in every feed, "
                                + "so that more rows are left out than break it.")
                .containsOnlyOnce(remedy)
                .contains("<td>" + words + "</td>\n<td>12 Jan 2016</td>\n<td>As said above.</td>")
                .contains("<td>" + words + " (in device events)</td>")
                .contains("<td>Judgements: lab audits</td>", "<td>Lab desk</td>\n<td>gradings/lab_audits: EVERY_");
    }
}
