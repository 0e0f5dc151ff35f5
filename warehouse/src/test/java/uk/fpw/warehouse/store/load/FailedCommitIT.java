package uk.fpw.warehouse.store.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;
import static uk.fpw.warehouse.store.load.LoadTesting.add;
import static uk.fpw.warehouse.store.load.LoadTesting.feed;
import static uk.fpw.warehouse.store.load.LoadTesting.row;

import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.stream.Stream;
import org.apache.iceberg.FileScanTask;
import org.apache.iceberg.Table;
import org.apache.iceberg.Transaction;
import org.apache.iceberg.exceptions.CleanableFailure;
import org.apache.iceberg.exceptions.CommitFailedException;
import org.apache.iceberg.exceptions.NotFoundException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import uk.fpw.warehouse.failure.ExitCode;
import uk.fpw.warehouse.failure.FpwException;
import uk.fpw.warehouse.force.feed.Feed;
import uk.fpw.warehouse.store.catalog.WarehouseCatalog;
import uk.fpw.warehouse.store.load.row.DeletionVectors;
import uk.fpw.warehouse.store.load.row.LoadMetadata;
import uk.fpw.warehouse.store.load.row.RowPositions;
import uk.fpw.warehouse.store.load.row.RowVersion;
import uk.fpw.warehouse.store.load.row.VerifiedCommit;
import uk.fpw.warehouse.store.lock.LockGuard;
import uk.fpw.warehouse.testing.FeedBranch;
import uk.fpw.warehouse.testing.Replacing;
import uk.fpw.warehouse.testing.TestDatabase;

/** Files that remain after a failure: those of a commit that happened or may have happened, and no others. */
class FailedCommitIT {

    private static final LockGuard HELD = () -> {};

    @TempDir
    private Path folder;

    private final Feed feed = feed();
    private WarehouseCatalog catalog;

    @BeforeEach
    void oneLoad() throws Exception {
        folder = folder.toRealPath();
        TestDatabase database = TestDatabase.embedded(folder);
        database.baseline();
        catalog = WarehouseCatalog.open(database.url(), database.user(), database.password(), folder);
        load(RawTable.open(catalog, feed, HELD).append(metadata("load-1")), row("A", 1), row("B", 1), row("C", 1));
    }

    @AfterEach
    void close() {
        catalog.close();
    }

    /** Failures that, thrown by a commit, mean that nothing was committed. */
    static Stream<RuntimeException> failuresOfTheLookUp() {
        return Stream.of(new NotFoundException("no such file"), new FpwException(ExitCode.UNAVAILABLE, "no database"));
    }

    @ParameterizedTest
    @MethodSource("failuresOfTheLookUp")
    void filesOfALoadThatCannotBeLookedUpStay(RuntimeException failure) {
        Table table = catalog.load("raw.devices");
        int[] refreshed = {0};
        Table failing = proxy(Table.class, table, "refresh", () -> {
            if (++refreshed[0] == 2) { // The first refresh is before the commit.
                throw failure;
            }
        });
        RawAppend append = new RawAppend(
                failing, feed, HELD, CurrentTable.open(catalog, feed, HELD).rows(), metadata("load-2"));

        assertThatThrownBy(() -> load(append, row("A", 2)))
                .isExactlyInstanceOf(IllegalStateException.class)
                .hasMessage(table.name() + ": a commit succeeded, but its snapshot could not be looked up: "
                        + failure.getMessage())
                .hasCause(failure);

        assertThat(rows("current.devices")).containsExactly("A load-2", "B load-1", "C load-1");
        assertThat(rows("raw.devices")).containsExactly("A load-1", "A load-2", "B load-1", "C load-1");
    }

    @Test
    void commitThatFailedAndCannotBeLookedUpMayHaveHappened() {
        Table table = catalog.load("raw.devices");
        Table failing = proxy(Table.class, table, "refresh", () -> {
            throw new NotFoundException("no such file");
        });
        CommitFailedException refused = new CommitFailedException("another version is there");
        Transaction transaction = proxy(Transaction.class, table.newTransaction(), "commitTransaction", () -> {
            throw refused;
        });

        Throwable failure = catchThrowable(() -> VerifiedCommit.commit(failing, transaction, HELD, "fpw.test", "x"));

        assertThat(failure)
                .isNotInstanceOf(CleanableFailure.class)
                .isNotInstanceOf(FpwException.class)
                .hasMessage(table.name() + ": a commit failed, but its snapshot could not be looked up: no such file")
                .hasSuppressedException(refused);
    }

    @Test
    void vectorsThatCannotBeFinishedLeaveNoFile() throws IOException {
        load(RawTable.open(catalog, feed, HELD).append(metadata("load-2")), row("A", 2));
        Table table = catalog.load("raw.devices");
        DeletionVectors vectors = new DeletionVectors(table, "test");
        List<FileScanTask> marked = RowPositions.files(table.newScan().useRef("current")).stream()
                .filter(file -> !file.deletes().isEmpty())
                .toList();
        assertThat(marked).hasSize(1);
        List<Path> before = files(".puffin");
        assertThat(before).hasSize(1);
        Files.delete(before.get(0)); // The existing deletion vector cannot be read.
        vectors.mark(marked.get(0), 1);

        assertThatThrownBy(vectors::finish).isInstanceOf(RuntimeException.class);

        assertThat(files(".puffin")).isEmpty();
    }

    /** A proxy that calls something before one of the methods. */
    private static <T> T proxy(Class<T> type, T thing, String name, Runnable before) {
        return type.cast(
                Proxy.newProxyInstance(type.getClassLoader(), new Class<?>[] {type}, (proxy, method, arguments) -> {
                    if (method.getName().equals(name)) {
                        before.run();
                    }
                    try {
                        return method.invoke(thing, arguments);
                    } catch (InvocationTargetException failed) {
                        throw failed.getCause();
                    }
                }));
    }

    private static void load(RawAppend append, RowVersion... versions) {
        try (append) {
            add(append, versions);
            Replacing.commit(append, new LoadCounts(versions.length, versions.length, 0, 0, 0, 0), null);
        }
    }

    private static LoadMetadata metadata(String loadId) {
        LocalDate date = LocalDate.of(2024, 5, 1);
        return new LoadMetadata(loadId, date, date, Instant.EPOCH, "devices.csv", "d".repeat(64), null, null);
    }

    private List<String> rows(String table) {
        return FeedBranch.rows(catalog, table).stream()
                .map(row -> row.getField("_key") + " " + row.getField("_load_id"))
                .sorted()
                .toList();
    }

    private List<Path> files(String ending) throws IOException {
        try (Stream<Path> files = Files.walk(folder.resolve("data"))) {
            return files.filter(file -> file.toString().endsWith(ending)).toList();
        }
    }
}
