package uk.fpw.warehouse.store.load;

import static uk.fpw.warehouse.store.load.LoadTesting.add;
import static uk.fpw.warehouse.store.load.LoadTesting.feed;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.iceberg.Table;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import uk.fpw.warehouse.force.feed.Feed;
import uk.fpw.warehouse.store.catalog.WarehouseCatalog;
import uk.fpw.warehouse.store.load.row.LoadMetadata;
import uk.fpw.warehouse.store.load.row.RowVersion;
import uk.fpw.warehouse.store.lock.LockGuard;
import uk.fpw.warehouse.testing.FeedBranch;
import uk.fpw.warehouse.testing.Replacing;
import uk.fpw.warehouse.testing.TestDatabase;

/** A catalog with one feed, and loads of its rows. */
abstract class LoadCommitTesting {

    static final LockGuard HELD = () -> {};
    static final Clock CLOCK = Clock.fixed(Instant.parse("2024-06-01T01:00:00Z"), ZoneOffset.UTC);

    @TempDir
    Path folder;

    TestDatabase database;
    final Feed feed = feed();
    WarehouseCatalog catalog;

    TestDatabase database() {
        return TestDatabase.embedded(folder);
    }

    @BeforeEach
    void open() throws Exception {
        database = database();
        database.baseline("V0047__count_superseded_rows", "V0057__create_tombstone");
        catalog = WarehouseCatalog.open(database.url(), database.user(), database.password(), folder);
    }

    @AfterEach
    void close() {
        if (catalog != null) { // Without Docker nothing was opened.
            catalog.close();
        }
    }

    Table load(String loadId, RowVersion... versions) {
        RawTable raw = RawTable.open(catalog, feed, HELD);
        long deleted = Stream.of(versions).filter(RowVersion::isDeleted).count();
        long loaded = versions.length - deleted;
        try (RawAppend append = raw.append(metadata(loadId))) {
            add(append, versions);
            Replacing.commit(append, new LoadCounts(loaded, loaded, 0, 0, deleted, 0), null);
        }
        return catalog.load("raw.devices");
    }

    static LoadMetadata metadata(String loadId) {
        return new LoadMetadata(
                loadId,
                LocalDate.of(2024, 5, 1),
                LocalDate.of(2024, 5, 1),
                CLOCK.instant(),
                "devices.csv",
                "d".repeat(64),
                null,
                null);
    }

    List<String> rows(String table, String... columns) {
        return FeedBranch.rows(catalog, table).stream()
                .map(row -> Stream.of(columns)
                        .map(column -> String.valueOf(row.getField(column)))
                        .collect(Collectors.joining(" ")))
                .sorted()
                .toList();
    }

    int dataFiles() throws IOException {
        try (Stream<Path> files = Files.walk(folder.resolve("data"))) {
            return (int)
                    files.filter(file -> file.toString().endsWith(".parquet")).count();
        }
    }
}
