package uk.fpw.warehouse.store.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.catchThrowable;
import static uk.fpw.warehouse.store.load.LoadTesting.add;
import static uk.fpw.warehouse.store.load.LoadTesting.feed;
import static uk.fpw.warehouse.store.load.LoadTesting.row;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.Table;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import uk.fpw.layout.file.WrittenFile;
import uk.fpw.warehouse.failure.Damage;
import uk.fpw.warehouse.store.catalog.WarehouseCatalog;
import uk.fpw.warehouse.store.files.LocalStorage;
import uk.fpw.warehouse.store.load.row.LoadMetadata;
import uk.fpw.warehouse.store.maintenance.FileVerification;
import uk.fpw.warehouse.testing.FeedBranch;
import uk.fpw.warehouse.testing.Replacing;
import uk.fpw.warehouse.testing.TestDatabase;

class FileVerificationIT {

    private static final LocalDate MAY_1 = LocalDate.of(2024, 5, 1);

    @TempDir
    Path folder;

    private WarehouseCatalog catalog;
    private FileVerification verification;

    /** Two data files, a deletion vector, and their metadata. */
    @BeforeEach
    void twoLoads() throws Exception {
        TestDatabase database = TestDatabase.embedded(folder);
        database.baseline();
        Files.writeString(folder.resolve("warehouse.json"), "{}");
        catalog = WarehouseCatalog.open(database.url(), database.user(), database.password(), folder);
        verification = new FileVerification(catalog);
        RawTable raw = RawTable.open(catalog, feed(), () -> {});
        for (int day = 0; day < 2; day++) {
            LocalDate date = MAY_1.plusDays(day);
            LoadMetadata metadata = new LoadMetadata(
                    "load-" + day,
                    date,
                    date,
                    Instant.parse("2024-06-01T01:00:00Z"),
                    "devices.csv",
                    "d".repeat(64),
                    null,
                    null);
            try (RawAppend append = raw.append(metadata)) {
                add(append, row("A", day + 1), row("B" + day, 1));
                Replacing.commit(append, new LoadCounts(2, 2, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0), null);
            }
        }
    }

    @AfterEach
    void close() {
        catalog.close();
    }

    private Path file(String name) throws IOException {
        try (Stream<Path> files = Files.walk(folder)) {
            return files.filter(file -> file.getFileName().toString().matches(name))
                    .sorted()
                    .reduce((first, second) -> second)
                    .orElseThrow();
        }
    }

    @Test
    void everyKindOfFileThatATableNeedsIsReadAndItsDamageFound() throws Exception {
        assertThat(verification.readAll().damaged()).isEmpty();
        Table table = catalog.load("raw.devices");
        Snapshot head = table.currentSnapshot();
        for (Path file : List.of(
                file("\\d+-\\d+-load-0-.*[.]parquet"),
                file(".*[.]puffin"),
                LocalStorage.file(head.allManifests(table.io()).get(0).path()),
                LocalStorage.file(head.manifestListLocation()),
                file("\\d+-.*[.]metadata[.]json"))) {
            byte[] content = Files.readAllBytes(file);

            byte[] flipped = content.clone();
            flipped[content.length / 2] ^= 1;
            Files.write(file, flipped);
            assertThat(verification.readAll().damaged())
                    .extracting(found -> found.file().path())
                    .containsExactly(file);
            assertThat(Damage.filesNamedBy(catchThrowable(() -> rows())))
                    .extracting(WrittenFile.Comparison::describe)
                    .containsExactly(file + " is damaged: its content is not what was written");
            Files.delete(file);
            assertThat(verification.readAll().damaged())
                    .extracting(WrittenFile.Comparison::describe)
                    .containsExactly(file + " is damaged: it is missing");
            Files.write(file, content);
        }
        assertThat(verification.damagedOf("raw.devices")).isEmpty();
    }

    /** Both branches of the feed. */
    private void rows() {
        FeedBranch.rows(catalog, "raw.devices");
        FeedBranch.rows(catalog, "current.devices");
    }

    @Test
    void digestsThatAreGoneAreNoDamageAndThoseThatAreWrongAre() throws Exception {
        Path list = file(".*[.]digests");
        byte[] content = Files.readAllBytes(list);
        content[20] ^= 1;
        Files.write(list, content);
        FileVerification.Result result = verification.readAll();
        assertThat(result.damaged())
                .extracting(WrittenFile.Comparison::describe)
                .containsExactly(list + " is damaged: it is not what was written");
        assertThat(result.uncheckedCount()).isEqualTo(result.fileCount());
        assertThatCode(this::rows).doesNotThrowAnyException();

        Files.delete(list);
        result = verification.readAll();
        assertThat(result.damaged()).isEmpty();
        assertThat(result.uncheckedCount()).isEqualTo(result.fileCount());
    }

    @Test
    void checksumsThatAreWrongBesideAFileThatIsWholeAreToBeDeleted() throws Exception {
        Path data = file("\\d+-\\d+-load-0-.*[.]parquet");
        Path sums = Files.writeString(data.resolveSibling("." + data.getFileName() + ".crc"), "crc");

        assertThat(verification.readAll().damaged())
                .extracting(WrittenFile.Comparison::problem)
                .containsExactly("its content is what was written, but not the checksums beside it (" + sums
                        + " is damaged: its length of 3 bytes is wrong); delete them: " + sums);
    }

    @Test
    void eachFileIsReadOnceInSoManyDays() throws Exception {
        long files = verification.readAll().fileCount();
        long read = 0;
        List<Long> perDay = new ArrayList<>();
        for (int day = 0; day < 4; day++) {
            FileVerification.Result result = verification.readShare(4, MAY_1.plusDays(day));
            perDay.add(result.readCount());
            read += result.readCount();
        }
        assertThat(perDay).as("%s files", files).allMatch(count -> count >= 1 && count < files);
        assertThat(read).isBetween(files, files + 4); // The last file of a day may exceed the rest of its share.
        // Missed days are caught up.
        assertThat(verification.readShare(4, MAY_1.plusDays(30)).readCount()).isEqualTo(files);
    }

    /** Missing files are found on the first day, whatever the progress. */
    @Test
    void missingFileIsFoundWithoutBeingRead() throws Exception {
        Path data = file("\\d+-\\d+-load-1-[^-].*[.]parquet");
        verification.readShare(1000, MAY_1);
        Files.delete(data);

        assertThat(verification.readShare(1000, MAY_1.plusDays(1)).damaged())
                .extracting(WrittenFile.Comparison::describe)
                .containsExactly(data + " is damaged: it is missing");
    }
}
