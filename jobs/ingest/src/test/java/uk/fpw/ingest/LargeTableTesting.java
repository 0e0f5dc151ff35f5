package uk.fpw.ingest;

import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import uk.fpw.ingest.database.DatabaseSource;
import uk.fpw.ingest.extract.LoadContext;
import uk.fpw.ingest.extract.LoadServices;
import uk.fpw.ingest.extract.ParallelTasks;
import uk.fpw.layout.KeyFormat;
import uk.fpw.warehouse.force.connection.SourceConnection;
import uk.fpw.warehouse.force.feed.Feed;
import uk.fpw.warehouse.force.feed.FeedLimits;
import uk.fpw.warehouse.force.feed.Origin;
import uk.fpw.warehouse.privacy.Pseudonymiser;
import uk.fpw.warehouse.store.ledger.Acceptances;
import uk.fpw.warehouse.store.ledger.ChangeLedger;
import uk.fpw.warehouse.store.ledger.feed.LoadLedger;
import uk.fpw.warehouse.store.load.LoadCounts;
import uk.fpw.warehouse.store.load.key.IndexMemory;
import uk.fpw.warehouse.testing.TestDatabase;

/** A PostgreSQL table with 3,000 rows, and loads that read it with a given number of sessions despite its size. */
abstract class LargeTableTesting {

    static final String TABLE = "dfu.submission";

    private static final String KEY = "00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff";

    @TempDir
    Path folder;

    TestDatabase system = new TestDatabase("", "", "");

    @BeforeEach
    void makeTable() throws SQLException {
        system = TestDatabase.postgres();
        run(
                "do $$ begin if not exists (select from pg_roles where rolname = 'large_reader') then create role "
                        + "large_reader login password 'secret'; end if; end $$",
                "alter role large_reader connection limit -1",
                "create schema dfu",
                "create table dfu.submission (exhibit_ref text, status text, change_seq bigint, changed_at "
                        + "timestamptz, notes text)",
                "insert into dfu.submission select 'X' || x, 'new', x, '2016-01-01T00:00Z'::timestamptz + x * "
                        + "interval '1 second', repeat('n', 500) from generate_series(1, 3000) x",
                "grant usage on schema dfu to large_reader",
                "grant select on all tables in schema dfu to large_reader");
    }

    /** Loads the table with the steps of the job. */
    LoadCounts load(IngestTestWarehouse warehouse, Feed feed, int maxSessions, String date) {
        LocalDate day = LocalDate.parse(date);
        LoadContext load = new LoadContext(
                source(feed, maxSessions),
                day,
                day,
                IngestTestWarehouse.run(day),
                date + ".load" + System.nanoTime(),
                new IndexMemory("test", IndexMemory.Limit.ofThisProcess()),
                List.of(),
                new LoadServices(
                        warehouse.catalog,
                        new LoadLedger(warehouse.dataSource, Clock.systemUTC()),
                        new ChangeLedger(warehouse.dataSource),
                        new Acceptances(warehouse.dataSource, Clock.systemUTC()),
                        () -> {},
                        Clock.systemUTC(),
                        Pseudonymiser.fromEnvironment(Map.of(Pseudonymiser.KEY_VARIABLE, KEY), KeyFormat.BASE32),
                        new ParallelTasks.Limit(8)));
        try (LoadAttempt attempt = new LoadAttempt(load)) {
            attempt.prepare();
            attempt.extract();
            attempt.compare();
            attempt.reconcile();
            return attempt.commit();
        }
    }

    /** A warehouse in the folder for that number of sessions. */
    IngestTestWarehouse warehouse(Feed feed, int sessions) {
        return new IngestTestWarehouse(
                folder.resolve("w" + sessions), Map.of(), List.of(database(sessions)), List.of(feed));
    }

    DatabaseSource source(Feed feed, int maxSessions) {
        return source(feed, maxSessions, 0);
    }

    DatabaseSource source(Feed feed, int maxSessions, long minBytes) {
        return new DatabaseSource(
                feed, database(maxSessions), "secret", LocalDate.of(2016, 2, 1), ZoneId.of("Europe/London"), minBytes);
    }

    SourceConnection.Database database(int maxSessions) {
        return new SourceConnection.Database(
                "dfu", system.url(), "large_reader", "FPW_DFU_PASSWORD", 10, 60, maxSessions);
    }

    /** A feed with the given key, or keyed by row if that is empty, and without limits. */
    static Feed feed(
            Origin.DatabaseRows rows,
            Feed.Extract extract,
            List<String> key,
            @Nullable String deleted,
            Feed.Column... columns) {
        return new Feed(
                "submissions",
                "dfu",
                "Test feed.",
                new Feed.Input("dfu", rows, extract),
                new Feed.Rows(List.of(columns), key, Set.of(), key.isEmpty() ? Feed.ROW : key.get(0), deleted),
                FeedLimits.atLeast(1));
    }

    void run(String... statements) throws SQLException {
        for (String sql : statements) {
            system.execute(sql);
        }
    }
}
