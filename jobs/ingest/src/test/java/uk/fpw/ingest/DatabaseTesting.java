package uk.fpw.ingest;

import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import uk.fpw.warehouse.force.connection.H2Sources;
import uk.fpw.warehouse.force.connection.SourceConnection;
import uk.fpw.warehouse.force.feed.Feed;
import uk.fpw.warehouse.force.feed.FeedLimits;
import uk.fpw.warehouse.force.feed.Origin;
import uk.fpw.warehouse.privacy.Pseudonymiser;
import uk.fpw.warehouse.testing.SchemaDefaults;

/** A database table read by feeds, in the SQL of each kind of database. */
abstract class DatabaseTesting {

    static final String PASSWORD = "reader's secret";
    static final String KEY = "00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff";

    @TempDir
    Path folder;

    /** The database as accessed by {@code fpw_reader}. */
    abstract SourceConnection.Database database();

    /** A session of the database's owner. */
    abstract Connection owner() throws SQLException;

    @BeforeEach
    void makeTable() throws SQLException {
        run(
                "drop schema if exists dfu cascade",
                "create schema dfu",
                "create table dfu.submission (exhibit_ref varchar(20), status varchar(20), change_seq bigint, "
                        + "is_deleted boolean)",
                "grant select on dfu.submission to fpw_reader");
    }

    void run(String... statements) throws SQLException {
        try (Connection owner = owner();
                Statement statement = owner.createStatement()) {
            for (String sql : statements) {
                statement.execute(sql);
            }
        }
    }

    IngestTestWarehouse warehouse(Feed feed) {
        return warehouse(database(), feed);
    }

    IngestTestWarehouse warehouse(SourceConnection.Database database, Feed feed) {
        return new IngestTestWarehouse(
                folder,
                Map.of(
                        Pseudonymiser.KEY_VARIABLE,
                        KEY,
                        "FPW_DFU_PASSWORD",
                        PASSWORD,
                        H2Sources.VARIABLE,
                        folder.toString()),
                List.of(database),
                List.of(feed));
    }

    static Feed changes(long lookBack) {
        return feed(
                new Origin.DatabaseRows("dfu.submission", null, SchemaDefaults.cursor("change_seq", lookBack)),
                Feed.Extract.CHANGES,
                "is_deleted",
                TestFeeds.column("exhibit_ref", "exhibit_ref", Feed.Type.TEXT),
                TestFeeds.column("status", "status", Feed.Type.TEXT),
                TestFeeds.column("change_seq", "change_seq", Feed.Type.WHOLE),
                TestFeeds.column("is_deleted", "is_deleted", Feed.Type.BOOLEAN));
    }

    static Feed feed(Origin.DatabaseRows rows, Feed.Extract extract, @Nullable String deleted, Feed.Column... columns) {
        return new Feed(
                "submissions",
                "dfu",
                "Test feed.",
                new Feed.Input("dfu", rows, extract),
                new Feed.Rows(List.of(columns), List.of("exhibit_ref"), Set.of(), "exhibit_ref", deleted),
                FeedLimits.atLeast(0));
    }
}
