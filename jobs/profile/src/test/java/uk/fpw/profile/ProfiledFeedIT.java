package uk.fpw.profile;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import uk.fpw.ingest.IngestTestWarehouse;
import uk.fpw.ingest.database.DatabaseTable;
import uk.fpw.ingest.parquet.TestParquet;
import uk.fpw.warehouse.failure.ExitCode;
import uk.fpw.warehouse.failure.FpwException;
import uk.fpw.warehouse.force.Force;
import uk.fpw.warehouse.force.ForceFolder;
import uk.fpw.warehouse.force.connection.SourceConnection;
import uk.fpw.warehouse.privacy.Pseudonymiser;
import uk.fpw.warehouse.testing.SchemaDefaults;

/** The feed written by a profile is accepted unchanged and loads the profiled source. */
class ProfiledFeedIT {

    private static final String KEY = "00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff";

    private static final String STAGING =
            "staging: list_events\nsource: list\nitem_kind: thing\nfeeds: [list]\nevents: [received, left]\n";
    private static final String STAGING_SQL =
            "select item as item_key, 'received' as event, current_thing_on as occurred_on, 1 as event_order from "
                    + "list\n";
    private static final String QUEUE =
            "queue: things\nversion: 1\ntitle: Things\ndescription: Things.\nitem_kind: thing\nitem_unit: "
                    + "things\nenters: [received]\nleaves:\n  - {event: left, as: left, served: true}\n";

    @TempDir
    Path folder;

    @Test
    void dirtyFileLoadsByTheFeedOfItsProfile() throws IOException {
        // Repeated rows, blanks, a date that does not exist, a word for null, windows-1252, and headers that are not
        // valid names.
        StringBuilder file = new StringBuilder("Ref No;Opened (date);Größe;Closed?;Weight kg;Officer name\r\n");
        for (int row = 1; row <= 300; row++) {
            String line = "R/" + row + ";" + (10 + row % 15) + "/01/2026" + ";"
                    + (row % 7 == 0 ? "N/A" : String.valueOf(row % 11)) + ";" + (row % 2 == 0 ? "Y" : "") + ";"
                    + row % 5 + ".25;PC " + "Ann Archer";
            file.append(line).append("\r\n");
            if (row % 30 == 0) {
                file.append(line).append("\r\n");
            }
        }
        file.append("R/x;31/02/2026;1;;1.5;\r\n");
        Path drop = Files.createDirectories(folder.resolve("force/drop"));
        Path list = drop.resolve("list_2026-02-01.csv");
        Files.writeString(list, file, java.nio.charset.Charset.forName("windows-1252"));

        Force force =
                force(draft(ProfiledSource.of(list, false), "drop"), "  - {name: drop, kind: files, path: drop}\n");
        try (IngestTestWarehouse warehouse = new IngestTestWarehouse(
                folder, Map.of(Pseudonymiser.KEY_VARIABLE, KEY), force.connections(), force.feeds())) {
            assertThat(warehouse.load("list", "2026-02-01")).startsWith("received 311 = loaded 300 + unchanged 0 + ");
            assertThat(warehouse.query(
                            "select code, count(*) from ops.refusal where code <> 'ROW_REPEATED' group by code"))
                    .containsExactly("UNPARSABLE | 1");
            assertThat(warehouse.load("list", "2026-02-01")).contains("unchanged 300");
        }
    }

    @Test
    void dirtyWorkbookLoadsByTheFeedOfItsProfile() throws IOException {
        Path drop = Files.createDirectories(folder.resolve("force/drop"));
        Path list = WorkbookProfileTest.dirty().write(drop.resolve("list.xlsx"));
        Force force =
                force(draft(ProfiledSource.of(list, false), "drop"), "  - {name: drop, kind: files, path: drop}\n");
        try (IngestTestWarehouse warehouse = new IngestTestWarehouse(
                folder, Map.of(Pseudonymiser.KEY_VARIABLE, KEY), force.connections(), force.feeds())) {
            assertThat(warehouse.load("list", "2026-02-01"))
                    .isEqualTo("received 41 = loaded 40 + unchanged 0 + refused 1; deleted 0, flagged 0");
            assertThat(warehouse.query("select code, count(*) from ops.refusal group by code order by code"))
                    .containsExactly("UNPARSABLE | 1");
            assertThat(warehouse.query("select column_name, value_count from ops.unreadable_value"))
                    .containsExactly("score | 10");
        }
    }

    @Test
    void parquetFileLoadsByTheFeedOfItsProfile() throws IOException {
        Path drop = Files.createDirectories(folder.resolve("force/drop"));
        Path list = TestParquet.list(drop.resolve("list.parquet"));
        Force force =
                force(draft(ProfiledSource.of(list, false), "drop"), "  - {name: drop, kind: files, path: drop}\n");
        try (IngestTestWarehouse warehouse = new IngestTestWarehouse(
                folder, Map.of(Pseudonymiser.KEY_VARIABLE, KEY), force.connections(), force.feeds())) {
            assertThat(warehouse.load("list", "2026-02-01"))
                    .isEqualTo("received 40 = loaded 40 + unchanged 0 + refused 0; deleted 0, flagged 0");
        }
    }

    @Test
    void tableLoadsByTheFeedOfItsProfile() throws SQLException, IOException {
        String url = "jdbc:h2:file:" + folder.resolve("systems/dfu");
        run(
                url,
                "create schema dfu",
                "create table dfu.list (ref varchar(20), opened date, at_time timestamp, done boolean, n int, "
                        + "picture blob)",
                "insert into dfu.list select 'R/' || x, dateadd(day, x, date '2026-01-01'), timestamp '2026-01-01 "
                        + "10:00:00', x > 5, mod(x, 3), null from system_range(1, 40)",
                "create user fpw_reader password 'reader'",
                "grant select on schema dfu to fpw_reader");
        SourceConnection.Database database =
                SchemaDefaults.database("dfu", url, "fpw_reader", "FPW_DFU_PASSWORD", 2, 60);
        String yaml;
        try (DatabaseTable table = DatabaseTable.open("dfu.list", database, "reader")) {
            yaml = draft(ProfiledSource.of(table), "dfu");
        }
        assertThat(yaml)
                .contains("table: \"dfu.list\"\n")
                .contains("key: [ref]")
                .contains("{name: at_time, from: \"AT_TIME\", type: local_time, privacy: not_personal}")
                .contains("# not loaded: PICTURE (BINARY LARGE OBJECT), a type that feeds cannot read");
        Force force = force(
                yaml,
                "  - {name: dfu, kind: jdbc, url: \"" + url
                        + "\", user: fpw_reader, password_variable: FPW_DFU_PASSWORD}\n");
        Map<String, String> environment = Map.of(
                Pseudonymiser.KEY_VARIABLE,
                KEY,
                "FPW_DFU_PASSWORD",
                "reader",
                "FPW_H2_SOURCES",
                folder.resolve("systems").toString());
        try (IngestTestWarehouse warehouse =
                new IngestTestWarehouse(folder, environment, force.connections(), force.feeds())) {
            assertThat(warehouse.load("list", "2026-02-01"))
                    .isEqualTo("received 40 = loaded 40 + unchanged 0 + refused 0; deleted 0, flagged 0");
        }
        assertThatThrownBy(() -> DatabaseTable.open("dfu.lists", database, "reader"))
                .isInstanceOf(FpwException.class)
                .hasMessage("connection dfu, table dfu.lists: there is no such table or view that user 'fpw_reader' "
                        + "can see; in schema DFU there are LIST; correct table, or "
                        + "check what has changed in the database")
                .extracting(failed -> ((FpwException) failed).exitCode())
                .isEqualTo(ExitCode.CONFIGURATION);
    }

    private String draft(ProfiledSource source, String connection) {
        SourceProfile profile = Profiler.profile(source, folder, rows -> {});
        FeedDraft draft = new FeedDraft(profile, "list", connection);
        assertThat(String.join("\n", ProfileReport.lines(profile, draft)) + draft.yaml())
                .doesNotContain("Archer", "R/1", "31/02");
        return draft.yaml();
    }

    /** A minimal force folder for the feed. */
    private Force force(String feed, String connections) throws IOException {
        Path force = folder.resolve("force");
        for (String part : List.of("feeds", "staging", "queues")) {
            Files.createDirectories(force.resolve(part));
        }
        Files.writeString(
                force.resolve("force.yml"),
                "force: test\nname: Test\nzone: Europe/London\nstorage:\n  warehouse: ../warehouse\n");
        Files.writeString(force.resolve("connections.yml"), "connections:\n" + connections);
        Files.writeString(force.resolve("feeds/list.yml"), feed);
        Files.writeString(force.resolve("staging/list_events.yml"), STAGING);
        Files.writeString(force.resolve("staging/list_events.sql"), STAGING_SQL);
        Files.writeString(force.resolve("queues/things.yml"), QUEUE);
        return ForceFolder.read(force);
    }

    private static void run(String url, String... statements) throws SQLException {
        try (Connection connection = DriverManager.getConnection(url, "sa", "");
                Statement statement = connection.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }
}
