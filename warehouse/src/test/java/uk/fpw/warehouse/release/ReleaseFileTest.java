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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import uk.fpw.warehouse.ledger.Release;

class ReleaseFileTest {

    @TempDir
    Path warehouse;

    private static ReleaseFile file() {
        return new ReleaseFile(
                "2016-01-12.1",
                LocalDate.of(2016, 1, 12),
                Instant.parse("2016-01-13T05:00:00Z"),
                "boston_311",
                "City of Boston",
                ZoneId.of("America/New_York"),
                "0.1.0",
                "f0",
                null,
                "d0",
                List.of(
                        new Release.Feed("closures", LocalDate.of(2016, 1, 11), LocalDate.of(2016, 1, 12), 2),
                        new Release.Feed("requests", LocalDate.of(2016, 1, 12), LocalDate.of(2016, 1, 12), 0)),
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
        file().write(warehouse);

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
                            "held_count" : 2
                          }, {
                            "name" : "requests",
                            "complete_to" : "2016-01-12",
                            "due_to" : "2016-01-12",
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
                        }""");
    }

    @Test
    void whatWasWrittenIsRead() {
        file().write(warehouse);

        assertThat(ReleaseFile.read(warehouse, "2016-01-12.1")).isEqualTo(file());
    }

    @Test
    void whatWasAcceptedAndByWhatItWasCountedAgainIsWrittenAndRead() {
        ReleaseFile plain = file();
        ReleaseFile accepted = new ReleaseFile(
                plain.releaseId(),
                plain.businessDate(),
                plain.releasedAt(),
                plain.force(),
                plain.forceName(),
                plain.zone(),
                plain.softwareVersion(),
                plain.forceDigest(),
                plain.keyFingerprint(),
                plain.digest(),
                plain.feeds(),
                List.of("requests:deleted of 2016-01-12, because the archive was cleared (recorded by ann)"),
                plain.definitions(),
                "d2",
                plain.tables());
        accepted.write(warehouse);

        assertThat(ReleaseFile.read(warehouse, "2016-01-12.1")).isEqualTo(accepted);
    }

    @Test
    void fileOfALaterFormIsRefused() throws Exception {
        Path file = ReleaseFile.path(warehouse, "2016-01-12.1");
        Files.createDirectories(file.getParent());
        Files.writeString(file, "{\"format\": 2}");

        assertThatThrownBy(() -> ReleaseFile.read(warehouse, "2016-01-12.1"))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessage("cannot read " + file + ": format 2 is not 1");
    }

    @Test
    void fileOfACandidateThatWasNeverReleasedGoes() throws Exception {
        file().write(warehouse);
        Path candidate = ReleaseFile.path(warehouse, "2016-01-13.1");
        Files.createDirectories(candidate.getParent());
        Files.writeString(candidate, "{}");
        Files.writeString(warehouse.resolve("releases/current"), "2016-01-12.1");
        Files.createDirectories(warehouse.resolve("releases/notes"));
        Files.writeString(warehouse.resolve("releases/notes/mine.txt"), "not a release");

        ReleaseFile.keepOnly(warehouse, List.of("2016-01-12.1"));

        assertThat(candidate.getParent()).doesNotExist();
        assertThat(ReleaseFile.read(warehouse, "2016-01-12.1")).isEqualTo(file());
        assertThat(warehouse.resolve("releases/current")).exists();
        assertThat(warehouse.resolve("releases/notes/mine.txt")).exists();
    }
}
