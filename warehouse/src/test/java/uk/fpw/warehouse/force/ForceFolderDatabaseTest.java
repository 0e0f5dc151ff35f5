package uk.fpw.warehouse.force;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;
import uk.fpw.warehouse.force.connection.SourceConnection;
import uk.fpw.warehouse.force.feed.Feed;
import uk.fpw.warehouse.force.feed.Origin;
import uk.fpw.warehouse.testing.SchemaDefaults;

/** Database connections and feeds: reading, and errors. */
class ForceFolderDatabaseTest extends ConfigErrorTesting {

    private static final String DATABASE_FEED = """
            feed: devices
            source: lab
            description: One row per device.
            connection: lab
            table: lab.device
            extract: changes
            cursor: {column: change_seq, look_back: 1000}
            deleted: is_deleted
            key: [device_id]
            item: device_id
            columns:
              - {name: device_id, from: Device, type: text, privacy: pseudonymise}
              - {name: device_type, type: text, privacy: not_personal}
              - {name: received_on, type: date, privacy: not_personal}
              - {name: examined_on, type: date, privacy: not_personal}
              - {name: change_seq, type: whole, privacy: not_personal}
              - {name: is_deleted, type: boolean, privacy: not_personal}
            """;

    @TempDir
    private Path temp;

    @Test
    void connectionAndFeedAreRead() {
        Force force = database(new TinyFolder(temp)).read();

        assertThat(force.connection("lab"))
                .isEqualTo(SchemaDefaults.database(
                        "lab", "jdbc:h2:file:" + temp + "/../lab", "fpw_reader", "FPW_LAB_PASSWORD", 5000, 60));
        Feed feed = force.feed("devices");
        assertThat(feed.origin())
                .isEqualTo(new Origin.DatabaseRows("lab.device", null, SchemaDefaults.cursor("change_seq", 1000)));
        assertThat(feed.deleted()).isEqualTo("is_deleted");
        assertThat(force.needsPseudonymKey()).isTrue();
    }

    @Test
    void sourceThatAllowsOneSessionIsKnownToDoSo() {
        Force force = database(new TinyFolder(temp))
                .edit("connections.yml", "user: fpw_reader", "user: fpw_reader\n    max_sessions: 1")
                .read();

        assertThat(force.connection("lab"))
                .isEqualTo(new SourceConnection.Database(
                        "lab", "jdbc:h2:file:" + temp + "/../lab", "fpw_reader", "FPW_LAB_PASSWORD", 5000, 60, 1));
    }

    @Test
    void feedCanReadAQueryBesideIt() {
        String sql = "-- Devices; all of them.\nselect * from lab.device where note <> 'a;b\\'\n";
        Force force = database(new TinyFolder(temp))
                .edit(FEED, "table: lab.device\n", "")
                .write("feeds/devices.sql", sql)
                .read();

        assertThat(force.feed("devices").origin())
                .isEqualTo(new Origin.DatabaseRows(null, sql, SchemaDefaults.cursor("change_seq", 1000)));
    }

    @Test
    void feedOfChangesSaysHowWhatItsCursorMissesIsFound() {
        Force weekly = database(new TinyFolder(temp))
                .edit(FEED, "look_back: 1000}", "look_back: 1000, max_gap: 50}\nreconcile: {every: 7 days}")
                .read();
        Origin.DatabaseRows rows = new Origin.DatabaseRows(
                "lab.device", null, new Origin.Cursor("change_seq", 1000, 50, 5_000_000), new Origin.Reconcile(7));
        assertThat(weekly.feed("devices").origin()).isEqualTo(rows);
        assertThat(rows.reconcile()).hasToString("7 days");
    }

    @Test
    void feedOfChangesMaySayThatNothingMoreIsFound() {
        Force force = database(new TinyFolder(temp))
                .edit(FEED, "look_back: 1000}", "look_back: 1000}\nreconcile: none")
                .read();
        assertThat(force.feed("devices").origin())
                .isEqualTo(new Origin.DatabaseRows(
                        "lab.device", null, SchemaDefaults.cursor("change_seq", 1000), new Origin.Reconcile(0)));
    }

    @TestFactory
    Stream<DynamicTest> connections() {
        return Stream.of(
                connection(
                        "password in the URL, which the message does not repeat",
                        "jdbc:h2:file:{folder}/../lab",
                        "jdbc:postgresql://lab-db/lab?password=hunter2",
                        "connections.yml:5: connections[1].url: contains a user or a password; remove them "
                                + "from the URL; put the user in user and the environment variable with "
                                + "the password in password_variable"),
                connection(
                        "user and password as Oracle writes them",
                        "jdbc:h2:file:{folder}/../lab",
                        "jdbc:oracle:thin:scott/hunter2@//lab-db/lab",
                        "connections.yml:5: connections[1].url: contains a user or a password; remove them "
                                + "from the URL; put the user in user and the environment variable with "
                                + "the password in password_variable"),
                connection(
                        "invalid URL",
                        "jdbc:h2:file:{folder}/../lab",
                        "postgresql://lab-db/lab",
                        "connections.yml:5: connections[1].url: the value is not a JDBC URL, "
                                + "such as jdbc:postgresql://dfu-db/dfu; change it"),
                connection(
                        "setting that runs a script when the database is opened",
                        "jdbc:h2:file:{folder}/../lab",
                        "jdbc:h2:file:{folder}/../lab;INIT=RUNSCRIPT FROM '{folder}/hunter2.sql'",
                        "connections.yml:5: connections[1].url: has the setting 'INIT', which a force folder may "
                                + "not set; remove it; allowed settings are MODE, DATABASE_TO_LOWER, "
                                + "DATABASE_TO_UPPER, CASE_INSENSITIVE_IDENTIFIERS, DEFAULT_NULL_ORDERING, "
                                + "AUTO_SERVER, WRITE_DELAY, CACHE_SIZE, LOCK_TIMEOUT"),
                connection(
                        "setting that loads a class",
                        "jdbc:h2:file:{folder}/../lab",
                        "jdbc:postgresql://lab-db/lab?socketFactory=hunter2",
                        "connections.yml:5: connections[1].url: has the setting 'socketFactory', which a force "
                                + "folder may not set; remove it; allowed settings are ApplicationName, "
                                + "assumeMinServerVersion, channelBinding, connectTimeout, currentSchema, "
                                + "gssEncMode, hostRecheckSeconds, loadBalanceHosts, loginTimeout, "
                                + "prepareThreshold, readOnly, socketTimeout, ssl, sslcert, sslkey, sslmode, "
                                + "sslNegotiation, sslrootcert, targetServerType, tcpKeepAlive"),
                connection(
                        "unknown word in braces",
                        "{folder}",
                        "{home}",
                        "connections.yml:5: connections[1].url: has braces around something other than the word "
                                + "folder; use "
                                + "{folder} for the path of the force folder, or remove the braces"),
                connection(
                        "password itself in the place of its variable",
                        "FPW_LAB_PASSWORD",
                        "hunter-2",
                        "connections.yml:7: connections[1].password_variable: the value is not the name of "
                                + "an environment variable that starts with FPW_ and ends in _PASSWORD; change "
                                + "it"),
                connection(
                        "variable that holds another secret",
                        "FPW_LAB_PASSWORD",
                        "FPW_PSEUDONYM_KEY",
                        "connections.yml:7: connections[1].password_variable: the value is not the name of "
                                + "an environment variable that starts with FPW_ and ends in _PASSWORD; change "
                                + "it"),
                connection(
                        "variable of another program",
                        "FPW_LAB_PASSWORD",
                        "PGPASSWORD",
                        "connections.yml:7: connections[1].password_variable: the value is not the name of "
                                + "an environment variable that starts with FPW_ and ends in _PASSWORD; change "
                                + "it"),
                connection(
                        "no user",
                        "    user: fpw_reader\n",
                        "",
                        "connections.yml:3: connections[1].user: is required for a connection of kind jdbc; enter "
                                + "a database user with read-only rights"),
                connection(
                        "path of a database",
                        "    user: fpw_reader\n",
                        "    user: fpw_reader\n    path: lab\n",
                        "connections.yml:7: connections[1].path: is not allowed for a connection of kind jdbc; remove "
                                + "it, or set kind to files"),
                connection(
                        "user of a folder",
                        "path: drop}",
                        "path: drop, user: me}",
                        "connections.yml:2: connections[0].user: is not allowed for a connection of kind files; remove "
                                + "it, or set kind to jdbc"),
                connection(
                        "folder without a path",
                        ", path: drop}",
                        "}",
                        "connections.yml:2: connections[0].path: is required for a connection of kind files; enter "
                                + "the folder into which the system drops its files"));
    }

    @TestFactory
    Stream<DynamicTest> feeds() {
        return Stream.of(
                feed(
                        "file of a database",
                        "table: lab.device",
                        "table: lab.device\nfile: devices.csv\nignored: [Officer]",
                        "feeds/devices.yml:6: file: is set, but connection 'lab' is a database; remove "
                                + "it, or use a connection of kind files",
                        "feeds/devices.yml:7: ignored: is set, but connection 'lab' is a database; remove it: "
                                + "only the columns listed here are read from a table"),
                feed(
                        "neither table nor query",
                        "table: lab.device\n",
                        "",
                        "feeds/devices.yml: table: is missing; set the table to read, or write a query in "
                                + "feeds/devices.sql"),
                feed(
                        "table that is more than a name",
                        "lab.device",
                        "lab.device where 1 = 1",
                        "feeds/devices.yml:5: table: 'lab.device where 1 = 1' is not the name of a table, such as "
                                + "dfu.submission; change it"),
                feed(
                        "changes without a cursor",
                        "cursor: {column: change_seq, look_back: 1000}\n",
                        "",
                        "feeds/devices.yml:6: extract: is changes, but there is no cursor "
                                + "column to detect changes in the database; set cursor to a column that increases "
                                + "with every change, or set extract to full"),
                feed(
                        "cursor of a full extract",
                        "extract: changes",
                        "extract: full",
                        "feeds/devices.yml:7: cursor: is set, but extract is full; remove it, or "
                                + "set extract to changes"),
                feed(
                        "cursor that is not a column",
                        "column: change_seq",
                        "column: changes_seq",
                        "feeds/devices.yml:7: cursor.column: 'changes_seq' is not among the columns; did you mean "
                                + "'change_seq'?"),
                feed(
                        "cursor that is a text",
                        "column: change_seq",
                        "column: device_type",
                        "feeds/devices.yml:7: cursor.column: 'device_type' is of type text; choose a column "
                                + "of type whole, date, instant or local_time that increases with every change"),
                feed(
                        "cursor that the database stores as text",
                        "name: change_seq, type: whole",
                        "name: change_seq, type: date, pattern: dd/MM/yyyy",
                        "feeds/devices.yml:7: cursor.column: 'change_seq' has a pattern, so the "
                                + "database stores it as text, which does not sort by time; choose a column of a date "
                                + "or "
                                + "time type"),
                feed(
                        "cursor without a look-back",
                        ", look_back: 1000}",
                        "}",
                        "feeds/devices.yml:7: cursor.look_back: is missing; add it: How far before "
                                + "the highest known value reading starts, so that rows that became "
                                + "visible late are found: a number for whole, days for date, minutes for instant and "
                                + "local_time."),
                feed(
                        "look-back that looks forward",
                        "look_back: 1000",
                        "look_back: -1",
                        "feeds/devices.yml:7: cursor.look_back: is -1, less than 0; use a larger number"),
                feed(
                        "comparison that is neither a group nor none",
                        "look_back: 1000}",
                        "look_back: 1000}\nreconcile: 7",
                        "feeds/devices.yml:8: reconcile: is 7, and not none, or a group such as {every: 7 days}; "
                                + "change it"),
                feed(
                        "comparison that is a text",
                        "look_back: 1000}",
                        "look_back: 1000}\nreconcile: weekly",
                        "feeds/devices.yml:8: reconcile: 'weekly' is not none, or a group such as {every: 7 days}; "
                                + "change it"),
                feed(
                        "comparison that names no days",
                        "look_back: 1000}",
                        "look_back: 1000}\nreconcile: {every: week}",
                        "feeds/devices.yml:8: reconcile.every: 'week' is not a number of days, such as 7 days; "
                                + "change it"),
                feed(
                        "comparison of a full extract",
                        "extract: changes\ncursor: {column: change_seq, look_back: 1000}",
                        "extract: full\nreconcile: none",
                        "feeds/devices.yml:7: reconcile: is set, but extract is full, which compares "
                                + "the whole source every night; remove it"),
                feed(
                        "gap of a date",
                        "column: change_seq, look_back: 1000",
                        "column: received_on, look_back: 10, max_gap: 5",
                        "feeds/devices.yml:7: cursor.max_gap: is set, but 'received_on' is of type date; remove it"),
                feed(
                        "deletion that is not a boolean",
                        "deleted: is_deleted",
                        "deleted: device_type",
                        "feeds/devices.yml:8: deleted: 'device_type' is of type text; use a column of "
                                + "type boolean that is true where the source has deleted the row"),
                feed(
                        "deletion that is not a column",
                        "deleted: is_deleted",
                        "deleted: erased",
                        "feeds/devices.yml:8: deleted: 'erased' is not among the columns; the columns are "
                                + "change_seq, device_id, device_type, examined_on, is_deleted, received_on"),
                database(
                        "table and query",
                        folder -> folder.write("feeds/devices.sql", "select 1"),
                        "feeds/devices.yml:5: table: is set, but there is also a query feeds/devices.sql; remove "
                                + "one of them"),
                database(
                        "query that writes",
                        folder -> folder.edit(FEED, "table: lab.device\n", "")
                                .write("feeds/devices.sql", "-- Tidy.\ndelete from lab.device"),
                        "feeds/devices.sql: does not start with select or with; write a single query that only reads"),
                database(
                        "freshness by the name of a file",
                        folder -> folder.edit(FEED, "key:", "freshness: {dated_by: file_name, max_age_days: 3}\nkey:"),
                        "feeds/devices.yml:9: freshness.dated_by: is file_name, but a database has no files; use "
                                + "{column: ...}"),
                database(
                        "freshness by a text in which the database stores a time",
                        folder -> folder.edit(
                                        FEED,
                                        "key:",
                                        "freshness: {dated_by: {column: received_on}, max_age_days: 3}\nkey:")
                                .edit(FEED, "received_on, ", "received_on, pattern: dd/MM/yyyy, "),
                        "feeds/devices.yml:9: freshness.dated_by.column: 'received_on' has a pattern, so the database "
                                + "stores it as text, which does not sort by time; choose a column of a date or time "
                                + "type"),
                database(
                        "two statements",
                        folder -> folder.edit(FEED, "table: lab.device\n", "")
                                .write("feeds/devices.sql", "select 1;\ndrop table lab.device"),
                        "feeds/devices.sql:1: contains more than one statement; keep one query, without ';'"),
                database(
                        "query without its feed",
                        folder -> folder.write("feeds/device.sql", "select 1"),
                        "feeds/device.sql: has no matching .yml file; add feeds/device.yml"),
                database(
                        "delivery from a database",
                        folder -> folder.edit(FEED, "table: lab.device", "table: lab.device\ndelivery: {days: daily}"),
                        "feeds/devices.yml:6: delivery: is set, but connection 'lab' is a database; remove "
                                + "it, or use a connection of kind files"),
                test(
                        "table of a folder",
                        folder -> folder.edit(FEED, "file: devices_{date}.csv", "table: devices"),
                        "feeds/devices.yml: file: is missing; enter the name of the file that the source "
                                + "drops into the folder of connection 'drop'",
                        "feeds/devices.yml:5: table: is set, but connection 'drop' is a folder of files; remove "
                                + "it, or use a connection of kind jdbc"),
                test(
                        "query of a folder",
                        folder -> folder.write("feeds/devices.sql", "select 1"),
                        "feeds/devices.sql: is a query, but connection 'drop' of feed 'devices' is a folder of "
                                + "files; remove it, or use a connection of kind jdbc in the feed"));
    }

    private DynamicTest connection(String name, String text, String by, String... messages) {
        return database(name, folder -> folder.edit(CONNECTIONS, text, by), messages);
    }

    private DynamicTest feed(String name, String text, String by, String... messages) {
        return database(name, folder -> folder.edit(FEED, text, by), messages);
    }

    private DynamicTest database(String name, Consumer<TinyFolder> change, String... messages) {
        return test(name, folder -> change.accept(database(folder)), messages);
    }

    private static TinyFolder database(TinyFolder folder) {
        return folder.write("connections.yml", """
                connections:
                  - {name: drop, kind: files, path: drop}
                  - name: lab
                    kind: jdbc
                    url: "jdbc:h2:file:{folder}/../lab"
                    user: fpw_reader
                    password_variable: FPW_LAB_PASSWORD
                """).write("feeds/devices.yml", DATABASE_FEED);
    }
}
