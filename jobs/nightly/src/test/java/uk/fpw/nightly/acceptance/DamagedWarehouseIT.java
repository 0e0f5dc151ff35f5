package uk.fpw.nightly.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What commands report about damaged files: they work without the file, or end with 10, name it and say what restores
 * it; no figure changes. A sample; {@link DamagedFiles} has every combination.
 */
@Tag("thorough")
class DamagedWarehouseIT {

    /**
     * A missing database may mean, by the settings, that it is another one (2). A load needs the previous manifest
     * list, but not files without changed keys. In a truncated database file H2 may open an earlier state, even from
     * before a relocation: its rows belong to an older database.
     */
    private static final String EXPECTED = """
            raw data       empty  files   10
            raw data       gone   load    0
            raw vector     flip   load    0
            raw manifest   flip   files   10
            raw manifest   cut    load    0
            raw list       cut    ingest  10
            raw list       flip   load    0
            raw metadata   flip   query   0
            raw metadata   empty  status  0
            raw metadata   empty  ingest  10
            raw metadata   gone   ingest  10
            raw metadata   flip   nightly 10
            raw metadata   gone   load    0
            raw metadata   cut    release 0
            mart data      cut    query   10
            mart data      gone   export  10
            mart data      empty  report  10
            mart data      flip   verify  10
            mart data      flip   release 0
            mart list      gone   query   0
            mart list      cut    release 0
            mart manifest  flip   release 0
            mart metadata  gone   release 0
            mart digests   flip   query   0
            mart digests   flip   files   10
            raw digests    flip   nightly 0
            raw digests    gone   files   0
            release.json   gone   query   10
            release.json   flip   export  10
            release.json   cut    status  0
            release.json   gone   release 0
            pointer        gone   query   10
            pointer        empty  files   10
            pointer        flip   status  0
            database       cut    query   0
            database       empty  status  10
            database       empty  files   10
            database       empty  ingest  10
            database       older  ingest  10
            database       older  files   10
            database       older  query   0
            database       gone   status  2
            """;

    @TempDir
    private static Path folder;

    private static DamagedWarehouse warehouse;

    @BeforeAll
    static void fourNights() throws IOException {
        warehouse = new DamagedWarehouse(folder);
    }

    @Test
    void everyCommandWorksOrNamesTheFileAndTheWayBack() throws IOException {
        List<String> found = new ArrayList<>();
        for (String line : EXPECTED.lines().toList()) {
            String kind = line.substring(0, 15).strip();
            String[] cell = line.substring(15).strip().split(" +", -1);
            found.add("%-15s%-7s%-8s%s".formatted(kind, cell[0], cell[1], warehouse.ending(kind, cell[0], cell[1])));
        }
        assertThat(String.join("\n", found)).isEqualTo(EXPECTED.strip());
    }

    /** An undamaged file whose figures differ from the events: a bug, not damage. */
    @Test
    void soundFileWithOtherFiguresIsNoDamage() throws IOException {
        Path file = warehouse.file("mart data");
        Path other = folder.resolve("other.parquet");
        warehouse.run(
                "query",
                "--format",
                "parquet",
                "--output",
                other.toString(),
                "select * replace (waiting_count + 1 as waiting_count) from mart.queue_daily");
        Files.copy(other, file, StandardCopyOption.REPLACE_EXISTING);
        // as in a version that kept no digests
        Files.delete(warehouse.file("mart digests"));
        Path release = warehouse.file("release.json");
        Files.writeString(
                release,
                Files.readString(release)
                        .replaceFirst(",\\s*\"checksum\" : \"[0-9a-f]{8}\"", "")
                        .replaceAll("(?s),\\s*\"file_digests\" : \\[.*?]", ""));

        Installation.Outcome outcome = warehouse.run("verify");
        warehouse.putBack();
        assertThat(outcome.exitCode()).as(outcome.toString()).isEqualTo(5);
        assertThat(outcome.err())
                .startsWith("fpw: release " + DamagedWarehouse.CURRENT
                        + " differs from what was released; do not use its figures until the "
                        + "cause is known:\n  mart.queue_daily: its rows differ from the released ones (digest ")
                .contains("mart.queue_daily COUNTED_AGAIN")
                .doesNotContain("damaged");
    }
}
