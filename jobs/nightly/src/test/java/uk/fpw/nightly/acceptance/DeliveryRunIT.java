package uk.fpw.nightly.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.LocalDate;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Nights of dates without a file of a feed: a Saturday with all files, then days on which those of one feed are not
 * due, not declared, or due.
 */
@Tag("thorough")
class DeliveryRunIT {

    private static final LocalDate SATURDAY = KeptNights.FIRST;
    private static final LocalDate SUNDAY = SATURDAY.plusDays(1);
    private static final LocalDate MONDAY = SATURDAY.plusDays(2);
    private static final String FEED = "feeds/exits.yml";
    private static final String DAILY = "delivery: {days: daily}\n";

    @TempDir
    private static Path folder;

    @Test
    void onlyAFileThatIsDueStopsTheNightAndNoFigureIsKnownBeyondTheLastFile() throws SQLException {
        Installation fpw = Installation.here(folder);
        TrialForce trial = KeptNights.first(fpw, folder).edit(FEED, DAILY, "delivery: {days: [saturday]}\n");
        try (Connection open = trial.keepOpen()) {
            assertThat(open.isValid(1)).isTrue();
            daysWithoutAFile(fpw, trial);
        }
    }

    private static void daysWithoutAFile(Installation fpw, TrialForce trial) {
        String force = trial.folder().toString();

        trial.writeDevices(SUNDAY, TrialForce.devices(SUNDAY));
        Installation.Outcome sunday = fpw.succeed("nightly", "--force", force, "--date", SUNDAY.toString());
        assertThat(sunday.out())
                .contains("  feed exits: no file is due (delivered on Saturdays)\n")
                .contains("\nDeliveries\n  feed exits, complete to 2025-03-01: no later file was due (delivered on "
                        + "Saturdays; the next is that of 2025-03-08)\n")
                .doesNotContain("Lacking");
        assertThat(fpw.query(
                        trial.folder(),
                        "select is_available, unavailable_reason, data_as_at from mart.queue_daily where "
                                + "is_total and \"day\" = date '2025-03-02'"))
                .extracting(JsonNode::toString)
                .singleElement()
                .asString()
                .startsWith("{\"is_available\":false,\"unavailable_reason\":\"feed exits (delivered on Saturdays) last "
                        + "loaded completely for 2025-03-01; last known: ")
                .endsWith(",\"data_as_at\":\"2025-03-01\"}");
        String notDue = "; no later delivery was due for exits (complete to 2025-03-01)\n";
        assertThat(fpw.succeed("status", "--force", force).out())
                .contains(notDue)
                .contains("\nDeliveries\n  feed exits, complete to 2025-03-01: ");
        assertThat(fpw.succeed("releases", "--force", force).out())
                .contains("\n      no later delivery was due for exits (complete to 2025-03-01)\n");

        // the same release in parts
        fpw.succeed("metrics", "--force", force, "--date", SUNDAY.toString());
        fpw.succeed("release", "--force", force, "--date", SUNDAY.toString());

        trial.edit(FEED, "delivery: {days: [saturday]}\n", "");
        trial.writeDevices(MONDAY, TrialForce.devices(MONDAY));
        Installation.Outcome monday = fpw.run("nightly", "--force", force, "--date", MONDAY.toString());
        assertThat(monday.exitCode()).as(monday.toString()).isEqualTo(9);
        assertThat(monday.out())
                .contains("  feed exits was not delivered: exits_20250303.csv.gz does not exist\n")
                .contains("\n  exits, complete to 2025-03-01: " + trial.exitsFile(MONDAY)
                        + ": the file does not exist (feeds/exits.yml: connection: drop, file: "
                        + "exits_{date:yyyyMMdd}.csv.gz); ");
        assertThat(trial.currentRelease()).isEqualTo("2025-03-03.1");
        assertThat(fpw.run("ingest", "exits", "--force", force, "--date", MONDAY.toString())
                        .exitCode())
                .isEqualTo(4);

        trial.edit(FEED, "extract: full\n", DAILY + "extract: full\n");
        assertThat(fpw.run("nightly", "--force", force, "--date", MONDAY.toString())
                        .exitCode())
                .isEqualTo(4);
        assertThat(trial.currentRelease()).isEqualTo("2025-03-03.1");

        // the file of Sunday is late, and that of Monday arrives
        trial.drop(SUNDAY).drop(MONDAY);
        Installation.Outcome made = fpw.succeed("nightly", "--force", force, "--date", MONDAY.toString());
        assertThat(made.out()).doesNotContain("Deliveries").doesNotContain("Lacking");
        assertThat(made.out())
                .contains("\nFiles in the drop folders that no load has read: 1\n  exits_20250302.csv.gz (feed "
                        + "exits, superseded by a later full extract)\n");
        assertThat(fpw.query(
                        trial.folder(),
                        "select \"day\", is_available from mart.queue_daily where is_total and \"day\" >= "
                                + "date '2025-03-01' order by 1"))
                .extracting(JsonNode::toString)
                .containsExactly(
                        "{\"day\":\"2025-03-01\",\"is_available\":true}",
                        "{\"day\":\"2025-03-02\",\"is_available\":true}",
                        "{\"day\":\"2025-03-03\",\"is_available\":true}");
    }
}
