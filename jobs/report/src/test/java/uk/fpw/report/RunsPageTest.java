package uk.fpw.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import uk.fpw.layout.site.RunRecords;
import uk.fpw.report.page.RunsPage;

class RunsPageTest {

    private static final LocalDate DAY = LocalDate.of(2016, 1, 12);
    private static final LocalDateTime MORNING = LocalDateTime.of(2016, 1, 13, 3, 0);

    @TempDir
    private Path folder;

    private String page(RunRecords records) throws IOException, SQLException {
        TestRelease release = TestRelease.of(folder, "2016-01-12").feed("devices", "2016-01-11");
        Site.write(release.runs(records).write(folder.resolve("site")), List.of(new RunsPage()));
        return Files.readString(folder.resolve("site/runs/index.html"));
    }

    private static RunRecords.Run released(LocalDate day, double load, double compute) {
        return new RunRecords.Run(
                day,
                "released",
                0,
                day + ".1",
                MORNING,
                load + compute,
                null,
                null,
                List.of(new RunRecords.Phase("load_feeds", load), new RunRecords.Phase("compute_candidate", compute)));
    }

    private static RunRecords.Run failed() {
        return new RunRecords.Run(
                DAY.plusDays(1),
                "failed",
                3,
                "2016-01-13.1",
                MORNING.plusDays(1),
                12.34,
                "the data of a feed could not be loaded",
                "Correct the source.",
                List.of(new RunRecords.Phase("load_feeds", 12.04)));
    }

    private static RunRecords.Feed feed(String status) {
        return new RunRecords.Feed(
                "devices",
                DAY,
                status,
                MORNING,
                new RunRecords.Rows(1_200L, 30L, 10L, 0L, 40L, null),
                new RunRecords.Rows(1_000L, 25L, 8L, 0L, 3L, null),
                14);
    }

    @Test
    void failedNightIsTheFirstThingToDoAndEachRunHasItsResultInWords() throws IOException, SQLException {
        String page = page(new RunRecords(
                MORNING.plusDays(1).plusMinutes(1),
                "Europe/London",
                List.of(failed(), released(DAY, 60, 120.06)),
                List.of(),
                List.of(),
                List.of(feed("failed")),
                List.of(),
                "the folder of the run is gone"));

        assertThat(page)
                .contains("What is known here ends at 14 Jan 2016, 03:01 (Europe/London), when this page was made")
                .containsSubsequence(
                        "<h2 id=\"to-do\">What to do</h2>",
                        TestRelease.row(
                                "The run of 13 January 2016: failed, because the data of a feed could not be loaded.",
                                "Correct the source."),
                        TestRelease.row(
                                "devices could not be loaded for 12 January 2016.",
                                "Correct what fpw status names, then run the date again."),
                        "<h2 id=\"runs\">",
                        TestRelease.row(
                                "13 Jan 2016",
                                "14 Jan 2016, 03:00",
                                "12.3",
                                "Failed, because the data of a feed could not be loaded",
                                "3",
                                "Correct the source."),
                        TestRelease.row("12 Jan 2016", "13 Jan 2016, 03:00", "180.1", "Released 2016-01-12.1", "0", ""))
                .contains("Not all are known: the folder of the run is gone.")
                .doesNotContain("Nothing, as far as this page knows.");
    }

    @Test
    void phasesAreBarsOfTheSameScaleWithTheirSecondsAsATable() throws IOException, SQLException {
        String page = page(new RunRecords(
                MORNING,
                "UTC",
                List.of(failed(), released(DAY, 60, 120.06)),
                List.of(new RunRecords.Slow("compute_candidate", 120.06, 40)),
                List.of(new RunRecords.FailedNotices("E-mails have not reached everybody.", "Correct notify.")),
                List.of(),
                List.of(),
                null));

        assertThat(page)
                .contains(
                        TestRelease.row("13 Jan, failed", "12", "0", "12"),
                        TestRelease.row("12 Jan", "60", "120.1", "180.1"),
                        TestRelease.row("E-mails have not reached everybody.", "Correct notify."),
                        "<title>12 Jan, Compute candidate: 120.1, 66.7 %</title>",
                        TestRelease.row(
                                "Compute candidate took 120.1 s in the latest night, usually 40 s.",
                                "See what else ran on the machine, whether feeds have grown, and Memory in "
                                        + "docs/operator.md."));
        // of 566 units of the width: 60 of 180.06 s, and 12.04 of them
        assertThat(page)
                .containsPattern("<rect x=\"130\" y=\"[0-9]+\" width=\"188.60\" height=\"19\" class=\"part part0\"/>")
                .containsPattern("<rect x=\"130\" y=\"[0-9]+\" width=\"37.85\" height=\"19\" class=\"part part0\"/>");
    }

    @Test
    void latestRunIsNamedAndNeverLeftOutOfTheBars() throws IOException, SQLException {
        List<RunRecords.Run> runs = IntStream.range(0, 30)
                .mapToObj(day -> released(DAY.minusDays(day), 60, 120))
                .toList();
        String page = page(new RunRecords(MORNING, "UTC", runs, List.of(), List.of(), List.of(), List.of(), null));

        assertThat(page)
                .contains("The last 24 of 30 periods. Latest, 12 Jan, of 180: Load feeds 60, Compute candidate 120.")
                .contains("<title>12 Jan, Load feeds: 60, 33.3 %</title>")
                .contains("<title>20 Dec, Load feeds: 60, 33.3 %</title>")
                .doesNotContain("<title>19 Dec, Load feeds");
    }

    @Test
    void feedsHaveAgeAndWhatIsUsualAndNearLimitsAreToBeAskedAbout() throws IOException, SQLException {
        String page = page(new RunRecords(
                MORNING,
                "UTC",
                List.of(released(DAY, 1, 1)),
                List.of(),
                List.of(),
                List.of(feed("loaded")),
                List.of(
                        new RunRecords.Limit("devices", "deleted", 17, 20, 0.85),
                        new RunRecords.Limit("devices", "changed", 1, 20.55, 0.0487)),
                null));

        assertThat(page)
                .contains(
                        TestRelease.row("devices", "11 Jan 2016", "1", "loaded, of 12 Jan 2016", "13 Jan 2016, 03:00"),
                        TestRelease.row("devices", "received", "1,200", "1,000"),
                        TestRelease.row("devices", "loaded", "30", "25"),
                        TestRelease.row("devices", "changed", "10", "8"),
                        TestRelease.row("devices", "refused", "40", "3"),
                        TestRelease.row(
                                "devices is at 85 % of its limit deleted.",
                                "Ask the owner before the next night; if the change is right, fpw accept lets it "
                                        + "pass."),
                        TestRelease.row("devices", "deleted", "17", "20", "85 %"),
                        TestRelease.row("devices", "changed", "1", "20.6", "5 %"));
    }

    @Test
    void pageWithoutRecordsSaysSoAndOneOfAGoodNightThatNothingIsToDo() throws IOException, SQLException {
        assertThat(page(RunRecords.NONE)).contains("Not known: this page was made without the records of runs.");
    }
}
