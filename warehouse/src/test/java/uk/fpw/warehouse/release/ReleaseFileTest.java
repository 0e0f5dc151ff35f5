package uk.fpw.warehouse.release;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import uk.fpw.layout.DeliveryState;
import uk.fpw.layout.ReleaseFile;
import uk.fpw.layout.ReleaseId;
import uk.fpw.layout.ReleasedFeed;

@Tag("time-zone")
class ReleaseFileTest {

    private static final ReleaseId ID = ReleaseId.of("2016-01-12.1");

    @TempDir
    Path warehouse;

    private static ReleaseFile file() {
        return new ReleaseFile(
                new ReleaseFile.Made(ID, LocalDate.of(2016, 1, 12), Instant.parse("2016-01-13T05:00:00Z")),
                new ReleaseFile.Owner("boston_311", "City of Boston", ZoneId.of("America/New_York")),
                new ReleaseFile.Versions("0.1.0", "f0", null, "d0"),
                List.of(
                        new ReleasedFeed(
                                "closures",
                                LocalDate.of(2016, 1, 11),
                                LocalDate.of(2016, 1, 12),
                                DeliveryState.NOT_DELIVERED,
                                2),
                        new ReleasedFeed(
                                "requests",
                                LocalDate.of(2016, 1, 12),
                                LocalDate.of(2016, 1, 12),
                                DeliveryState.CURRENT,
                                0)),
                List.of(new ReleaseFile.Table(
                        "mart.queue_daily",
                        "One day.",
                        2,
                        "d1",
                        List.of(new ReleaseFile.Column("day", "date", "Local calendar day.")),
                        List.of("data/mart/queue_daily/data/a.parquet"))));
    }

    @Test
    void fileHasTheFormThatTheQueryToolReads() throws Exception {
        ReleaseFiles.write(warehouse, file());

        assertThat(Files.readString(warehouse.resolve("releases/2016-01-12.1/release.json")))
                .isEqualToNormalizingNewlines("""
                    {
                      "format" : 1,
                      "release_id" : "2016-01-12.1",
                      "business_date" : "2016-01-12",
                      "released_at" : "2016-01-13T05:00:00Z",
                      "force" : "boston_311",
                      "force_name" : "City of Boston",
                      "zone" : "America/New_York",
                      "software_version" : "0.1.0",
                      "force_digest" : "f0",
                      "key_fingerprint" : null,
                      "digest" : "d0",
                      "feeds" : [ {
                        "name" : "closures",
                        "complete_to" : "2016-01-11",
                        "due_to" : "2016-01-12",
                        "delivery" : "not_delivered",
                        "held_count" : 2
                      }, {
                        "name" : "requests",
                        "complete_to" : "2016-01-12",
                        "due_to" : "2016-01-12",
                        "delivery" : "current",
                        "held_count" : 0
                      } ],
                      "tables" : [ {
                        "name" : "mart.queue_daily",
                        "description" : "One day.",
                        "row_count" : 2,
                        "digest" : "d1",
                        "columns" : [ {
                          "name" : "day",
                          "type" : "date",
                          "description" : "Local calendar day."
                        } ],
                        "files" : [ "data/mart/queue_daily/data/a.parquet" ]
                      } ]
                    }\
                    """);
    }

    @Test
    void whatWasWrittenIsRead() {
        ReleaseFiles.write(warehouse, file());

        assertThat(ReleaseFiles.read(warehouse, ID)).isEqualTo(file());
    }

    @Test
    void whatWasAcceptedAndByWhatItWasCountedAgainIsWrittenAndRead() {
        ReleaseFile plain = file();
        ReleaseFile accepted = new ReleaseFile(
                plain.made(),
                plain.owner(),
                plain.versions(),
                plain.feeds(),
                List.of("requests:deleted of 2016-01-12, because the archive was cleared (recorded by ann)"),
                plain.definitions(),
                "d2",
                plain.tables());
        ReleaseFiles.write(warehouse, accepted);

        assertThat(ReleaseFiles.read(warehouse, ID)).isEqualTo(accepted);
    }

    /** Without what later versions have added, and with a field that a version after this one may add. */
    @Test
    void filesOfEarlierAndLaterVersionsAreRead() throws Exception {
        Path file = ReleaseFiles.path(warehouse, ID);
        Files.createDirectories(file.getParent());
        Files.writeString(file, """
            {"format": 1, "release_id": "2016-01-12.1", "business_date": "2016-01-12",
             "released_at": "2016-01-13T05:00:00Z", "force": "boston_311", "force_name": "City of Boston",
             "zone": "America/New_York", "software_version": "0.1.0", "force_digest": "f0", "key_fingerprint": null,
             "digest": "d0", "weather": "fair", "feeds": [{"name": "requests", "complete_to": "2016-01-12"}],
             "tables": []}
            """);

        ReleaseFile read = ReleaseFiles.read(warehouse, ID);
        assertThat(read)
                .isEqualTo(new ReleaseFile(
                        file().made(),
                        file().owner(),
                        file().versions(),
                        List.of(new ReleasedFeed(
                                "requests", LocalDate.of(2016, 1, 12), LocalDate.of(2016, 1, 12), null, 0)),
                        List.of()));
        assertThat(read.feeds().get(0).isMissing()).isFalse();
    }

    @Test
    void fileWithoutATablesFilesSaysSo() throws Exception {
        ReleaseFiles.write(warehouse, file());
        Path file = ReleaseFiles.path(warehouse, ID);
        Files.writeString(file, Files.readString(file).replace("\"files\"", "\"filed\""));

        assertThatThrownBy(() -> ReleaseFiles.read(warehouse, ID))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessage("cannot read " + file + ": files of mart.queue_daily: missing");
    }

    @Test
    void tableWithoutItsNumberOfRowsIsNoTableWithoutRows() throws Exception {
        ReleaseFiles.write(warehouse, file());
        Path file = ReleaseFiles.path(warehouse, ID);
        String whole = Files.readString(file);
        for (String missing : List.of("\"row_counted\" : 2", "\"row_count\" : null")) {
            Files.writeString(file, whole.replace("\"row_count\" : 2", missing));

            assertThatThrownBy(() -> ReleaseFiles.read(warehouse, ID))
                    .isInstanceOf(UncheckedIOException.class)
                    .hasMessage("cannot read " + file + ": row_count of mart.queue_daily: missing");
        }
        Files.writeString(file, whole.replace("\"row_count\" : 2", "\"row_count\" : \"\""));
        assertThatThrownBy(() -> ReleaseFiles.read(warehouse, ID))
                .hasMessage("cannot read " + file + ": row_count of mart.queue_daily: not a whole number");
    }

    @Test
    void fileOfAHostileReleaseIdIsRefused() throws Exception {
        ReleaseFiles.write(warehouse, file());
        Path file = ReleaseFiles.path(warehouse, ID);
        Files.writeString(
                file,
                Files.readString(file).replace("\"release_id\" : \"2016-01-12.1\"", "\"release_id\" : \"../mine\""));

        assertThatThrownBy(() -> ReleaseFiles.read(warehouse, ID))
                .hasMessage("cannot read " + file
                        + ": release_id: '../mine' is not a release id, which is a business date and a number from 1,"
                        + " such as 2016-01-12.1");
    }

    @Test
    void fileOfALaterFormIsRefused() throws Exception {
        Path file = ReleaseFiles.path(warehouse, ID);
        Files.createDirectories(file.getParent());
        Files.writeString(file, "{\"format\": 2}");

        assertThatThrownBy(() -> ReleaseFiles.read(warehouse, ID))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessage("cannot read " + file + ": format 2 is not 1");
    }

    @Test
    void fileOfACandidateThatWasNeverReleasedGoes() throws Exception {
        ReleaseFiles.write(warehouse, file());
        Path candidate = ReleaseFiles.path(warehouse, ReleaseId.of("2016-01-13.1"));
        Files.createDirectories(candidate.getParent());
        Files.writeString(candidate, "{}");
        Files.writeString(warehouse.resolve("releases/current"), "2016-01-12.1");
        Files.createDirectories(warehouse.resolve("releases/notes"));
        Files.writeString(warehouse.resolve("releases/notes/mine.txt"), "not a release");
        Files.writeString(warehouse.resolve("releases/notes/release.json"), "not a release either");

        ReleaseFiles.keepOnly(warehouse, List.of(ID));

        assertThat(candidate.getParent()).doesNotExist();
        assertThat(ReleaseFiles.read(warehouse, ID)).isEqualTo(file());
        assertThat(warehouse.resolve("releases/current")).exists();
        assertThat(warehouse.resolve("releases/notes/mine.txt")).exists();
        assertThat(warehouse.resolve("releases/notes/release.json")).exists();
    }
}
