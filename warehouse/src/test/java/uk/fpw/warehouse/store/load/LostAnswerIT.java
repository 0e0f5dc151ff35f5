package uk.fpw.warehouse.store.load;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static uk.fpw.warehouse.store.load.LoadTesting.add;
import static uk.fpw.warehouse.store.load.LoadTesting.column;
import static uk.fpw.warehouse.store.load.LoadTesting.feed;
import static uk.fpw.warehouse.store.load.LoadTesting.row;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.stream.Stream;
import org.apache.iceberg.Table;
import org.apache.iceberg.catalog.Namespace;
import org.apache.iceberg.catalog.SupportsNamespaces;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.exceptions.CommitStateUnknownException;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import uk.fpw.warehouse.failure.ExitCode;
import uk.fpw.warehouse.failure.FpwException;
import uk.fpw.warehouse.force.feed.Feed;
import uk.fpw.warehouse.store.catalog.WarehouseCatalog;
import uk.fpw.warehouse.store.load.current.CurrentBranch;
import uk.fpw.warehouse.store.load.current.CurrentCompaction;
import uk.fpw.warehouse.store.load.row.LoadMetadata;
import uk.fpw.warehouse.store.load.row.RowVersion;
import uk.fpw.warehouse.store.lock.LockGuard;
import uk.fpw.warehouse.store.maintenance.TableMaintenance;
import uk.fpw.warehouse.testing.FeedBranch;
import uk.fpw.warehouse.testing.LostAnswers;
import uk.fpw.warehouse.testing.LostAnswers.Fate;
import uk.fpw.warehouse.testing.Replacing;
import uk.fpw.warehouse.testing.TestDatabase;

/**
 * The connection to the catalog's database breaks during a commit: the outcome is looked up, and nothing is repeated or
 * deleted.
 */
@Tag("thorough")
class LostAnswerIT {

    private static final LockGuard HELD = () -> {};
    private static final String COMMIT = "update iceberg_tables";
    private static final String CREATION = "insert into iceberg_tables";
    private static final String BROKEN = "an I/O error occurred while sending to the backend";

    @TempDir
    Path folder;

    private final Feed feed = feed();
    private WarehouseCatalog catalog;

    TestDatabase database() {
        return TestDatabase.embedded(folder);
    }

    /** Ends idle connections. */
    void endConnections() throws SQLException {
        LostAnswers.breakConnections();
    }

    @BeforeEach
    void oneLoad() throws Exception {
        folder = folder.toRealPath();
        TestDatabase database = database();
        database.baseline();
        TestDatabase breaking = LostAnswers.of(database);
        catalog = WarehouseCatalog.open(breaking.url(), breaking.user(), breaking.password(), folder);
        load("load-1", row("A", 1), row("B", 1), row("C", 1));
    }

    @AfterEach
    void close() {
        LostAnswers.reset();
        catalog.close();
    }

    @ParameterizedTest
    @EnumSource(names = {"COMMITTED", "NOT_SENT"})
    void loadIsThereOnce(Fate fate) {
        LostAnswers.loseNext(COMMIT, fate);

        load("load-2", row("A", 2));

        assertThat(LostAnswers.isLost()).isTrue();
        assertRows("A load-1", "A load-2", "B load-1", "C load-1");
        assertThat(loads()).containsExactly("load-1", "load-2");
        load("load-3", row("B", 3));
        assertRows("A load-1", "A load-2", "B load-1", "B load-3", "C load-1");
    }

    @Test
    void loadThatWasNotCommittedIsLoadedByTheNextRun() {
        LostAnswers.loseNext(COMMIT, Fate.ROLLED_BACK);

        assertUnknown(() -> load("load-2", row("A", 2)));

        assertThat(LostAnswers.isLost()).isTrue();
        assertRows("A load-1", "B load-1", "C load-1");
        load("load-3", row("A", 2));
        assertRows("A load-1", "A load-3", "B load-1", "C load-1");
        assertThat(loads()).containsExactly("load-1", "load-3");
    }

    @Test
    void loadThatCannotBeLookedUpMayBeThereAndTheNextRunSeesIt() {
        Table table = catalog.load("raw.devices");
        table.updateProperties().set("commit.status-check.min-wait-ms", "10").commit();
        LostAnswers.loseNextAndGoDown(COMMIT);

        assertUnknown(() -> load("load-2", row("A", 2)));

        LostAnswers.reset();
        assertRows("A load-1", "A load-2", "B load-1", "C load-1");
        assertThat(loads()).containsExactly("load-1", "load-2");
    }

    @Test
    void connectionsThatBrokeBetweenStatementsAreReplaced() throws SQLException {
        endConnections();
        assertRows("A load-1", "B load-1", "C load-1");

        endConnections();
        load("load-2", row("A", 2));

        assertRows("A load-1", "A load-2", "B load-1", "C load-1");
    }

    @Test
    void compactionThatWasCommittedIsThereOnce() {
        load("load-2", row("A", 2), row("B", 2));
        LostAnswers.loseNext(COMMIT, Fate.COMMITTED);

        compact();

        assertThat(LostAnswers.isLost()).isTrue();
        assertThat(rows("current.devices")).containsExactly("A load-2", "B load-2", "C load-1");
        assertThat(deadRows()).isEqualTo("0");
        assertThat(FeedBranch.snapshots(catalog, "current.devices")).hasSize(3);
    }

    @Test
    void compactionThatWasNotCommittedIsDoneByTheNextRun() {
        load("load-2", row("A", 2), row("B", 2));
        LostAnswers.loseNext(COMMIT, Fate.ROLLED_BACK);

        assertUnknown(this::compact);

        assertThat(rows("current.devices")).containsExactly("A load-2", "B load-2", "C load-1");
        assertThat(deadRows()).isEqualTo("2");
        compact();
        assertThat(rows("current.devices")).containsExactly("A load-2", "B load-2", "C load-1");
        assertThat(deadRows()).isEqualTo("0");
    }

    @Test
    void expiryThatWasCommittedDeletesWhatNothingNeeds() throws IOException {
        load("load-2", row("A", 2), row("B", 2));
        compact();
        long before = manifestLists();
        LostAnswers.loseNext(COMMIT, Fate.COMMITTED);

        assertThat(expire()).isEqualTo(2);

        assertThat(LostAnswers.isLost()).isTrue();
        assertThat(manifestLists()).isEqualTo(before - 2);
        assertAfterExpiry();
    }

    @Test
    void expiryThatWasNotCommittedDeletesNothingAndIsDoneByTheNextRun() throws IOException {
        load("load-2", row("A", 2), row("B", 2));
        compact();
        long before = manifestLists();
        LostAnswers.loseNext(COMMIT, Fate.ROLLED_BACK);

        assertUnknown(this::expire);

        assertThat(manifestLists()).isEqualTo(before);
        assertThat(expire()).isEqualTo(2);
        assertAfterExpiry();
    }

    private void assertAfterExpiry() {
        assertThat(rows("current.devices")).containsExactly("A load-2", "B load-2", "C load-1");
        assertThat(rows("raw.devices")).containsExactly("A load-1", "A load-2", "B load-1", "B load-2", "C load-1");
        assertThat(expire()).isZero();
    }

    @ParameterizedTest
    @EnumSource
    void tableIsMadeOnce(Fate fate) {
        catalog.iceberg().dropTable(TableIdentifier.parse("raw.devices"), true);
        LostAnswers.loseNext(CREATION, fate);

        if (fate != Fate.ROLLED_BACK) {
            RawTable.open(catalog, feed, HELD);
        } else {
            assertUnknown(() -> RawTable.open(catalog, feed, HELD));
        }

        assertThat(LostAnswers.isLost()).isTrue();
        assertThat(catalog.tables("raw")).hasSize(fate == Fate.ROLLED_BACK ? 0 : 1);
        load("load-1", row("A", 1));
        assertRows("A load-1");
    }

    @ParameterizedTest
    @EnumSource
    void columnIsAddedOnce(Fate fate) {
        Feed extended =
                feed(column("id", Feed.Type.TEXT), column("n", Feed.Type.WHOLE), column("colour", Feed.Type.TEXT));
        LostAnswers.loseNext(COMMIT, fate);

        if (fate != Fate.ROLLED_BACK) {
            RawTable.open(catalog, extended, HELD);
        } else {
            assertUnknown(() -> RawTable.open(catalog, extended, HELD));
        }

        assertThat(LostAnswers.isLost()).isTrue();
        RawTable.open(catalog, extended, HELD);
        assertThat(catalog.load("raw.devices").schema().columns())
                .filteredOn(column -> column.name().equals("colour"))
                .hasSize(1);
        assertRows("A load-1", "B load-1", "C load-1");
    }

    /** Other failures than those of table commits are thrown as they are and not retried. */
    @Test
    void namespaceIsMadeOnce() {
        SupportsNamespaces namespaces = (SupportsNamespaces) catalog.iceberg();
        LostAnswers.loseNext("insert into iceberg_namespace_properties", Fate.COMMITTED);

        assertThatThrownBy(() -> namespaces.createNamespace(Namespace.of("current")))
                .hasRootCauseMessage(BROKEN);

        assertThat(namespaces.namespaceExists(Namespace.of("current"))).isTrue();
    }

    private static void assertUnknown(ThrowingCallable commit) {
        assertThatThrownBy(commit)
                .isInstanceOf(CommitStateUnknownException.class)
                .hasMessage("raw.devices: the database failed during a commit (" + BROKEN
                        + "), and it could not be determined whether the commit succeeded; "
                        + "nothing was deleted. Check that the database works, then try again")
                .hasRootCauseMessage(BROKEN)
                .cause()
                .isInstanceOfSatisfying(FpwException.class, known -> assertThat(known.exitCode())
                        .isEqualTo(ExitCode.UNAVAILABLE));
    }

    private void load(String id, RowVersion... versions) {
        LocalDate date = LocalDate.of(2024, 5, 1);
        LoadMetadata metadata =
                new LoadMetadata(id, date, date, Instant.EPOCH, "devices.csv", "d".repeat(64), null, null);
        try (RawAppend append = RawTable.open(catalog, feed, HELD).append(metadata)) {
            add(append, versions);
            Replacing.commit(append, new LoadCounts(versions.length, versions.length, 0, 0, 0, 0), null);
        }
    }

    private void compact() {
        new CurrentCompaction(catalog.load("raw.devices"), feed, HELD).runIfNeeded();
    }

    private int expire() {
        return new TableMaintenance(catalog, HELD)
                .expireCurrent("devices", Instant.now().plus(Duration.ofMinutes(1)));
    }

    private String deadRows() {
        return String.valueOf(
                CurrentBranch.head(catalog.load("raw.devices")).summary().get("total-position-deletes"));
    }

    private List<String> loads() {
        return RawTable.open(catalog, feed, HELD).everyLoad().stream()
                .map(Load::loadId)
                .toList();
    }

    /** The rows of both branches; current has the last of each key. */
    private void assertRows(String... raw) {
        assertThat(rows("raw.devices")).containsExactly(raw);
        assertThat(rows("current.devices")).containsExactly(latest(List.of(raw)));
    }

    private static String[] latest(List<String> raw) {
        return raw.stream()
                .filter(row ->
                        raw.stream().noneMatch(other -> other.charAt(0) == row.charAt(0) && other.compareTo(row) > 0))
                .toArray(String[]::new);
    }

    private List<String> rows(String table) {
        return FeedBranch.rows(catalog, table).stream()
                .map(row -> row.getField("_key") + " " + row.getField("_load_id"))
                .sorted()
                .toList();
    }

    private long manifestLists() throws IOException {
        try (Stream<Path> files = Files.walk(folder.resolve("data"))) {
            return files.filter(file -> file.getFileName().toString().matches("snap-.*\\.avro"))
                    .count();
        }
    }
}
