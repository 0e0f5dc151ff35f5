package uk.fpw.warehouse.store.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.groups.Tuple.tuple;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The tables of a warehouse in a folder of this machine. */
class LocalStorageTest {

    private static final LocalDate DAY = LocalDate.of(2026, 5, 1);

    @TempDir
    Path temporary;

    private Path warehouse;
    private Path data;
    private LocalStorage storage;

    @BeforeEach
    void create() throws IOException {
        warehouse = temporary.toRealPath().resolve("my warehouse");
        data = warehouse.resolve("data/id");
        write("raw/devices/data/rows.parquet");
        write("raw/devices/data/.rows.parquet.crc");
        write("raw/devices/metadata/00001-x.metadata.json");
        write("raw/devices/metadata/x.digests");
        storage = new LocalStorage(warehouse, data);
    }

    private void write(String name) throws IOException {
        Path file = data.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, name);
    }

    @Test
    void aFileHasOneNameHoweverItsLocationIsSpelled() {
        String rows = data + "/raw/devices/data/rows.parquet";
        assertThat(storage.name("file://" + rows)).isEqualTo(rows);
        assertThat(storage.name("file:" + rows)).isEqualTo(rows);
        assertThat(storage.name(rows)).isEqualTo(rows);
        assertThat(storage.local("file:" + rows)).isEqualTo(Path.of(rows));
        assertThat(storage.exists("file:" + rows)).isTrue();
        assertThat(storage.exists("file:" + rows + "x")).isFalse();
    }

    @Test
    void aTableElsewhereIsNotHeld() {
        assertThat(storage.holds("file://" + data + "/raw/devices")).isTrue();
        assertThat(storage.holds("file://" + warehouse + "/data/another/raw/devices"))
                .isFalse();
    }

    @Test
    void checksumsBelongToTheirFileAndListsOfDigestsAreNoFilesOfATable() {
        assertThat(storage.files("file://" + data + "/raw/devices"))
                .extracting(
                        file -> Path.of(file.name()).getFileName().toString(),
                        file -> Path.of(file.belongsTo()).getFileName().toString())
                .containsExactlyInAnyOrder(
                        tuple("rows.parquet", "rows.parquet"),
                        tuple(".rows.parquet.crc", "rows.parquet"),
                        tuple("00001-x.metadata.json", "00001-x.metadata.json"));
        assertThat(storage.files("file://" + data + "/raw/none")).isEmpty();
    }

    @Test
    void foldersOfTablesAreThoseWithFiles() throws IOException {
        Files.createDirectories(data.resolve("mart/empty/data"));
        assertThat(storage.tableFolders()).isEqualTo(Map.of("raw.devices", data + "/raw/devices"));
        assertThat(storage.metadataFiles("raw.devices"))
                .containsExactlyInAnyOrder("00001-x.metadata.json", "x.digests");
        assertThat(storage.metadataFiles("raw.none")).isEmpty();
    }

    @Test
    void aFileMovedAsideIsKeptUnderItsDay() {
        String rows = data + "/raw/devices/data/rows.parquet";
        String moved = storage.moveAside(rows, DAY);
        assertThat(moved).isEqualTo(warehouse + "/orphans/2026-05-01/raw/devices/data/rows.parquet");
        assertThat(Path.of(moved)).hasContent("raw/devices/data/rows.parquet");
        assertThat(Path.of(rows)).doesNotExist();
        assertThat(storage.daysAside()).containsExactly(DAY);
        assertThat(storage.deleteAside(DAY)).isEqualTo(1);
        assertThat(storage.daysAside()).isEmpty();
    }

    @Test
    void aLinkToAnotherFolderIsNotMoved() throws IOException {
        Path outside = Files.writeString(temporary.toRealPath().resolve("outside.parquet"), "of another");
        Path link = Files.createSymbolicLink(data.resolve("raw/devices/data/link.parquet"), outside);
        assertThatThrownBy(() -> storage.moveAside(link.toString(), DAY))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage(link + " points outside " + data + "; it was left unchanged");
        assertThat(outside).exists();
    }
}
