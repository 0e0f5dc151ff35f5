package uk.fpw.ingest;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import uk.fpw.warehouse.failure.ExitCode;
import uk.fpw.warehouse.force.connection.SourceConnection;
import uk.fpw.warehouse.force.feed.Feed;
import uk.fpw.warehouse.force.feed.Origin;
import uk.fpw.warehouse.testing.SchemaDefaults;

/** Feeds that read an H2 database. */
@Tag("thorough")
class H2FeedIT extends DatabaseFeedTesting {

    private static final Map<String, String> TYPES =
            Map.of("varchar", "CHARACTER VARYING", "bigint", "BIGINT", "timestamp", "TIMESTAMP");

    @BeforeEach
    @Override
    void makeTable() throws SQLException {
        run("create user if not exists fpw_reader password '" + PASSWORD.replace("'", "''") + "'");
        super.makeTable();
    }

    @AfterEach
    void shutDown() throws SQLException {
        run("drop all objects");
    }

    @Override
    SourceConnection.Database database() {
        return database(url());
    }

    private static SourceConnection.Database database(String url) {
        return SchemaDefaults.database("dfu", url, "fpw_reader", "FPW_DFU_PASSWORD", 2, 60);
    }

    private String url() {
        return "jdbc:h2:file:" + folder.resolve("systems/dfu");
    }

    @Override
    Connection owner() throws SQLException {
        return DriverManager.getConnection(url(), "sa", "");
    }

    @Override
    String kept(String name) {
        return name.toUpperCase(Locale.ROOT);
    }

    @Override
    String type(String standard) {
        return String.valueOf(TYPES.get(standard));
    }

    @Override
    String endSessions() throws SQLException {
        run("shutdown immediately");
        return "Database is already closed (to disable automatic closing at VM shutdown, add "
                + "\";DB_CLOSE_ON_EXIT=FALSE\" to the db URL) [90121-240]";
    }

    @Test
    void noSessionIsOpenedAfterTheOneThatReads() throws SQLException {
        Feed feed = changes(0);
        try (IngestTestWarehouse warehouse = warehouse(feed);
                LoadAttempt attempt = attempt(warehouse, feed)) {
            run("insert into dfu.submission values ('A', 'new', 1, false)");
            attempt.prepare();
            attempt.extract();
            run("alter user fpw_reader set password 'another'");
            attempt.compare();
            attempt.reconcile();
            assertThat(attempt.commit().loaded()).isEqualTo(1);
        }
    }

    @Test
    void databaseThatIsNotThereIsNotMade() {
        Path nowhere = folder.resolve("systems/other");
        assertFailure(
                database("jdbc:h2:file:" + nowhere),
                changes(0),
                ExitCode.UNAVAILABLE,
                "connection dfu: cannot connect to the database (Database \"" + nowhere
                        + "\" not found, and IFEXISTS=true, so we cant auto-create it [90146-240]); check "
                        + "that it is running and that the url of the connection is "
                        + "correct, then run again");
        assertThat(Files.exists(folder.resolve("systems/other.mv.db"))).isFalse();
    }

    @Test
    void wrongPasswordIsReported() throws SQLException {
        run("alter user fpw_reader set password 'another'");
        assertFailure(
                changes(0),
                ExitCode.CONFIGURATION,
                "connection dfu: the database rejects user 'fpw_reader' (Wrong user name or password [28000-240]); "
                        + "correct user of the connection or the password in FPW_DFU_PASSWORD");
    }

    @Test
    void unknownKindOfDatabaseNeedsADriver() {
        assertFailure(
                database("jdbc:oracle:thin:@//dfu-db/dfu"),
                changes(0),
                ExitCode.CONFIGURATION,
                "connection 'dfu': there is no JDBC driver for URLs that start with jdbc:oracle:; "
                        + "put the jar of the database's JDBC driver into a folder and set the "
                        + "environment variable FPW_DRIVERS to that folder");
    }

    @Test
    void rightThatIsNotGrantedIsMissed() throws SQLException {
        run("revoke select on dfu.submission from fpw_reader");
        assertFailure(
                changes(0),
                ExitCode.CONFIGURATION,
                "connection dfu, table dfu.submission: user 'fpw_reader' has no permission to read it (Not enough "
                        + "rights for "
                        + "object \"DFU.SUBMISSION\"); grant the user the SELECT privilege");
    }

    @Test
    void queryThatIsNotSqlIsRefusedInTheDatabasesWords() {
        assertFailure(
                feed(
                        new Origin.DatabaseRows(null, "select exhibit from dfu.submission", null),
                        Feed.Extract.FULL,
                        null,
                        TestFeeds.column("exhibit_ref", "exhibit_ref", Feed.Type.TEXT)),
                ExitCode.BAD_DATA,
                "connection dfu, feeds/submissions.sql: the database rejected the query (Column \"EXHIBIT\" "
                        + "not found); correct feeds/submissions.sql, or check what has changed in the database");
    }

    @Test
    void valueOnWhichTheDatabaseFailsIsNotShown() throws SQLException {
        run("insert into dfu.submission values ('Jane Doe', 'new', 1, false)");
        assertFailure(
                feed(
                        new Origin.DatabaseRows(
                                null, "select cast(exhibit_ref as integer) as id from dfu.submission", null),
                        Feed.Extract.FULL,
                        null,
                        TestFeeds.column("exhibit_ref", "id", Feed.Type.WHOLE)),
                ExitCode.BAD_DATA,
                "connection dfu, feeds/submissions.sql: the database failed on a value (SQLSTATE 22018); find "
                        + "out which one it is by running the query manually, and correct feeds/submissions.sql");
    }
}
