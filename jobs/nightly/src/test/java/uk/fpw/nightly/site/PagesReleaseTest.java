package uk.fpw.nightly.site;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import uk.fpw.layout.ReleaseId;

class PagesReleaseTest {

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path pages;

    @Test
    void whatIsWrittenBesidePagesIsReadByAnotherMachineAndHasNoFigure() throws IOException, InterruptedException {
        PagesRelease release = new PagesRelease(
                "Kent Police",
                ReleaseId.of(LocalDate.of(2026, 11, 23), 1),
                LocalDate.of(2026, 11, 23),
                Instant.parse("2026-11-24T05:10:00Z"),
                ZoneId.of("Europe/London"));
        release.write(pages);

        Path file = pages.resolve("release.json");
        assertThat(Files.readString(file)).isEqualToIgnoringNewLines("""
                {
                  "force" : "Kent Police",
                  "release_id" : "2026-11-23.1",
                  "business_date" : "2026-11-23",
                  "released_at" : "2026-11-24T05:10:00Z",
                  "zone" : "Europe/London"
                }""");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                .isEqualTo("rw-r-----");
        assertThat(PagesRelease.read(pages.toString())).isEqualTo(release);
    }
}
