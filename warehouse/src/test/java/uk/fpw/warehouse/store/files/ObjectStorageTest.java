package uk.fpw.warehouse.store.files;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import uk.fpw.layout.KeyFormat;
import uk.fpw.layout.WarehouseIdentity;
import uk.fpw.layout.file.TableDigests;
import uk.fpw.layout.file.WrittenFile;
import uk.fpw.warehouse.failure.FpwException;

class ObjectStorageTest {

    private static final UUID ID = UUID.fromString("00000000-0000-0000-0000-000000000001");
    private static final String TABLE = "s3://tables/kent/data/" + ID + "/mart/queue_daily";
    private static final String FILE = TABLE + "/data/queue=a/1.parquet";
    private static final String OTHER = TABLE + "/data/2.parquet";

    @TempDir
    private Path folder;

    private Path warehouse;
    private FolderObjects objects;
    private ObjectStorage storage;

    @BeforeEach
    void fill() throws IOException {
        warehouse = Files.createDirectories(folder.toRealPath().resolve("warehouse"));
        objects = new FolderObjects(folder.resolve("bucket"), "s3://tables/");
        objects.put(FILE, "one");
        objects.put(OTHER, "second");
        objects.put(TABLE + "/metadata/00001-a.metadata.json", "{}");
        storage = storage(Long.MAX_VALUE);
    }

    private ObjectStorage storage(long maxCopyBytes) {
        return new ObjectStorage(
                objects,
                new WarehouseIdentity(ID, "kent", warehouse, "data/" + ID, KeyFormat.BASE32, Instant.EPOCH)
                        .in("s3://tables/kent"),
                maxCopyBytes);
    }

    @Test
    void copiesAreWhereALocalWarehouseHasItsFiles() throws IOException {
        List<Path> copies = storage.local(List.of(OTHER, FILE, OTHER));

        Path table = warehouse.resolve("data/" + ID + "/mart/queue_daily/data");
        assertThat(copies)
                .containsExactly(
                        table.resolve("2.parquet"), table.resolve("queue=a/1.parquet"), table.resolve("2.parquet"));
        assertThat(copies.get(0)).hasContent("second");
        assertThat(copies.get(1)).hasContent("one");
        assertThat(Objects.requireNonNull(new TableDigests().of(copies.get(1))).crc32())
                .isEqualTo("7a6c86f1");
        assertThat(objects.requests).containsExactly("read", "read");
        assertThat(unfinished()).isEmpty();
    }

    @Test
    void copiesAreFetchedOnceAndReadByOthers() throws IOException {
        Path copy = storage.local(FILE);
        assertThat(storage(1).local(FILE)).isEqualTo(copy);
        assertThat(objects.requests).containsExactly("read");
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(copy)))
                .isEqualTo("rw-r-----");
    }

    @Test
    void copiesThatDifferAreNotMade() throws IOException {
        objects.wrong = "/2.parquet";
        assertThatThrownBy(() -> storage.local(List.of(FILE, OTHER)))
                .isInstanceOf(FpwException.class)
                .hasMessageContaining("data/2.parquet: it ended after 1 of 2 bytes: " + OTHER);
        assertThatThrownBy(() -> storage.local(TABLE + "/data/3.parquet"))
                .isInstanceOf(FpwException.class)
                .hasMessageContaining("data/3.parquet: it is missing: " + TABLE + "/data/3.parquet");
        assertThat(unfinished()).isEmpty();
        assertThat(storage.path(OTHER)).doesNotExist();
    }

    @Test
    void lostCopiesAreFetchedAgain() throws IOException {
        List<Path> copies = storage.local(List.of(FILE, OTHER));
        List<WrittenFile> written =
                List.of(new WrittenFile(copies.get(0), 3, "7a6c86f1"), new WrittenFile(copies.get(1), 6, null));
        Path release = warehouse.resolve("release.json");
        Files.delete(copies.get(0));
        Files.writeString(copies.get(1), "cut");
        objects.requests.clear();

        storage.renewCopies(() -> Stream.concat(written.stream(), Stream.of(new WrittenFile(release)))
                .toList());

        assertThat(copies.get(0)).hasContent("one");
        assertThat(copies.get(1)).hasContent("second");
        assertThat(release).doesNotExist();
        assertThat(objects.requests).containsExactlyInAnyOrder("size", "size", "read", "read");
        storage.renewCopies(() -> written);
        assertThat(objects.requests).hasSize(4);
    }

    @Test
    void copiesOfWhatTheStoreHasLostAreLeftMissing() throws IOException {
        Path copy = storage.local(FILE);
        Path other = storage.local(OTHER);
        Files.delete(copy);
        Files.delete(other);
        objects.delete(List.of(FILE));
        objects.put(OTHER, "another");

        storage.renewCopies(() -> List.of(new WrittenFile(copy, 3, "7a6c86f1"), new WrittenFile(other, 6, null)));

        assertThat(copy).doesNotExist();
        assertThat(other).doesNotExist();
        objects.put(OTHER, "second");
        objects.wrong = "/2.parquet";
        assertThatThrownBy(() -> storage.renewCopies(() -> List.of(new WrittenFile(other, 6, null))))
                .isInstanceOf(FpwException.class)
                .hasMessageContaining("data/2.parquet: it ended after 1 of 2 bytes: " + OTHER);
    }

    @Test
    void namesOutsideAreRefused() {
        for (String location : List.of(
                "s3://tables/other/data/x.parquet",
                TABLE + "/../../../../../../x",
                "s3://tables/kent/data/" + ID + "/../x")) {
            assertThatThrownBy(() -> storage.local(location)).isInstanceOf(IllegalStateException.class);
        }
        assertThat(storage.holds("s3a://tables/kent/data/" + ID + "/raw/a")).isTrue();
        assertThat(storage.holds("s3://tables/kent/data/00000000-0000-0000-0000-0000000000011/raw/a"))
                .isFalse();
    }

    @Test
    void filesAreComparedWithTheStore() throws IOException {
        Path path = storage.path(FILE);
        assertThat(storage.isDamaged(FILE, 3)).isFalse();
        assertThat(storage.isDamaged(FILE, 4)).isTrue();
        assertThat(Objects.requireNonNull(storage.compare(TABLE + "/data/3.parquet"))
                        .problem())
                .isEqualTo("it is missing: " + TABLE + "/data/3.parquet");
        assertThat(storage.compare(new WrittenFile(path, 3, "7a6c86f1"), true).state())
                .isEqualTo(WrittenFile.State.WHOLE);
        assertThat(storage.compare(new WrittenFile(path, 3, "00000000"), true).problem())
                .isEqualTo("its content is not what was written: " + FILE);
        assertThat(storage.damaged(List.of(new WrittenFile(path, 3, null), new WrittenFile(path, 5, null))))
                .hasSize(1);
        // A file of the warehouse folder that is not of a table.
        Path release = Files.writeString(warehouse.resolve("release.json"), "{}");
        assertThat(storage.compare(new WrittenFile(release, 2, null), false).isDamaged())
                .isFalse();
        assertThat(storage.size(new WrittenFile(release))).isEqualTo(2);
        assertThat(storage.size(new WrittenFile(path, 3, null))).isEqualTo(3);
    }

    @Test
    void tablesAreListedInOneRequest() {
        assertThat(storage.tableFolders()).isEqualTo(Map.of("mart.queue_daily", TABLE));
        assertThat(storage.metadataFiles("mart.queue_daily")).containsExactly("00001-a.metadata.json");
        objects.requests.clear();
        TableStorage listed = storage.listed();
        assertThat(listed.tableFolders()).isEqualTo(Map.of("mart.queue_daily", TABLE));
        assertThat(listed.metadataFiles("mart.queue_daily")).containsExactly("00001-a.metadata.json");
        assertThat(listed.metadataFiles("mart.queue")).isEmpty();
        assertThat(listed.exists(FILE)).isTrue();
        assertThat(objects.requests).containsExactly("list");
        assertThat(listed.exists(TABLE + "/data/3.parquet")).isFalse();
        objects.put(TABLE + "/data/3.parquet", "which the list lacked");
        assertThat(listed.exists(TABLE + "/data/3.parquet")).isTrue();
    }

    @Test
    void filesAreMovedAsideAndDeletedLater() {
        Path copy = storage.local(FILE);
        assertThat(storage.files(TABLE))
                .extracting(TableStorage.StoredFile::name)
                .containsExactly(OTHER, FILE, TABLE + "/metadata/00001-a.metadata.json");

        String aside = "s3://tables/kent/orphans/" + ID + "/2026-11-23/mart/queue_daily/data/queue=a/1.parquet";
        assertThat(storage.moveAside(FILE, LocalDate.of(2026, 11, 23))).isEqualTo(aside);

        assertThat(objects.size(FILE)).isNull();
        assertThat(objects.size(aside)).isEqualTo(3);
        assertThat(copy).doesNotExist();
        assertThat(storage.daysAside()).containsExactly(LocalDate.of(2026, 11, 23));
        assertThat(storage.deleteAside(LocalDate.of(2026, 11, 23))).isEqualTo(1);
        assertThat(storage.daysAside()).isEmpty();
    }

    @Test
    void copiesOfDeletedFilesAreDeleted() {
        Path copy = storage.local(FILE);
        Path other = storage.local(OTHER);
        objects.delete(List.of(FILE));

        storage.tidyCopies();

        assertThat(copy).doesNotExist();
        assertThat(other).exists();
    }

    @Test
    void copiesInExcessAreDeletedUnlessInUse() throws IOException {
        Path copy = storage.local(FILE);
        Path other = storage.local(OTHER);
        FileTime longAgo = FileTime.from(Instant.now().minus(Duration.ofDays(3)));
        Files.setLastModifiedTime(copy, longAgo);
        Path left = Files.createDirectories(warehouse.resolve("scratch/s3")).resolve("s3fileio-1.tmp");
        Files.setLastModifiedTime(Files.writeString(left, "of a killed run"), longAgo);

        storage(9).tidyCopies();
        assertThat(copy).exists();
        assertThat(left).doesNotExist();
        storage(8).tidyCopies();
        assertThat(copy).doesNotExist();
        assertThat(other).exists();
        storage(1).tidyCopies();
        assertThat(other).exists();
        assertThat(storage.local(FILE)).hasContent("one");
    }

    private List<Path> unfinished() throws IOException {
        try (Stream<Path> files = Files.walk(warehouse)) {
            return files.filter(file -> file.toString().endsWith(".part")).toList();
        }
    }
}
