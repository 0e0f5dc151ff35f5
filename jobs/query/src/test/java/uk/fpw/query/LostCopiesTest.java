package uk.fpw.query;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** That they are fetched is tested with an object store and the whole application. */
class LostCopiesTest {

    private static final String IN_STORE = ", \"tables\": \"s3://tables/kent\"";

    @TempDir
    private Path folder;

    private Path warehouse;
    private ReleaseManifest release;

    @BeforeEach
    void releaseWithoutItsFile() throws IOException {
        warehouse = Files.createDirectories(folder.toRealPath().resolve("warehouse"));
        QueryTestWarehouse.release(warehouse, "2016-01-12.1", "2016-01-12", """
                {"name": "mart.queue_daily", "description": "One day.", "row_count": 3, "digest": "d",
                 "columns": [{"name": "day", "type": "date", "description": "The day."}], "files": ["data/a.parquet"]}
                """);
        release = new AvailableReleases(warehouse).read("2016-01-12.1");
    }

    private void identify(String tables) throws IOException {
        Files.writeString(warehouse.resolve("warehouse.json"), """
                {"id": "00000000-0000-0000-0000-000000000001", "force": "kent", "path": "%s", "data": "data",
                 "key_format": "base32", "created_at": "2026-11-23T00:00:00Z"%s}
                """.formatted(warehouse, tables));
    }

    @Test
    void aFailureOfTheApplicationSaysWhoCanFetchThem() throws IOException {
        identify(IN_STORE);
        assertThatThrownBy(() -> LostCopies.fetch(warehouse, release, folder.toString()))
                .isInstanceOfSatisfying(QueryException.class, failed -> assertThat(failed.exitCode())
                        .isEqualTo(QueryException.UNAVAILABLE))
                .hasMessageStartingWith("copies of files of release 2016-01-12.1 are missing here, and cannot be "
                        + "fetched again from the object store by this user; whoever runs the warehouse fetches them "
                        + "with `fpw export 2016-01-12.1`: ");
    }

    @Test
    void nothingIsStartedForCopiesThatAreHereNorForAFolder() throws IOException {
        identify("");
        assertThatCode(() -> LostCopies.fetch(warehouse, release, folder.toString()))
                .doesNotThrowAnyException();
        identify(IN_STORE);
        Files.writeString(Files.createDirectories(warehouse.resolve("data")).resolve("a.parquet"), "");
        assertThatCode(() -> LostCopies.fetch(warehouse, release, folder.toString()))
                .doesNotThrowAnyException();
    }
}
