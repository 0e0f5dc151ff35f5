package uk.fpw.ingest;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.data.Record;
import org.assertj.core.api.Assertions;
import org.h2.jdbcx.JdbcConnectionPool;
import org.jspecify.annotations.Nullable;
import org.springframework.batch.core.configuration.support.JdbcDefaultBatchConfiguration;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.transaction.PlatformTransactionManager;
import uk.fpw.ingest.extract.ParallelTasks;
import uk.fpw.ingest.file.MissedDeliveries;
import uk.fpw.ingest.file.OutstandingFiles;
import uk.fpw.layout.KeyFormat;
import uk.fpw.layout.RunId;
import uk.fpw.warehouse.failure.FpwException;
import uk.fpw.warehouse.force.Force;
import uk.fpw.warehouse.force.connection.DatabaseUrl;
import uk.fpw.warehouse.force.connection.SourceConnection;
import uk.fpw.warehouse.force.feed.Feed;
import uk.fpw.warehouse.force.staging.StagingQuery;
import uk.fpw.warehouse.privacy.Pseudonymiser;
import uk.fpw.warehouse.store.catalog.WarehouseCatalog;
import uk.fpw.warehouse.store.ledger.feed.LoadLedger;
import uk.fpw.warehouse.store.load.LoadCounts;
import uk.fpw.warehouse.store.load.key.IndexMemory;
import uk.fpw.warehouse.store.lock.LockGuard;
import uk.fpw.warehouse.testing.FeedBranch;

/** A warehouse in a separate folder with the ingest application, as started by a nightly run. */
public final class IngestTestWarehouse implements AutoCloseable {

    private static final String H2_MODE = ";MODE=PostgreSQL;DATABASE_TO_LOWER=TRUE;DEFAULT_NULL_ORDERING=HIGH";

    /** Databases used by a single process that is not killed need not write every commit to disk. */
    private static final String H2_OF_ONE_PROCESS = ";MAX_COMPACT_TIME=0";

    private static final String H2_OF_A_KILLED_PROCESS = ";AUTO_SERVER=TRUE;WRITE_DELAY=0";

    private static final String KEY = "00112233445566778899aabbccddeeff00112233445566778899aabbccddeeff";

    /** The application without Spring Boot, which {@code nightly} uses but a load does not need. */
    @Configuration(proxyBeanMethods = false)
    @Import(IngestConfiguration.class)
    static class Application extends JdbcDefaultBatchConfiguration {

        @Bean
        PlatformTransactionManager transactionManager(DataSource dataSource) {
            return new DataSourceTransactionManager(dataSource);
        }
    }

    final Force force;
    final JdbcConnectionPool dataSource;
    final WarehouseCatalog catalog;
    final JdbcTemplate sql;
    LockGuard guard = () -> {};
    IndexMemory.Limit memory = IndexMemory.Limit.ofThisProcess();

    /** Low enough for tests with more than a few rows to use two threads. */
    private static final ParallelTasks.Limit SIDE_BY_SIDE = new ParallelTasks.Limit(8);

    private final AnnotationConfigApplicationContext application;

    IngestTestWarehouse(Path folder, Feed... feeds) {
        this(folder, Map.of(Pseudonymiser.KEY_VARIABLE, KEY), feeds);
    }

    IngestTestWarehouse(Path folder, Map<String, String> environment, Feed... feeds) {
        this(
                folder,
                environment,
                List.of(new SourceConnection.FileDrop("drop", folder.resolve("drop"))),
                List.of(feeds));
    }

    /** A warehouse that reads those feeds through those connections. */
    public IngestTestWarehouse(
            Path folder, Map<String, String> environment, List<SourceConnection> connections, List<Feed> feeds) {
        this(folder, environment, connections, feeds, List.of());
    }

    /** A warehouse with staging queries over its feeds. */
    IngestTestWarehouse(
            Path folder,
            Map<String, String> environment,
            List<SourceConnection> connections,
            List<Feed> feeds,
            List<StagingQuery> stagings) {
        this(H2_OF_ONE_PROCESS, folder, environment, connections, feeds, stagings);
    }

    private IngestTestWarehouse(
            String settings,
            Path folder,
            Map<String, String> environment,
            List<SourceConnection> connections,
            List<Feed> feeds,
            List<StagingQuery> stagings) {
        WarehouseTemplate.copyTo(folder);
        String url = "jdbc:h2:file:" + folder.resolve("fpw") + H2_MODE + settings;
        dataSource = JdbcConnectionPool.create(DatabaseUrl.opening(url), "fpw", "");
        sql = new JdbcTemplate(dataSource);
        // From here on, a pooled connection keeps the database open, which closes with the last one.
        sql.execute("select 1");
        catalog = WarehouseCatalog.open(url, "fpw", "", folder);
        force = new Force(
                folder,
                new Force.Identity(
                        "test", "Test", ZoneId.of("Europe/London"), new Force.Storage(folder, url, "fpw", ""), 7),
                new Force.Sources(connections, feeds, List.of()),
                new Force.Meaning(
                        stagings,
                        List.of(),
                        List.of(),
                        List.of(),
                        List.of(),
                        List.of(),
                        List.of(),
                        Force.Background.NONE),
                "");
        application = new AnnotationConfigApplicationContext();
        application.registerBean("dataSource", DataSource.class, () -> dataSource);
        application.registerBean(Force.class, () -> force);
        application.registerBean(WarehouseCatalog.class, () -> catalog);
        application.registerBean(LockGuard.class, () -> () -> guard.check());
        application.registerBean(Clock.class, () -> Clock.fixed(Instant.parse("2024-06-01T01:00:00Z"), ZoneOffset.UTC));
        application.registerBean(
                Pseudonymiser.class, () -> Pseudonymiser.fromEnvironment(environment, KeyFormat.BASE32));
        application.registerBean(IndexMemory.Limit.class, () -> memory, definition -> definition.setScope("prototype"));
        application.registerBean(ParallelTasks.Limit.class, () -> SIDE_BY_SIDE);
        application.registerBean(SourcePasswords.class, () -> new SourcePasswords(environment));
        application.register(Application.class);
        application.refresh();
    }

    /** A warehouse whose process may be killed: commits are in the database file at once. */
    static IngestTestWarehouse ofAKilledProcess(
            Path folder, Map<String, String> environment, List<SourceConnection> connections, List<Feed> feeds) {
        return new IngestTestWarehouse(H2_OF_A_KILLED_PROCESS, folder, environment, connections, feeds, List.of());
    }

    Path drop(String fileName, String... lines) {
        try {
            Path drop = Files.createDirectories(force.folder().resolve("drop"));
            return Files.writeString(drop.resolve(fileName), String.join("\n", lines) + "\n", StandardCharsets.UTF_8);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }

    /** The id of a run for a business date. */
    static RunId run(LocalDate businessDate) {
        return RunId.of(businessDate + "-20240601T040000-0a1b");
    }

    /** Loads what is outstanding of the feed. Returns the counts; fails if a file is missing. */
    public String load(String feed, String date) {
        LocalDate businessDate = LocalDate.parse(date);
        OutstandingFiles outstanding = loader().outstanding(feed, businessDate, run(businessDate));
        String loads = outstanding.dates().stream()
                .map(sourceDate -> text(loader().load(feed, sourceDate, businessDate, run(businessDate))))
                .collect(Collectors.joining("; "));
        if (outstanding.missing() != null) {
            throw outstanding.missing().failure();
        }
        return loads;
    }

    /** The failure when loading what is outstanding of the feed. */
    FpwException failure(String feed, String date) {
        return Assertions.catchThrowableOfType(FpwException.class, () -> load(feed, date));
    }

    /** Date up to which the feed is complete, as known on another date. */
    String completeTo(String feed, String date) {
        return String.valueOf(ledger().completeTo(LocalDate.parse(date)).get(feed));
    }

    /** The report of a night about deliveries. */
    List<String> deliveries(String date) {
        return MissedDeliveries.describe(force, ledger(), LocalDate.parse(date));
    }

    LoadLedger ledger() {
        return new LoadLedger(dataSource, Clock.systemUTC());
    }

    static String text(LoadSummary summary) {
        LoadCounts counts = summary.counts();
        return "received %d = loaded %d + unchanged %d%s%s + refused %d%s; deleted %d, flagged %d"
                .formatted(
                        counts.received(),
                        counts.loaded(),
                        counts.unchanged(),
                        counts.repeated() == 0 ? "" : " + repeated " + counts.repeated(),
                        counts.superseded() == 0 ? "" : " + superseded " + counts.superseded(),
                        counts.refused(),
                        counts.keptOut() == 0 ? "" : " + kept out " + counts.keptOut(),
                        counts.deleted(),
                        counts.flagged());
    }

    Pseudonymiser pseudonymiser() {
        return application.getBean(Pseudonymiser.class);
    }

    FeedLoader loader() {
        return application.getBean(FeedLoader.class);
    }

    /** The rows of a feed in order, as text: {@code raw.<feed>} or {@code current.<feed>}. */
    List<String> rows(String table, String... columns) {
        List<String> found = new ArrayList<>();
        for (Record row : FeedBranch.rows(catalog, table)) {
            found.add(Stream.of(columns)
                    .map(column -> String.valueOf(row.getField(column)))
                    .collect(Collectors.joining(" | ")));
        }
        found.sort(null);
        return found;
    }

    long snapshots(String table) {
        return FeedBranch.snapshots(catalog, table).size();
    }

    @Nullable
    String summary(String table, String property) {
        Snapshot snapshot = FeedBranch.head(catalog, table);
        return snapshot == null ? null : snapshot.summary().get(property);
    }

    /** The rows of a query as text. */
    public List<String> query(String query) {
        return sql.queryForList(query).stream()
                .map(row -> row.values().stream().map(String::valueOf).collect(Collectors.joining(" | ")))
                .toList();
    }

    @Override
    public void close() {
        application.close();
        catalog.close();
        dataSource.dispose();
    }
}
