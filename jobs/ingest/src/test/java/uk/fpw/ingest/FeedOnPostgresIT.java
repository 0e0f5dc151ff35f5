package uk.fpw.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import uk.fpw.warehouse.failure.ExitCode;
import uk.fpw.warehouse.failure.FpwException;
import uk.fpw.warehouse.force.connection.SourceConnection;
import uk.fpw.warehouse.force.feed.Feed;
import uk.fpw.warehouse.force.feed.Origin;
import uk.fpw.warehouse.store.ledger.Acceptances;
import uk.fpw.warehouse.store.limit.AcceptableLimit;
import uk.fpw.warehouse.testing.SchemaDefaults;
import uk.fpw.warehouse.testing.StallingNetwork;
import uk.fpw.warehouse.testing.TestDatabase;

/** Feeds that read a PostgreSQL database. */
@Tag("thorough")
@Tag("engines")
class FeedOnPostgresIT extends DatabaseFeedTesting {

    private static final Map<String, String> TYPES = Map.of("varchar", "varchar", "bigint", "int8");

    private TestDatabase system = new TestDatabase("", "", "");

    @BeforeEach
    @Override
    void makeTable() throws SQLException {
        system = TestDatabase.postgres();
        String quoted = "'" + PASSWORD.replace("'", "''") + "'";
        run(
                "do $$ begin if not exists (select from pg_roles where rolname = 'fpw_reader') then create role "
                        + "fpw_reader login; end if; end $$",
                "alter role fpw_reader password " + quoted);
        super.makeTable();
        run("grant usage on schema dfu to fpw_reader");
    }

    @Override
    SourceConnection.Database database() {
        return database(system.url(), 60);
    }

    private static SourceConnection.Database database(String url, int timeoutSeconds) {
        return SchemaDefaults.database("dfu", url, "fpw_reader", "FPW_DFU_PASSWORD", 2, timeoutSeconds);
    }

    @Override
    Connection owner() throws SQLException {
        return system.open();
    }

    @Override
    String kept(String name) {
        return name;
    }

    @Override
    String type(String standard) {
        return String.valueOf(TYPES.get(standard));
    }

    @Override
    String endSessions() throws SQLException {
        run("select pg_terminate_backend(pid) from pg_stat_activity where usename = 'fpw_reader' and datname = "
                + "current_database()");
        return "FATAL: terminating connection due to administrator command";
    }

    @Test
    void sessionWritesNothingAndHasAName() throws SQLException {
        run(
                "create function dfu.told() returns text language sql volatile as $$ select "
                        + "current_setting('application_name') || ', ' || "
                        + "current_setting('transaction_read_only') || ', ' || "
                        + "current_setting('transaction_isolation') $$",
                "insert into dfu.submission values ('A', 'new', 1, false)");
        Feed feed = query("select exhibit_ref, dfu.told() as status from dfu.submission");
        try (IngestTestWarehouse warehouse = warehouse(feed)) {
            warehouse.load("submissions", "2015-12-29");
            assertThat(warehouse.rows("current.submissions", "_key", "status"))
                    .containsExactly("A | fpw, on, repeatable read");
        }
    }

    @Test
    void infiniteDatesAndTimesAndWhatIsNoNumberAreRefused() throws SQLException {
        run(
                "create table dfu.endless (id integer, on_day date, at_time timestamp, at_instant timestamptz, "
                        + "amount numeric, pieces numeric(10, 0))",
                "grant select on dfu.endless to fpw_reader",
                "insert into dfu.endless values (1, '2015-12-29', '2015-12-29 10:00', '2015-12-29 10:00+00', 1.25, 7)",
                "insert into dfu.endless (id, on_day) values (2, 'infinity')",
                "insert into dfu.endless (id, at_time) values (3, '-infinity')",
                "insert into dfu.endless (id, at_instant) values (4, 'infinity')",
                "insert into dfu.endless (id, amount) values (5, 'NaN')",
                "insert into dfu.endless (id, pieces) values (6, 'NaN')");
        Feed feed = feed(
                new Origin.DatabaseRows("dfu.endless", null, null),
                Feed.Extract.FULL,
                null,
                TestFeeds.column("exhibit_ref", "id", Feed.Type.WHOLE),
                TestFeeds.column("on_day", "on_day", Feed.Type.DATE),
                local("at_time"),
                TestFeeds.column("at_instant", "at_instant", Feed.Type.INSTANT),
                TestFeeds.column("amount", "amount", Feed.Type.DECIMAL),
                TestFeeds.column("pieces", "pieces", Feed.Type.WHOLE));
        try (IngestTestWarehouse warehouse = warehouse(feed)) {
            assertThat(warehouse.load("submissions", "2015-12-29"))
                    .isEqualTo("received 6 = loaded 1 + unchanged 0 + refused 5; deleted 0, flagged 0");
            assertThat(warehouse.query("select row_key, message from ops.refusal order by line_number"))
                    .containsExactly(
                            "2 | on_day is not an existing date, written in ISO format",
                            "3 | at_time is not an existing date and time, written in ISO format",
                            "4 | at_instant is not an existing time with its offset, written in ISO format",
                            "5 | amount is not a decimal number (digits and a decimal point, without thousands "
                                    + "separators)",
                            "6 | pieces is not a whole number (digits only, with an optional sign)");
        }
    }

    @Test
    void instantsOfEveryAgeAreExact() throws SQLException {
        List<String> times = List.of(
                "0001-01-01T00:00:00Z",
                "1500-02-28T23:59:59.999999Z",
                "1582-10-04T12:00:00.000001Z",
                "1582-10-10T00:00:00Z",
                "1582-10-15T00:00:00Z",
                "1599-12-31T23:59:59.999999Z",
                "1600-01-01T00:00:00Z",
                "1847-12-01T00:00:00.500Z",
                "1969-12-31T23:59:59.999999Z",
                "1969-12-31T23:59:59Z",
                "1970-01-01T00:00:00.000001Z",
                "1999-12-31T23:59:59.999999Z",
                "2016-03-27T01:30:00.123456Z",
                "2016-10-30T00:30:00Z",
                "9999-12-30T23:59:59.999999Z",
                "9999-12-31T23:59:59.999999Z");
        run("create table dfu.aged (id text, at_instant timestamptz)", "grant select on dfu.aged to fpw_reader");
        for (String time : times) {
            run("insert into dfu.aged values ('" + time + "', '" + time + "')");
        }
        run("insert into dfu.aged values ('none', null), ('late', '10000-01-01 00:00+00'), ('early', "
                + "'0001-12-31 23:59:59+00 BC')");
        Feed feed = feed(
                new Origin.DatabaseRows("dfu.aged", null, null),
                Feed.Extract.FULL,
                null,
                TestFeeds.column("exhibit_ref", "id", Feed.Type.TEXT),
                TestFeeds.column("at_instant", "at_instant", Feed.Type.INSTANT));
        try (IngestTestWarehouse warehouse = warehouse(feed)) {
            warehouse.load("submissions", "2015-12-29");
            List<String> expected = new ArrayList<>(times.stream()
                    .map(time -> time + " | " + OffsetDateTime.parse(time))
                    .toList());
            expected.add("none | null");
            assertThat(warehouse.rows("current.submissions", "_key", "at_instant"))
                    .containsExactlyInAnyOrderElementsOf(expected);
            assertThat(warehouse.query("select row_key, message, value_shown from ops.refusal order by line_number"))
                    .containsExactly(
                            "late | at_instant is not an existing time with its offset, written in ISO format | "
                                    + "+ddddd-dd-dd[1 letter]dd:dd[1 letter]",
                            "early | at_instant is not an existing time with its offset, written in ISO format | "
                                    + "dddd-dd-dd[1 letter]dd:dd:dd[1 letter]");
        }
    }

    @Test
    void numbersThatDifferInTheirScaleAloneAreTheSame() throws SQLException {
        run(
                "create table dfu.scaled (id integer, amount numeric)",
                "grant select on dfu.scaled to fpw_reader",
                "insert into dfu.scaled values (1, 1.5), (1, 1.50), (2, 10), (2, 1e1), (3, 0), (3, 0.000)");
        Feed feed = feed(
                new Origin.DatabaseRows("dfu.scaled", null, null),
                Feed.Extract.FULL,
                null,
                TestFeeds.column("exhibit_ref", "id", Feed.Type.WHOLE),
                TestFeeds.column("amount", "amount", Feed.Type.DECIMAL));
        try (IngestTestWarehouse warehouse = warehouse(feed)) {
            assertThat(warehouse.load("submissions", "2015-12-29"))
                    .isEqualTo("received 6 = loaded 3 + unchanged 0 + repeated 3 + refused 0; deleted 0, flagged 0");
            assertThat(warehouse.rows("current.submissions", "_key", "amount"))
                    .containsExactly("1 | 1.500000000", "2 | 10.000000000", "3 | 0E-9");
        }
    }

    @Test
    void queryThatDoesNotBeginToAnswerIsGivenUp() throws SQLException {
        run("insert into dfu.submission values ('A', 'new', 1, false)");
        assertFailure(
                database(system.url(), 1),
                query("select exhibit_ref, pg_sleep(60)::text as status from dfu.submission"),
                ExitCode.UNAVAILABLE,
                "connection dfu, feeds/submissions.sql: the database did not respond within 1 seconds; run "
                        + "again, or raise timeout_seconds of the connection");
    }

    @Test
    void tableThatAnotherSessionHasLockedIsNamedAsThat() throws SQLException {
        run("insert into dfu.submission values ('A', 'new', 1, false)");
        try (Connection other = system.open()) {
            other.setAutoCommit(false);
            TestDatabase.execute(other, "lock table dfu.submission in access exclusive mode");
            assertFailure(
                    database(system.url(), 1),
                    changes(0),
                    ExitCode.UNAVAILABLE,
                    "connection dfu, table dfu.submission: another session of the database has locked it, and did not "
                            + "release it in time; nothing was loaded; run again when that session has ended, or raise "
                            + "timeout_seconds of the connection (1), from which its lock_timeout follows");
        }
    }

    @Test
    void databaseThatFallsSilentIsGivenUp() throws Exception {
        run("insert into dfu.submission values ('A', 'new', 1, false)");
        try (StallingNetwork network = StallingNetwork.before(system)) {
            network.stallAt("from \"dfu\".\"submission\"");
            assertFailure(
                    database(network.of(system, "socketTimeout=1").url(), 1),
                    changes(0),
                    ExitCode.UNAVAILABLE,
                    "connection dfu, table dfu.submission: the database did not respond within 1 seconds; run again, "
                            + "or raise timeout_seconds of the connection");
            assertThat(network.isStalled()).isTrue();
        }
    }

    @Test
    void rightThatIsNotGrantedIsMissed() throws SQLException {
        run("revoke select on dfu.submission from fpw_reader");
        assertFailure(
                changes(0),
                ExitCode.CONFIGURATION,
                "connection dfu, table dfu.submission: user 'fpw_reader' has no permission to read it (ERROR: "
                        + "permission denied "
                        + "for table submission); grant the user the SELECT privilege");
    }

    @Test
    void wrongPasswordIsReported() throws SQLException {
        run("alter role fpw_reader password 'another'");
        assertFailure(
                changes(0),
                ExitCode.CONFIGURATION,
                "connection dfu: the database rejects user 'fpw_reader' (FATAL: password authentication failed for "
                        + "user \"fpw_reader\"); correct user of the connection or the password in "
                        + "FPW_DFU_PASSWORD");
    }

    @Test
    void serverThatDoesNotListenIsUnavailable() {
        assertFailure(
                database("jdbc:postgresql://127.0.0.1:1/dfu", 5),
                changes(0),
                ExitCode.UNAVAILABLE,
                "connection dfu: cannot connect to the database (Connection to 127.0.0.1:1 refused. Check that the "
                        + "hostname and port are correct and that the postmaster is accepting TCP/IP "
                        + "connections.); check that it is running and that the url of "
                        + "the connection is correct, then run again");
    }

    @Test
    void otherDatabaseStopsAndAnotherTimelineComparesEveryRange() throws SQLException {
        Feed feed = feed(
                new Origin.DatabaseRows("dfu.submission", null, new Origin.Cursor("change_seq", 0, 1_000_000, 0)),
                Feed.Extract.CHANGES,
                null,
                TestFeeds.column("exhibit_ref", "exhibit_ref", Feed.Type.TEXT),
                TestFeeds.column("change_seq", "change_seq", Feed.Type.WHOLE));
        try (IngestTestWarehouse warehouse = warehouse(feed)) {
            run("insert into dfu.submission (exhibit_ref, change_seq) select 'X' || x, x from "
                    + "generate_series(1, 20) x");
            warehouse.load("submissions", "2015-12-29");
            String identifier = system.query("select system_identifier from pg_control_system()")
                    .get(0);
            String timeline = system.query("select timeline_id || ', database ' || oid from pg_control_checkpoint(), "
                            + "pg_database where datname = current_database()")
                    .get(0);
            assertThat(warehouse.query("select system_identifier, timeline, is_readable from ops.source_identity"))
                    .containsExactly(identifier + " | " + timeline + " | true");
            warehouse.load("submissions", "2015-12-30");
            run("delete from dfu.submission where change_seq in (2, 12)");

            warehouse.sql.update("update ops.source_identity set timeline = '0, database 1'");
            assertThat(warehouse.load("submissions", "2015-12-31"))
                    .isEqualTo("received 1 = loaded 0 + unchanged 1 + refused 0; deleted 2, flagged 0");
            assertThat(warehouse.query("select message from ops.feed_load where business_date = date '2015-12-31'"))
                    .containsExactly("the database is on another timeline (" + timeline + ", before 0, database 1): a "
                            + "standby has taken over, or it was restored; every range of change_seq was "
                            + "compared; the table differed from what was loaded of it; compared by key: 2 of "
                            + "19 ranges of change_seq (from 2, from 12); not shown by the cursor: 0 rows "
                            + "added, 0 changed, 2 deleted");

            warehouse.sql.update("update ops.source_identity set system_identifier = '7446253091839590435'");
            FpwException failure =
                    catchThrowableOfType(FpwException.class, () -> warehouse.load("submissions", "2016-01-01"));
            assertThat(failure.exitCode()).isEqualTo(ExitCode.BAD_DATA);
            assertThat(failure)
                    .hasMessage("connection dfu, table dfu.submission: is in another database, or a restored one: its "
                            + "identifier is " + identifier + ", but was 7446253091839590435 when it was last loaded; "
                            + "the source was restored or its counter was reset, and changes below 20 would not be "
                            + "found; nothing was loaded; check what happened to the source, and if its state is "
                            + "correct, have everything read and compared once with 'fpw accept submissions:cursor "
                            + "--date 2016-01-01 --reason \"...\"'");
            new Acceptances(warehouse.dataSource, Clock.systemUTC())
                    .record("submissions", AcceptableLimit.CURSOR, LocalDate.of(2016, 1, 1), "moved", "ann");
            assertThat(warehouse.load("submissions", "2016-01-01"))
                    .isEqualTo("received 18 = loaded 0 + unchanged 18 + refused 0; deleted 0, flagged 0");
            assertThat(warehouse.load("submissions", "2016-01-02"))
                    .isEqualTo("received 1 = loaded 0 + unchanged 1 + refused 0; deleted 0, flagged 0");
        }
    }

    @Test
    void userWhoMayNotReadTheIdentityIsToldOnce() throws SQLException {
        run("revoke execute on function pg_control_system() from public");
        try (IngestTestWarehouse warehouse = warehouse(changes(0))) {
            run("insert into dfu.submission values ('A', 'new', 1, false), ('B', 'new', 2, false)");
            warehouse.load("submissions", "2015-12-29");
            run("delete from dfu.submission where exhibit_ref = 'A'");
            assertThat(warehouse.load("submissions", "2015-12-30"))
                    .isEqualTo("received 1 = loaded 0 + unchanged 1 + refused 0; deleted 1, flagged 0");
            assertThat(warehouse.query("select message from ops.feed_load order by business_date"))
                    .containsExactly(
                            "the user of the connection may not read which database it is, so that another or restored "
                                    + "one is recognised by its rows alone (docs/force-folder.md says what to grant); "
                                    + "this is reported once",
                            "the table differed from what was loaded of it; compared by key: 1 of 1 ranges of "
                                    + "change_seq (the first); not shown by the cursor: 0 rows added, 0 changed, 1 "
                                    + "deleted");
        }
    }

    @Test
    void rangesThatTakeTooLongAreToldAndStopNothing() throws SQLException {
        run(
                "create function dfu.slowly(number bigint) returns bigint language plpgsql as $$ begin "
                        + "if current_query() like '%fpw_range%' then perform pg_sleep(60); end if; return number; "
                        + "end $$",
                "insert into dfu.submission values ('A', 'new', 1, false), ('B', 'new', 2, false)");
        Feed feed = feed(
                new Origin.DatabaseRows(
                        null,
                        "select exhibit_ref, dfu.slowly(change_seq) as change_seq from dfu.submission",
                        SchemaDefaults.cursor("change_seq", 0)),
                Feed.Extract.CHANGES,
                null,
                TestFeeds.column("exhibit_ref", "exhibit_ref", Feed.Type.TEXT),
                TestFeeds.column("change_seq", "change_seq", Feed.Type.WHOLE));
        try (IngestTestWarehouse warehouse = warehouse(database(system.url(), 1), feed)) {
            warehouse.load("submissions", "2015-12-29");
            run("insert into dfu.submission values ('C', 'new', 3, false)");
            assertThat(warehouse.load("submissions", "2015-12-30"))
                    .isEqualTo("received 2 = loaded 1 + unchanged 1 + refused 0; deleted 0, flagged 0");
            assertThat(warehouse.query("select message from ops.feed_load where business_date = date '2015-12-30'"))
                    .containsExactly("the ranges of change_seq could not be compared with the query, since the "
                            + "database did not respond within timeout_seconds of the connection: an index on the "
                            + "column helps, or a lower cursor.compared_rows in feeds/submissions.yml");
        }
    }

    private static Feed query(String sql) {
        return feed(
                new Origin.DatabaseRows(null, sql, null),
                Feed.Extract.FULL,
                null,
                TestFeeds.column("exhibit_ref", "exhibit_ref", Feed.Type.TEXT),
                TestFeeds.column("status", "status", Feed.Type.TEXT));
    }
}
