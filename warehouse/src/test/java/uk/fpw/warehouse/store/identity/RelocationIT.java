package uk.fpw.warehouse.store.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowable;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import uk.fpw.layout.KeyFormat;
import uk.fpw.layout.WarehouseIdentity;
import uk.fpw.warehouse.failure.ExitCode;
import uk.fpw.warehouse.failure.FpwException;
import uk.fpw.warehouse.force.feed.Feed;
import uk.fpw.warehouse.force.feed.FeedLimits;
import uk.fpw.warehouse.force.feed.Origin;
import uk.fpw.warehouse.store.catalog.WarehouseCatalog;
import uk.fpw.warehouse.store.load.LoadCounts;
import uk.fpw.warehouse.store.load.RawAppend;
import uk.fpw.warehouse.store.load.RawTable;
import uk.fpw.warehouse.store.load.row.LoadMetadata;
import uk.fpw.warehouse.store.load.row.RowVersion;
import uk.fpw.warehouse.store.lock.LockGuard;
import uk.fpw.warehouse.testing.FeedBranch;
import uk.fpw.warehouse.testing.Replacing;
import uk.fpw.warehouse.testing.TestDatabase;

/** A warehouse of one feed with two loads that is copied, restored and moved. */
@Tag("thorough")
class RelocationIT {

    private static final LockGuard HELD = () -> {};
    private static final Instant NOW = Instant.parse("2026-11-25T02:00:00Z");

    private final Feed feed = new Feed(
            "devices",
            "property",
            "Test.",
            new Feed.Input(
                    "drop",
                    new Origin.DroppedFile("devices.csv", new Origin.Format("csv", Map.of()), Set.of()),
                    Feed.Extract.FULL),
            new Feed.Rows(
                    List.of(new Feed.Column(
                            "id",
                            "id",
                            Feed.Type.TEXT,
                            Feed.TextFormat.PLAIN,
                            false,
                            Feed.Privacy.NOT_PERSONAL,
                            "Test.")),
                    List.of("id"),
                    Set.of(),
                    "id",
                    null),
            FeedLimits.atLeast(0));

    @TempDir
    private Path folder;

    private Path original;
    private Path forceFolder;
    private TestDatabase database;
    private WarehouseIdentity first;

    /** The database of the warehouse in a folder. */
    TestDatabase databaseOf(Path warehouse) {
        return TestDatabase.embedded(warehouse);
    }

    /**
     * Copies the database of the original to that of a copy, as restoring a backup does. An embedded one is copied with
     * the folder.
     */
    void copyDatabase(TestDatabase source, TestDatabase target) throws SQLException {}

    @BeforeEach
    void twoLoads() throws Exception {
        folder = folder.toRealPath();
        original = folder.resolve("var/kent");
        forceFolder = Files.createDirectories(folder.resolve("forces/kent"));
        database = databaseOf(original);
        migrate(database);
        first = check(database, original).establish(false, NOW);
        load(database, original, "1", List.of("A", "B"));
        // Again B, whose first version is marked by a deletion vector in branch current, and new C.
        load(database, original, "2", List.of("B", "C"));
    }

    @Test
    void copyBecomesAWarehouseOfItsOwnAndTheOriginalStaysByteForByte() throws Exception {
        Map<String, String> before = contents(original);
        Path copy = folder.resolve("var/restored");
        TestDatabase copied = copy(original, copy);
        assertThatThrownBy(() -> check(copied, copy).establish(true, NOW)).isInstanceOf(FpwException.class);

        Relocation.Outcome outcome = relocation(copied, copy, HELD).run(false, NOW.plusSeconds(60));

        assertThat(outcome.from()).isEqualTo(original);
        assertThat(outcome.tableCount()).isEqualTo(1);
        assertThat(outcome.isFinishedOnly()).isFalse();
        assertThat(outcome.identity().id()).isNotEqualTo(first.id());
        assertThat(outcome.identity().dataPrefix()).isEqualTo(first.dataPrefix());
        assertThat(IdentityFile.read(copy)).isEqualTo(outcome.identity());
        assertThat(check(copied, copy).establish(false, NOW)).isEqualTo(outcome.identity());
        IdentityCheck.require(outcome.identity(), copied::open, copy);
        assertThat(mentionsOf(original, copy)).isEmpty();

        // Both continue independently.
        load(copied, copy, "3", List.of("A", "D"));
        assertThat(rows(copied, copy, "current.devices"))
                .containsExactly("A load-3", "B load-2", "C load-2", "D load-3");
        assertThat(rows(copied, copy, "raw.devices"))
                .containsExactly("A load-1", "A load-3", "B load-1", "B load-2", "C load-2", "D load-3");
        assertThat(contents(original)).isEqualTo(before);
        assertThat(rows(database, original, "current.devices")).containsExactly("A load-1", "B load-2", "C load-2");
        assertThat(relocation(copied, copy, HELD).run(false, NOW))
                .isEqualTo(new Relocation.Outcome(outcome.identity(), null, 0, false));
    }

    @Test
    void movedWarehouseStaysTheSame() throws Exception {
        Path target = folder.resolve("srv/kent");
        Files.createDirectories(target.getParent());
        Files.move(original, target);
        TestDatabase moved = database.isPostgres() ? database : databaseOf(target);

        Relocation.Outcome outcome = relocation(moved, target, HELD).run(true, NOW);

        assertThat(outcome.identity())
                .isEqualTo(new WarehouseIdentity(
                        first.id(), "kent", target, first.dataPrefix(), KeyFormat.BASE32, first.createdAt()));
        assertThat(check(moved, target).establish(false, NOW)).isEqualTo(outcome.identity());
        assertThat(mentionsOf(original, target)).isEmpty();
        load(moved, target, "3", List.of("A"));
        assertThat(rows(moved, target, "current.devices")).containsExactly("A load-3", "B load-2", "C load-2");
    }

    /** Files relocated earlier are in deeper folders than those committed since. */
    @Test
    @Tag("thorough")
    void warehouseIsMovedAgainAndAgain() throws Exception {
        Path place = original;
        TestDatabase moved = database;
        for (String id : List.of("3", "4", "5")) {
            Path target = folder.resolve("srv" + id + "/kent");
            Files.createDirectories(target.getParent());
            Files.move(place, target);
            moved = database.isPostgres() ? database : databaseOf(target);

            assertThat(relocation(moved, target, HELD).run(true, NOW).tableCount())
                    .isEqualTo(1);

            assertThat(mentionsOf(place, target)).isEmpty();
            load(moved, target, id, List.of("A"));
            place = target;
        }
        assertThat(rows(moved, place, "current.devices")).containsExactly("A load-5", "B load-2", "C load-2");
        assertThat(rows(moved, place, "raw.devices"))
                .containsExactly("A load-1", "A load-3", "A load-4", "A load-5", "B load-1", "B load-2", "C load-2");
    }

    @Test
    void warehouseThatIsLeftInItsFirstPlaceWasNotMoved() throws Exception {
        Path copy = folder.resolve("var/restored");
        TestDatabase copied = copy(original, copy);
        Map<String, String> before = contents(copy);
        assertRefused(
                () -> relocation(copied, copy, HELD).run(true, NOW),
                "warehouse " + first.id() + " (force kent) is still in " + original
                        + ", so it was not moved. Without --moved this folder becomes a separate warehouse");
        assertThat(contents(copy)).isEqualTo(before);
    }

    @Test
    void foldersAndForcesThatDoNotBelongTogetherAreRefused() throws Exception {
        Path copy = folder.resolve("var/restored");
        TestDatabase copied = copy(original, copy);
        assertRefused(
                () -> new Relocation(copied::open, copied.url(), copy, "surrey", forceFolder, HELD).run(false, NOW),
                "the warehouse in " + copy + " belongs to force 'kent' (warehouse " + first.id() + "), but "
                        + forceFolder.resolve("force.yml") + " belongs to force 'surrey'");
        Files.delete(copy.resolve("warehouse.json"));
        assertRefused(
                () -> relocation(copied, copy, HELD).run(false, NOW),
                "the folder " + copy
                        + " contains no warehouse identity, so it is unknown which warehouse it "
                        + "is. A warehouse from a version without identities gets one from a nightly run in "
                        + "its original place; move or copy it after that");
    }

    @Test
    @Tag("thorough")
    void relocationThatIsKilledAtAnyStepIsFinishedByTheNext() throws Exception {
        Map<String, String> before = contents(original);
        int steps = 0;
        for (int killedAt = 1; ; killedAt++) {
            Path copy = folder.resolve("var/copy-" + killedAt);
            TestDatabase copied = copy(original, copy);
            Dying guard = new Dying(killedAt);
            Throwable death =
                    catchThrowable(() -> relocation(copied, copy, guard).run(false, NOW));
            if (death == null) {
                break;
            }
            steps++;
            assertThat(death).hasMessage("killed at step " + killedAt);
            assertThatThrownBy(() -> check(copied, copy).compare(true)).isInstanceOf(FpwException.class);

            Relocation.Outcome outcome = relocation(copied, copy, HELD).run(false, NOW);

            assertThat(check(copied, copy).establish(false, NOW)).isEqualTo(outcome.identity());
            assertThat(mentionsOf(original, copy)).as("step " + killedAt).isEmpty();
            assertThat(rows(copied, copy, "current.devices")).containsExactly("A load-1", "B load-2", "C load-2");
            assertThat(contents(original)).isEqualTo(before);
        }
        // Before the table, in the transaction, and before deleting the old metadata.
        assertThat(steps).isEqualTo(3);
    }

    @Test
    void interruptedRelocationIsSaidByEveryRun() throws Exception {
        Path copy = folder.resolve("var/restored");
        TestDatabase copied = copy(original, copy);
        Throwable death =
                catchThrowable(() -> relocation(copied, copy, new Dying(3)).run(false, NOW));
        assertThat(death).hasMessage("killed at step 3");
        assertRefused(
                () -> check(copied, copy).compare(true),
                "the relocation of the warehouse in " + copy
                        + " was interrupted. Nothing was written. Run 'fpw relocate' for this force folder "
                        + "again; it finishes the relocation");
        Relocation.Outcome outcome = relocation(copied, copy, HELD).run(false, NOW);
        assertThat(outcome.isFinishedOnly()).isTrue();
        assertThat(outcome.tableCount()).isZero();
        check(copied, copy).establish(false, NOW);
    }

    /** Fails at the n-th check. */
    private static final class Dying implements LockGuard {

        private final int last;
        private int asked;

        Dying(int last) {
            this.last = last;
        }

        @Override
        public void check() {
            asked++;
            if (asked == last) {
                throw new IllegalStateException("killed at step " + last);
            }
        }
    }

    static void assertRefused(ThrowingCallable attempt, String message) {
        assertThatThrownBy(attempt)
                .isInstanceOfSatisfying(FpwException.class, refused -> assertThat(refused.exitCode())
                        .isEqualTo(ExitCode.CONFIGURATION))
                .hasMessage(message);
    }

    Relocation relocation(TestDatabase of, Path warehouse, LockGuard guard) {
        return new Relocation(of::open, of.url(), warehouse, "kent", forceFolder, guard);
    }

    IdentityCheck check(TestDatabase of, Path warehouse) {
        return new IdentityCheck(of::open, of.url(), warehouse, "kent", forceFolder);
    }

    Path original() {
        return original;
    }

    TestDatabase database() {
        return database;
    }

    /** Copies a warehouse with its database. Returns the database of the copy. */
    TestDatabase copy(Path source, Path target) throws Exception {
        copyFolder(source, target);
        TestDatabase copied = databaseOf(target);
        copyDatabase(database, copied);
        return copied;
    }

    static void copyFolder(Path source, Path target) throws IOException {
        try (Stream<Path> entries = Files.walk(source)) {
            for (Path entry : entries.toList()) {
                Files.createDirectories(target.resolve(source.relativize(entry)).getParent());
                Files.copy(entry, target.resolve(source.relativize(entry)));
            }
        }
    }

    private void load(TestDatabase into, Path warehouse, String id, List<String> keys) {
        try (WarehouseCatalog catalog = open(into, warehouse)) {
            RawTable raw = RawTable.open(catalog, feed, HELD);
            LoadMetadata metadata = new LoadMetadata(
                    "load-" + id,
                    LocalDate.of(2024, 5, 1),
                    LocalDate.of(2024, 5, 1),
                    Instant.EPOCH,
                    "devices.csv",
                    "d".repeat(64),
                    null,
                    null);
            try (RawAppend append = raw.append(metadata)) {
                Replacing replacing = new Replacing(append);
                for (String key : keys) {
                    replacing.add(new RowVersion(key, key, "0".repeat(32), 2L, null, List.of(key)));
                }
                Replacing.commit(append, new LoadCounts(keys.size(), keys.size(), 0, 0, 0, 0), null);
            }
        }
    }

    private static List<String> rows(TestDatabase of, Path warehouse, String table) throws IOException {
        try (WarehouseCatalog catalog = open(of, warehouse)) {
            return FeedBranch.rows(catalog, table).stream()
                    .map(row -> row.getField("_key") + " " + row.getField("_load_id"))
                    .sorted()
                    .toList();
        }
    }

    private static WarehouseCatalog open(TestDatabase of, Path warehouse) {
        return WarehouseCatalog.open(of.url(), of.user(), of.password(), warehouse);
    }

    /**
     * Files of a copy that still contain the original path, except database and logs. The file of a deletion vector
     * contains the path of its data file, but only the manifest is evaluated.
     */
    private static List<Path> mentionsOf(Path first, Path copy) throws IOException {
        byte[] path = (first + "/").getBytes(StandardCharsets.UTF_8);
        try (Stream<Path> files = Files.walk(copy.resolve("data"))) {
            return files.filter(Files::isRegularFile)
                    .filter(file -> !file.toString().endsWith(".puffin"))
                    .filter(file -> holds(file, path))
                    .toList();
        }
    }

    private static boolean holds(Path file, byte[] text) {
        try {
            return new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1)
                    .contains(new String(text, StandardCharsets.ISO_8859_1));
        } catch (IOException failed) {
            throw new IllegalStateException(failed);
        }
    }

    /** Digests of all files of a warehouse except the embedded database, which is open. */
    private static Map<String, String> contents(Path warehouse) throws IOException {
        Map<String, String> contents = new TreeMap<>();
        try (Stream<Path> files = Files.walk(warehouse)) {
            for (Path file : files.filter(Files::isRegularFile)
                    .filter(file -> !file.getFileName().toString().startsWith("fpw."))
                    .toList()) {
                contents.put(warehouse.relativize(file).toString(), digest(file));
            }
        }
        return contents;
    }

    private static String digest(Path file) throws IOException {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file)));
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static void migrate(TestDatabase made) throws SQLException {
        made.baseline("V0054__add_key_format");
    }
}
