package uk.fpw.warehouse.store.release;

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
import uk.fpw.layout.ReleasedAcceptance;
import uk.fpw.layout.ReleasedFeed;
import uk.fpw.layout.file.DamagedFileException;
import uk.fpw.layout.file.FileDigest;
import uk.fpw.warehouse.failure.ExitCode;
import uk.fpw.warehouse.failure.FpwException;

@Tag("time-zone")
class ReleaseFileTest {

    private static final ReleaseId ID = ReleaseId.of("2016-01-12.1");
    private static final ReleasedAcceptance ARCHIVE_CLEARED = new ReleasedAcceptance(
            "requests",
            "deleted",
            LocalDate.of(2016, 1, 12),
            "996 of 1,002 rows deleted",
            "the archive was cleared",
            "ann");

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
                        List.of("data/mart/queue_daily/data/a.parquet"),
                        List.of(new FileDigest(1234, "0a1b2c3d")),
                        false)));
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
                        "files" : [ "data/mart/queue_daily/data/a.parquet" ],
                        "file_digests" : [ {
                          "bytes" : 1234,
                          "crc32" : "0a1b2c3d"
                        } ]
                      } ],
                      "checksum" : "70aa483c"
                    }\
                    """);
    }

    /** The text of a file of an earlier version, without a checksum. */
    private static String withoutChecksum(String json) {
        return json.replaceFirst(",\\s*\"checksum\" : \"[0-9a-f]{8}\"", "")
                .replaceFirst("(?s),\\s*\"file_digests\" : \\[.*?]", "");
    }

    /** A release whose description was altered on disk is not read, whatever the alteration. */
    @Test
    void singleBitThatIsFlippedInTheFileIsFound() throws Exception {
        ReleaseFiles.write(warehouse, file());
        Path path = ReleaseFiles.path(warehouse, ID);
        byte[] content = Files.readAllBytes(path);

        for (int bit = 0; bit < content.length * Byte.SIZE; bit += 61) {
            content[bit / Byte.SIZE] ^= (byte) (1 << bit % Byte.SIZE);
            Files.write(path, content);
            content[bit / Byte.SIZE] ^= (byte) (1 << bit % Byte.SIZE);

            assertThatThrownBy(() -> ReleaseFile.read(path)).as("bit %d", bit).isInstanceOf(DamagedFileException.class);
        }
    }

    @Test
    void releaseWithoutItsFileIsDamagedAndSaysWhatBringsItBack() throws Exception {
        Path path = ReleaseFiles.path(warehouse, ID);
        Files.writeString(Files.createDirectories(warehouse).resolve("warehouse.json"), "{}");

        assertThatThrownBy(() -> ReleaseFiles.read(warehouse, ID))
                .isInstanceOfSatisfying(FpwException.class, failed -> assertThat(failed.exitCode())
                        .isEqualTo(ExitCode.DAMAGED))
                .hasMessage("""
                        a file of the warehouse is damaged:
                          %s: it is missing
                        Release 2016-01-12.1: restore it from a backup, or withdraw the release: fpw withdraw release \
                        2016-01-12.1, then fpw nightly
                        Releases in which files are damaged: none; releases without these files: none
                        Restore a file from a backup together with the .crc beside it, if there is one; then \
                        `fpw verify --files` checks all other files""".formatted(path));
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
                        plain.made(), plain.owner(), plain.versions(), plain.feeds(), plain.tables())
                .withAcceptances(List.of(ARCHIVE_CLEARED))
                .withDefinitions(plain.definitions(), "d2");
        ReleaseFiles.write(warehouse, accepted);

        assertThat(ReleaseFiles.read(warehouse, ID)).isEqualTo(accepted);
        assertThat(accepted.accepted())
                .as("what earlier versions read")
                .containsExactly("requests:deleted of 2016-01-12 (996 of 1,002 rows deleted), because the archive was "
                        + "cleared (recorded by ann)");
    }

    @Test
    void acceptancesOfAReleaseOfAnEarlierVersionAreReadFromItsSentences() throws Exception {
        ReleaseFile plain = file();
        ReleaseFiles.write(warehouse, plain);
        Path file = ReleaseFiles.path(warehouse, ID);
        Files.writeString(
                file,
                withoutChecksum(Files.readString(file))
                        .replaceFirst(
                                "\"tables\"", "\"accepted\": [\"" + ARCHIVE_CLEARED.describe() + "\"], \"tables\""));

        assertThat(ReleaseFiles.read(warehouse, ID).acceptances()).containsExactly(ARCHIVE_CLEARED);
    }

    /** Without later fields, and with a field that a future version may add. */
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
        Files.writeString(file, withoutChecksum(Files.readString(file)).replace("\"files\"", "\"filed\""));

        assertThatThrownBy(() -> ReleaseFiles.read(warehouse, ID))
                .isInstanceOf(FpwException.class)
                .hasMessageContaining(file + ": files of mart.queue_daily: missing");
    }

    @Test
    void tableWithoutItsNumberOfRowsIsNoTableWithoutRows() throws Exception {
        ReleaseFiles.write(warehouse, file());
        Path file = ReleaseFiles.path(warehouse, ID);
        String whole = withoutChecksum(Files.readString(file));
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
                withoutChecksum(Files.readString(file))
                        .replace("\"release_id\" : \"2016-01-12.1\"", "\"release_id\" : \"../mine\""));

        assertThatThrownBy(() -> ReleaseFiles.read(warehouse, ID))
                .hasMessageContaining(file
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
