package uk.fpw.ingest;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import uk.fpw.warehouse.force.connection.H2Sources;
import uk.fpw.warehouse.force.feed.Feed;
import uk.fpw.warehouse.force.feed.Origin;
import uk.fpw.warehouse.privacy.Pseudonymiser;
import uk.fpw.warehouse.testing.SchemaDefaults;
import uk.fpw.warehouse.testing.TestLimits;

/** A table of an H2 database that is read by a cursor. */
abstract class CursorTesting {

    @TempDir
    Path folder;

    @BeforeEach
    void makeTable() throws SQLException {
        run(
                "create user fpw_reader password ''",
                "create schema dfu",
                "create table dfu.submission (exhibit_ref varchar(20), status varchar(20), change_seq bigint, "
                        + "changed_on date, is_deleted boolean)",
                "grant select on dfu.submission to fpw_reader");
    }

    @AfterEach
    void dropTable() throws SQLException {
        run("drop all objects");
    }

    void insert(Object... keysAndNumbers) throws SQLException {
        for (int index = 0; index < keysAndNumbers.length; index += 2) {
            run("insert into dfu.submission values ('" + keysAndNumbers[index] + "', 'new', "
                    + keysAndNumbers[index + 1] + ", null, false)");
        }
    }

    void run(String... statements) throws SQLException {
        try (Connection owner = DriverManager.getConnection(url(), "sa", "");
                Statement statement = owner.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }

    String url() {
        return "jdbc:h2:file:" + folder.resolve("systems/dfu");
    }

    IngestTestWarehouse warehouse(Feed feed) {
        return new IngestTestWarehouse(
                folder,
                Map.of(H2Sources.VARIABLE, folder.toString(), Pseudonymiser.KEY_VARIABLE, "0".repeat(64)),
                List.of(SchemaDefaults.database("dfu", url(), "fpw_reader", "", 50, 60)),
                List.of(feed));
    }

    static Feed changes(long lookBack, Origin.@Nullable Reconcile reconcile) {
        return feed(SchemaDefaults.cursor("change_seq", lookBack), reconcile, 1);
    }

    static Feed feed(Origin.Cursor cursor, Origin.@Nullable Reconcile reconcile, double maxDeletedShare) {
        return new Feed(
                "submissions",
                "dfu",
                "Test feed.",
                new Feed.Input(
                        "dfu",
                        new Origin.DatabaseRows("dfu.submission", null, cursor, reconcile),
                        Feed.Extract.CHANGES),
                new Feed.Rows(
                        List.of(
                                TestFeeds.column("exhibit_ref", "exhibit_ref", Feed.Type.TEXT),
                                TestFeeds.column("status", "status", Feed.Type.TEXT),
                                TestFeeds.column("change_seq", "change_seq", Feed.Type.WHOLE),
                                TestFeeds.column("changed_on", "changed_on", Feed.Type.DATE),
                                TestFeeds.column("is_deleted", "is_deleted", Feed.Type.BOOLEAN)),
                        List.of("exhibit_ref"),
                        Set.of(),
                        "exhibit_ref",
                        "is_deleted"),
                TestLimits.of(0, 1, 1, maxDeletedShare));
    }
}
