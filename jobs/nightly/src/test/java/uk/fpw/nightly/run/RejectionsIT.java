package uk.fpw.nightly.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import uk.fpw.nightly.rejection.Rejection;
import uk.fpw.warehouse.force.Force;
import uk.fpw.warehouse.force.feed.Feed;
import uk.fpw.warehouse.force.feed.FeedLimits;
import uk.fpw.warehouse.force.feed.Origin;
import uk.fpw.warehouse.store.catalog.WarehouseCatalog;
import uk.fpw.warehouse.store.ledger.feed.RefusalLedger;
import uk.fpw.warehouse.store.load.LoadCounts;
import uk.fpw.warehouse.store.load.RawAppend;
import uk.fpw.warehouse.store.load.RawTable;
import uk.fpw.warehouse.store.load.row.LoadMetadata;
import uk.fpw.warehouse.store.load.row.RowVersion;
import uk.fpw.warehouse.testing.Replacing;
import uk.fpw.warehouse.testing.TestDatabase;

class RejectionsIT {

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    private final Feed audits = feed("audits", Feed.Extract.CHANGES);
    private final Feed devices = feed("devices", Feed.Extract.FULL);
    private int minutes;

    @SuppressWarnings("NullAway.Init")
    private TestDatabase database;

    @SuppressWarnings("NullAway.Init")
    private WarehouseCatalog catalog;

    @BeforeEach
    void open() throws SQLException {
        database = MigratedWarehouse.in(folder);
        catalog = WarehouseCatalog.open(database.url(), database.user(), database.password(), folder);
    }

    @AfterEach
    void close() {
        catalog.close();
    }

    @Test
    void refusedRowIsShownUntilItsKeyIsAcceptedWhateverLoadsCameBetween() throws SQLException {
        load(audits, "01-01", stored("D"));
        load(audits, "01-02", refused("A"), refused("B"), refused("C"), refused("D"), refused(null));
        load(audits, "01-03", stored("B"), refused("C")); // B is corrected, C is refused again
        load(audits, "01-04", RowVersion.deleted("D", "D"), stored("E")); // D is gone
        release("01-04");

        assertThat(standing())
                .containsExactly("refused audits 01-02 A", "refused audits 01-02 null", "refused audits 01-03 C");
    }

    @Test
    void loadsAfterTheReleaseNeitherRefuseNorMakeGood() throws SQLException {
        load(audits, "01-01", refused("A"));
        release("01-01");
        load(audits, "01-02", stored("A"), refused("B"));

        assertThat(standing()).containsExactly("refused audits 01-01 A");
        assertThat(rejections().ofCurrentRelease(null).later()).containsExactly(LocalDate.of(2016, 1, 2));
        release("01-02");
        assertThat(standing()).containsExactly("refused audits 01-02 B");
        assertThat(rejections().ofCurrentRelease(null).later()).isEmpty();
    }

    @Test
    void fullExtractSaysEverythingAgain() throws SQLException {
        load(devices, "01-01", refused("A"), refused("B"), refused(null));
        load(devices, "01-02", refused("B")); // A came as it is current, which leaves no version
        release("01-02");

        assertThat(standing()).containsExactly("refused devices 01-02 B");
    }

    @Test
    void versionThatKeepsCountingInPlaceOfARefusedOneIsNamedWithItsAge() throws SQLException {
        load(audits, "01-01", stored("A"), stored("C"));
        load(audits, "01-05", refused("A"), refused("B"), refused("C"));
        load(audits, "01-06", RowVersion.deleted("C", "C"));
        release("01-06");

        String kept = "it does not parse; the version of 2016-01-01 keeps counting, 4 days old";
        assertThat(rejections().ofCurrentRelease(null).rejections())
                .extracting(Rejection::message)
                .containsExactly(kept, "it does not parse");
        assertThat(rejections().on(LocalDate.of(2016, 1, 5), null).rejections())
                .extracting(Rejection::message)
                .containsExactly(kept, "it does not parse", "it does not parse");
    }

    @Test
    void supersededRowsOfTheLatestLoadAreCounted() throws SQLException {
        load(audits, "01-01", stored("A"));
        database.execute("update ops.feed_load set superseded_count = 3");
        release("01-01");

        assertThat(rejections().ofCurrentRelease(null).rejections())
                .extracting(Rejection::kind, Rejection::code, Rejection::rowCount)
                .containsExactly(tuple("superseded", "ROW_SUPERSEDED", 3L));
    }

    @Test
    void valuesThatCouldNotBeReadAreCountedByColumn() throws SQLException {
        load(audits, "01-01", stored("A"));
        database.execute("insert into ops.unreadable_value (load_id, column_name, value_count) values "
                + "('audits-01-01', 'examined_on', 2), ('audits-01-01', 'called_at', 1)");
        release("01-01");

        assertThat(rejections().ofCurrentRelease(null).rejections())
                .extracting(Rejection::kind, Rejection::code, Rejection::field, Rejection::rowCount)
                .containsExactly(
                        tuple("unreadable", "VALUE_UNREADABLE", "called_at", 1L),
                        tuple("unreadable", "VALUE_UNREADABLE", "examined_on", 2L));
    }

    @Test
    void repeatedRowsOfTheLatestLoadAreCounted() throws SQLException {
        load(audits, "01-01", stored("A"));
        repeat("audits-01-01", 7);
        load(audits, "01-02", refused("B"));
        repeat("audits-01-02", 2);
        load(devices, "01-02", stored("A"));
        repeat("devices-01-02", 0);
        release("01-02");

        assertThat(rejections().ofCurrentRelease(null).of(Rejection.REPEATED))
                .extracting(Rejection::values)
                .containsExactly(Arrays.asList(
                        "repeated",
                        "audits",
                        LocalDate.of(2016, 1, 2),
                        "ROW_REPEATED",
                        null,
                        2L,
                        null,
                        null,
                        "exact duplicate of an earlier row of the same extract, which was loaded"));
        assertThat(rejections().on(LocalDate.of(2016, 1, 1), null).of(Rejection.REPEATED))
                .extracting(Rejection::rowCount)
                .containsExactly(7L);
    }

    @Test
    void failedLoadStandsByItselfAndHidesNothing() throws SQLException {
        load(audits, "01-01", refused("A"));
        release("01-01");
        fail(audits, "01-02", "the header lacks Grade");

        assertThat(standing())
                .containsExactly("failed audits 01-02 null: the header lacks Grade", "refused audits 01-01 A");
        assertThat(texts(rejections().on(LocalDate.of(2016, 1, 2), null)))
                .containsExactly("failed audits 01-02 null: the header lacks Grade");
        assertThat(texts(rejections().on(LocalDate.of(2016, 1, 1), "audits")))
                .containsExactly("refused audits 01-01 A");
        assertThat(rejections().ofCurrentRelease("devices").rejections()).isEmpty();

        load(audits, "01-02", stored("A")); // the file was corrected
        assertThat(standing()).containsExactly("refused audits 01-01 A");
    }

    @Test
    void withoutAReleaseAllLoadsCount() throws SQLException {
        load(audits, "01-01", refused("A"), refused("B"));
        load(audits, "01-02", stored("A"));

        assertThat(standing()).containsExactly("refused audits 01-01 B");
    }

    @Test
    void firstDateAndNumberOfDatesOfARefusalAreThoseOfItsKey() throws SQLException {
        load(audits, "01-01", refused("A"), refused("B"));
        load(audits, "01-02", refused("A"), refused(null));
        load(audits, "01-04", refused("A"), refused("C"));
        withdraw("audits-01-04");

        assertThat(rejections().dates())
                .isEqualTo(Map.of(
                        new RefusalLedger.Reason("audits", "UNPARSABLE", null, "A"),
                        new RefusalLedger.Dates(LocalDate.of(2016, 1, 1), 2),
                        new RefusalLedger.Reason("audits", "UNPARSABLE", null, "B"),
                        new RefusalLedger.Dates(LocalDate.of(2016, 1, 1), 1)));
        assertThat(rejections().on(LocalDate.of(2016, 1, 2), null).rejections())
                .extracting(Rejection::place)
                .containsExactly(new RefusalLedger.Place("file", 2, null), new RefusalLedger.Place("file", 3, null));
    }

    private void withdraw(String loadId) throws SQLException {
        database.execute("update ops.feed_load set status = 'withdrawn' where load_id = '" + loadId + "'");
    }

    private static RowVersion stored(String key) {
        return new RowVersion(key, key, "h", 1L, null, List.of(key));
    }

    /** A refused row; its key is null if it could not be read. */
    private static RowVersion refused(@Nullable String key) {
        return new RowVersion(key == null ? "" : key, "refused", null, null, null, List.of());
    }

    private void load(Feed feed, String day, RowVersion... rows) throws SQLException {
        LocalDate date = LocalDate.parse("2016-" + day);
        String loadId = feed.name() + "-" + day;
        begin(feed, loadId, date, "loaded", null);
        LoadMetadata metadata = new LoadMetadata(loadId, date, date, Instant.EPOCH, "file", "digest", null, null);
        int line = 1;
        try (RawAppend append = RawTable.open(catalog, feed, () -> {}).append(metadata)) {
            Replacing replacing = new Replacing(append);
            for (RowVersion row : rows) {
                line++;
                if (row.item().equals("refused")) {
                    database.execute(
                            "insert into ops.refusal (load_id, line_number, feed, file_name, row_key, field, code, "
                                    + "message, value_shown) values ('"
                                    + loadId + "', " + line + ", '" + feed.name()
                                    + "', 'file', " + (row.key().isEmpty() ? "null" : "'" + row.key() + "'")
                                    + ", null, 'UNPARSABLE', 'it does not parse', null)");
                } else {
                    replacing.add(row);
                }
            }
            Replacing.commit(append, new LoadCounts(1, 1, 0, 0, 0, 0), null);
        }
    }

    private void repeat(String loadId, long rows) throws SQLException {
        database.execute("update ops.feed_load set repeated_count = " + rows + " where load_id = '" + loadId + "'");
    }

    private void fail(Feed feed, String day, String message) throws SQLException {
        begin(feed, feed.name() + "-" + day + "-failed", LocalDate.parse("2016-" + day), "failed", message);
    }

    private void begin(Feed feed, String loadId, LocalDate date, String status, @Nullable String message)
            throws SQLException {
        database.execute(
                "insert into ops.feed_load (load_id, feed, business_date, status, started_at, message) values ('"
                        + loadId + "', '" + feed.name() + "', date '" + date + "', '" + status + "', " + now() + ", "
                        + (message == null ? "null" : "'" + message + "'") + ")");
    }

    private void release(String day) throws SQLException {
        String id = "2016-" + day + ".1";
        database.execute("delete from ops.current_release");
        database.execute("insert into ops.release (release_id, run_id, business_date, released_at, software_version, "
                + "force_digest, digest) values ('"
                + id + "', '2016-" + day + "-20260101T000000-0a1b', date '2016-" + day + "', " + now()
                + ", '1', 'f', 'd')");
        database.execute("insert into ops.current_release (release_id) values ('" + id + "')");
    }

    private String now() {
        return "timestamp with time zone '2026-01-01 00:00:00+00' + interval '" + minutes++ + "' minute";
    }

    private Rejections rejections() {
        Force force = new Force(
                folder,
                new Force.Identity("test", "Test", ZoneId.of("Europe/London"), Force.Storage.embedded(folder), 7),
                new Force.Sources(List.of(), List.of(audits, devices), List.of()),
                new Force.Meaning(
                        List.of(),
                        List.of(),
                        List.of(),
                        List.of(),
                        List.of(),
                        List.of(),
                        List.of(),
                        Force.Background.NONE),
                "");
        return new Rejections(database.dataSource(), catalog, force);
    }

    private List<String> standing() {
        return texts(rejections().ofCurrentRelease(null));
    }

    private static List<String> texts(Rejections.Found found) {
        return found.rejections().stream()
                .map(row -> row.kind() + " " + row.feed() + " "
                        + row.businessDate().toString().substring(5) + " " + row.rowKey()
                        + (row.kind().equals(Rejection.FAILED) ? ": " + row.message() : ""))
                .toList();
    }

    private static Feed feed(String name, Feed.Extract extract) {
        return new Feed(
                name,
                "source",
                "Test.",
                new Feed.Input(
                        "drop",
                        new Origin.DroppedFile("file.csv", new Origin.Format("csv", Map.of()), Set.of()),
                        extract),
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
    }
}
