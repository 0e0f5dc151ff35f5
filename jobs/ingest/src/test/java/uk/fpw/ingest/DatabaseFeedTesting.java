package uk.fpw.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.sql.SQLException;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TimeZone;
import org.junit.jupiter.api.Test;
import uk.fpw.ingest.database.DatabaseSource;
import uk.fpw.ingest.extract.LoadContext;
import uk.fpw.ingest.extract.LoadServices;
import uk.fpw.ingest.extract.ParallelTasks;
import uk.fpw.warehouse.failure.ExitCode;
import uk.fpw.warehouse.failure.FpwException;
import uk.fpw.warehouse.force.connection.H2Sources;
import uk.fpw.warehouse.force.connection.SourceConnection;
import uk.fpw.warehouse.force.feed.Feed;
import uk.fpw.warehouse.force.feed.FeedLimits;
import uk.fpw.warehouse.force.feed.Freshness;
import uk.fpw.warehouse.force.feed.Origin;
import uk.fpw.warehouse.privacy.Pseudonymiser;
import uk.fpw.warehouse.store.ledger.Acceptances;
import uk.fpw.warehouse.store.ledger.ChangeLedger;
import uk.fpw.warehouse.store.ledger.feed.LoadLedger;
import uk.fpw.warehouse.store.load.key.IndexMemory;
import uk.fpw.warehouse.testing.SchemaDefaults;

/**
 * Feeds that read a database: results of a series of loads, reading of each type, and messages for errors. Runs on
 * every database.
 */
abstract class DatabaseFeedTesting extends DatabaseCursorTesting {

    private static final LocalDate DATE = LocalDate.of(2015, 12, 29);

    /** Ends the sessions of {@code fpw_reader}. Returns the driver's message. */
    abstract String endSessions() throws SQLException;

    @Test
    void fullExtractOfAQueryFindsWhatIsMissing() throws SQLException {
        Feed full = feed(
                new Origin.DatabaseRows(
                        null,
                        "-- What the unit still has.\nselect exhibit_ref, upper(status) as status from "
                                + "dfu.submission where status <> 'ret;urned' -- all",
                        null),
                Feed.Extract.FULL,
                null,
                TestFeeds.column("exhibit_ref", "exhibit_ref", Feed.Type.TEXT),
                TestFeeds.column("status", "STATUS", Feed.Type.TEXT));
        try (IngestTestWarehouse warehouse = warehouse(full)) {
            run("insert into dfu.submission values ('A', ' new ', 1, false), ('B', '', 2, false), (null, "
                    + "'new', 3, false)");
            assertThat(warehouse.load("submissions", "2015-12-29"))
                    .isEqualTo("received 3 = loaded 2 + unchanged 0 + refused 1; deleted 0, flagged 0");
            assertThat(warehouse.rows("current.submissions", "_key", "status")).containsExactly("A | NEW", "B | null");
            assertThat(warehouse.query("select file_name, code, message from ops.refusal"))
                    .containsExactly("feeds/submissions.sql | KEY_EMPTY | exhibit_ref is empty, but is the key: the "
                            + "row does not belong to this feed");

            run("delete from dfu.submission where exhibit_ref = 'A' or exhibit_ref is null");
            assertThat(warehouse.load("submissions", "2015-12-30"))
                    .isEqualTo("received 1 = loaded 0 + unchanged 1 + refused 0; deleted 1, flagged 0");
        }
    }

    @Test
    void tableWhoseNewestValueIsTooOldCountsAsNotDelivered() throws SQLException {
        run("alter table dfu.submission add column changed_at timestamp with time zone");
        Freshness freshness = new Freshness(
                Freshness.DatedBy.COLUMN,
                "changed_at",
                DateTimeFormatter.ISO_LOCAL_DATE,
                2,
                ZoneId.of("Europe/London"));
        Feed feed = TestFeeds.with(
                feed(
                        new Origin.DatabaseRows("dfu.submission", null, SchemaDefaults.cursor("change_seq", 0)),
                        Feed.Extract.CHANGES,
                        null,
                        TestFeeds.column("exhibit_ref", "exhibit_ref", Feed.Type.TEXT),
                        TestFeeds.column("change_seq", "change_seq", Feed.Type.WHOLE),
                        TestFeeds.column("changed_at", "changed_at", Feed.Type.INSTANT)),
                freshness);
        try (IngestTestWarehouse warehouse = warehouse(feed)) {
            run("insert into dfu.submission values ('A', 'new', 1, false, timestamp with time zone "
                    + "'2015-12-26 10:00:00+00'), ('B', 'new', 2, false, timestamp with time zone "
                    + "'2062-01-01 10:00:00+00'), ('C', 'new', 3, false, null)"); // a mistyped year is not newer
            warehouse.load("submissions", "2015-12-28");
            LoadLedger ledger = new LoadLedger(warehouse.dataSource, Clock.systemUTC());
            assertThat(ledger.completeTo(DATE).get("submissions")).isEqualTo("2015-12-28"); // when it was read
            assertThat(catchThrowableOfType(FpwException.class, () -> warehouse.load("submissions", "2015-12-29")))
                    .hasMessage("connection dfu, table dfu.submission: the newest changed_at is of 2015-12-26: 3 days "
                            + "old on 2015-12-29, at most 2 days (feeds/submissions.yml: freshness), so it counts as "
                            + "not delivered; ask the source for newer data")
                    .extracting(FpwException::exitCode)
                    .isEqualTo(ExitCode.UNAVAILABLE);
            run("delete from dfu.submission where exhibit_ref = 'A'"); // having only later values does not count as old
            warehouse.load("submissions", "2015-12-29");
            run("update dfu.submission set changed_at = null");
            assertThat(catchThrowableOfType(FpwException.class, () -> warehouse.load("submissions", "2015-12-30")))
                    .hasMessageContaining("no row has a value in changed_at up to 2015-12-30, so its age is not known");
        }
    }

    @Test
    void repeatsOfAQueryAreCountedByThemselves() throws SQLException {
        try (IngestTestWarehouse warehouse = warehouse(twice("exhibit_ref"))) {
            run("insert into dfu.submission values ('A', 'new', 1, false), ('B', null, 2, false)");
            assertThat(warehouse.load("submissions", "2015-12-29"))
                    .isEqualTo("received 4 = loaded 2 + unchanged 0 + repeated 2 + refused 0; deleted 0, flagged 0");
        }
    }

    @Test
    void rowsOfAQueryWithoutAKeyAreAllLoaded() throws SQLException {
        try (IngestTestWarehouse warehouse = warehouse(twice())) {
            run("insert into dfu.submission values ('A', 'new', 1, false), ('B', null, 2, false)");
            assertThat(warehouse.load("submissions", "2015-12-29"))
                    .isEqualTo("received 4 = loaded 4 + unchanged 0 + refused 0; deleted 0, flagged 0");
            run("delete from dfu.submission where exhibit_ref = 'A'");
            assertThat(warehouse.load("submissions", "2015-12-30"))
                    .isEqualTo("received 2 = loaded 0 + unchanged 2 + refused 0; deleted 2, flagged 0");
        }
    }

    /** Every submission twice, in no particular order. */
    private static Feed twice(String... key) {
        return new Feed(
                "submissions",
                "dfu",
                "Test feed.",
                new Feed.Input(
                        "dfu",
                        new Origin.DatabaseRows(
                                null,
                                "select exhibit_ref, status from dfu.submission union all "
                                        + "select exhibit_ref, status from dfu.submission",
                                null),
                        Feed.Extract.FULL),
                new Feed.Rows(
                        List.of(
                                TestFeeds.column("exhibit_ref", "exhibit_ref", Feed.Type.TEXT),
                                TestFeeds.column("status", "status", Feed.Type.TEXT)),
                        List.of(key),
                        Set.of(),
                        "exhibit_ref",
                        null),
                FeedLimits.atLeast(0));
    }

    @Test
    void everyStepSeesTheDatabaseAsItWasWhenItWasRead() throws SQLException {
        Feed feed = changes(100);
        try (IngestTestWarehouse warehouse = warehouse(feed)) {
            run("insert into dfu.submission values ('A', 'new', 1, false), ('B', 'new', 2, false)");
            try (LoadAttempt attempt = attempt(warehouse, feed)) {
                attempt.prepare();
                attempt.extract();
                run(
                        "update dfu.submission set status = 'changed', change_seq = 3 where exhibit_ref = 'A'",
                        "insert into dfu.submission values ('C', 'new', 4, false)");
                attempt.compare();
                attempt.reconcile();
                assertThat(attempt.commit().received()).isEqualTo(2);
            }
            assertThat(warehouse.rows("current.submissions", "_key", "status")).containsExactly("A | new", "B | new");

            assertThat(warehouse.load("submissions", "2015-12-30"))
                    .isEqualTo("received 3 = loaded 2 + unchanged 1 + refused 0; deleted 0, flagged 0");
        }
    }

    @Test
    void typesAndClockChangesAreReadWithoutTheZoneOfTheProcess() throws SQLException {
        run(
                "create table dfu.every_type (id integer, big numeric(30, 0), amount numeric(20, 12), ratio double "
                        + "precision,"
                        + " code char(5), ref uuid, flag char(1), happened_on date, logged_at timestamp with time "
                        + "zone, seen timestamp, typed varchar(20))",
                "grant select on dfu.every_type to fpw_reader",
                "insert into dfu.every_type values (1, 42, 1.5, 0.1, 'AB', '6b1f1d5e-9c1a-4c1e-8f55-0a8f6e6a0001', 'Y',"
                        + " date '2015-10-25', timestamp with time zone '2015-10-25 01:30:00+00:00', timestamp "
                        + "'2015-10-25 01:30:00', '25/10/2015')",
                "insert into dfu.every_type (id, seen) values (2, timestamp '2015-03-29 01:30:00')",
                "insert into dfu.every_type (id, big) values (3, 9223372036854775808)",
                "insert into dfu.every_type (id, amount) values (4, 0.123456789012)",
                "insert into dfu.every_type (id, happened_on) values (5, date '0001-01-01'), (6, date '9999-12-31')",
                "insert into dfu.every_type (id, flag) values (7, 'P')",
                "insert into dfu.every_type (id, seen, logged_at) values (8, timestamp '2015-07-01 "
                        + "00:30:00.123456', timestamp with time zone '2015-07-01 00:30:00+01:00')");
        Feed feed = feed(
                new Origin.DatabaseRows("dfu.every_type", null, null),
                Feed.Extract.FULL,
                null,
                TestFeeds.column("exhibit_ref", "id", Feed.Type.WHOLE),
                TestFeeds.column("big", "big", Feed.Type.WHOLE),
                TestFeeds.column("amount", "amount", Feed.Type.DECIMAL),
                TestFeeds.column("ratio", "ratio", Feed.Type.DECIMAL),
                TestFeeds.column("code", "code", Feed.Type.TEXT),
                TestFeeds.column("ref", "ref", Feed.Type.TEXT),
                TestFeeds.column("flag", "flag", Feed.Type.BOOLEAN),
                TestFeeds.column("day", "happened_on", Feed.Type.DATE),
                TestFeeds.column("at", "logged_at", Feed.Type.INSTANT),
                local("seen"),
                TestFeeds.dated("typed", Feed.Type.DATE, "dd/MM/yyyy"));
        TimeZone before = TimeZone.getDefault();
        TimeZone.setDefault(TimeZone.getTimeZone("Pacific/Auckland"));
        try (IngestTestWarehouse warehouse = warehouse(feed)) {
            assertThat(warehouse.load("submissions", "2015-12-29"))
                    .isEqualTo("received 8 = loaded 4 + unchanged 0 + refused 4; deleted 0, flagged 1");
            assertThat(warehouse.rows(
                            "current.submissions",
                            "exhibit_ref",
                            "big",
                            "amount",
                            "ratio",
                            "code",
                            "ref",
                            "flag",
                            "day",
                            "at",
                            "seen",
                            "typed",
                            "_flags"))
                    .containsExactly(
                            // The clocks in London showed 01:30 twice that night: at 00:30 UTC and again an hour later.
                            "1 | 42 | 1.500000000 | 0.100000000 | AB | 6b1f1d5e-9c1a-4c1e-8f55-0a8f6e6a0001 | true "
                                    + "| 2015-10-25"
                                    + " | 2015-10-25T01:30Z | 2015-10-25T00:30Z | 2015-10-25 | seen:ambiguous",
                            "5 | null | null | null | null | null | null | 0001-01-01 | null | null | null | null",
                            "6 | null | null | null | null | null | null | 9999-12-31 | null | null | null | null",
                            "8 | null | null | null | null | null | null | null"
                                    + " | 2015-06-30T23:30Z | 2015-06-30T23:30:00.123456Z | null | null");
            assertThat(warehouse.query(
                            "select row_key, field, code, message, value_shown from ops.refusal order by line_number"))
                    .containsExactly(
                            "2 | seen | NO_SUCH_TIME | seen is a time that did not exist in Europe/London: the "
                                    + "clocks went from 01:00 to 02:00 that day | dddd-dd-dd[1 letter]dd:dd",
                            "3 | big | UNPARSABLE | big is a whole number with more than 64 bits | 19 digits",
                            "4 | amount | UNPARSABLE | amount has more than 29 digits before or 9 after the decimal "
                                    + "point "
                                    + "| d.dddddddddddd",
                            "7 | flag | UNPARSABLE | flag is not one of true, false, yes, no, y, n, 1, 0 | 1 letter");
        } finally {
            TimeZone.setDefault(before);
        }
    }

    @Test
    void whatIsNotAsDeclaredIsNamed() {
        assertFailure(
                withTable("dfu.submissions"),
                ExitCode.BAD_DATA,
                "connection dfu, table dfu.submissions: there is no such table or view that user 'fpw_reader' can "
                        + "see; in schema "
                        + kept("dfu") + " there are " + kept("submission")
                        + "; correct table, or check what has changed in the database");
        assertFailure(
                with(TestFeeds.column("exhibit_ref", "exhibit", Feed.Type.TEXT)),
                ExitCode.BAD_DATA,
                "connection dfu, table dfu.submission: has no column exhibit, which feeds/submissions.yml "
                        + "declares; its columns are "
                        + String.join(
                                ", ",
                                List.of(kept("exhibit_ref"), kept("status"), kept("change_seq"), kept("is_deleted")))
                        + "; correct name or from of the column, or check what has changed in the database");
        assertFailure(
                with(
                        TestFeeds.column("exhibit_ref", "exhibit_ref", Feed.Type.TEXT),
                        TestFeeds.column("status", "status", Feed.Type.WHOLE),
                        TestFeeds.column("received_on", "change_seq", Feed.Type.DATE)),
                ExitCode.BAD_DATA,
                "connection dfu, table dfu.submission: column " + kept("status") + " is of type " + type("varchar")
                        + ", but feeds/submissions.yml declares status as whole; column " + kept("change_seq")
                        + " is of type " + type("bigint")
                        + ", but feeds/submissions.yml declares received_on as date; declare the type text, or "
                        + "cast it in a query in feeds/submissions.sql;"
                        + " declare the type whole, or cast it in a query in feeds/submissions.sql");
    }

    @Test
    void databaseThatIsLostIsUnavailable() throws SQLException {
        run("insert into dfu.submission values ('A', 'new', 1, false)");
        Feed feed = changes(0);
        try (DatabaseSource source = source(feed)) {
            source.open().close();
            String told = endSessions();
            FpwException failure = catchThrowableOfType(FpwException.class, source::open);
            assertThat(failure)
                    .hasMessage("connection dfu, table dfu.submission: the database no longer responds (" + told
                            + "); nothing was loaded; check that it works, then run again");
            assertThat(failure.exitCode()).isEqualTo(ExitCode.UNAVAILABLE);
        }
    }

    @Test
    void passwordThatIsNotSetIsAskedFor() {
        try (IngestTestWarehouse warehouse = new IngestTestWarehouse(
                folder, Map.of(H2Sources.VARIABLE, folder.toString()), List.of(database()), List.of(changes(0)))) {
            FpwException failure =
                    catchThrowableOfType(FpwException.class, () -> warehouse.load("submissions", "2015-12-29"));
            assertThat(failure)
                    .hasMessage("connections.yml: connection 'dfu' reads the password of 'fpw_reader' from the "
                            + "environment variable FPW_DFU_PASSWORD, which is not"
                            + " set; set it, or remove password_variable if the database needs no password");
            assertThat(failure.exitCode()).isEqualTo(ExitCode.CONFIGURATION);
        }
    }

    void assertFailure(Feed feed, ExitCode exitCode, String message) {
        assertFailure(database(), feed, exitCode, message);
    }

    void assertFailure(SourceConnection.Database database, Feed feed, ExitCode exitCode, String message) {
        try (IngestTestWarehouse warehouse = warehouse(database, feed)) {
            FpwException failure =
                    catchThrowableOfType(FpwException.class, () -> warehouse.load("submissions", "2015-12-29"));
            assertThat(failure).hasMessage(message);
            assertThat(failure.exitCode()).isEqualTo(exitCode);
        }
    }

    private DatabaseSource source(Feed feed) {
        return new DatabaseSource(feed, database(), PASSWORD, DATE, ZoneId.of("Europe/London"));
    }

    LoadAttempt attempt(IngestTestWarehouse warehouse, Feed feed) {
        return new LoadAttempt(new LoadContext(
                source(feed),
                DATE,
                DATE,
                IngestTestWarehouse.run(DATE),
                "2015-12-29.load",
                new IndexMemory("test", IndexMemory.Limit.ofThisProcess()),
                List.of(),
                new LoadServices(
                        warehouse.catalog,
                        new LoadLedger(warehouse.dataSource, Clock.systemUTC()),
                        new ChangeLedger(warehouse.dataSource),
                        new Acceptances(warehouse.dataSource, Clock.systemUTC()),
                        () -> {},
                        Clock.systemUTC(),
                        Pseudonymiser.none(),
                        ParallelTasks.Limit.USUAL)));
    }

    private static Feed withTable(String table) {
        return feed(
                new Origin.DatabaseRows(table, null, null),
                Feed.Extract.FULL,
                null,
                TestFeeds.column("exhibit_ref", "exhibit_ref", Feed.Type.TEXT));
    }

    static Feed with(Feed.Column... columns) {
        return feed(new Origin.DatabaseRows("dfu.submission", null, null), Feed.Extract.FULL, null, columns);
    }

    static Feed.Column local(String name) {
        return new Feed.Column(
                name,
                name,
                Feed.Type.LOCAL_TIME,
                Feed.TextFormat.of(ZoneId.of("Europe/London")),
                false,
                Feed.Privacy.NOT_PERSONAL,
                "Test column.");
    }
}
