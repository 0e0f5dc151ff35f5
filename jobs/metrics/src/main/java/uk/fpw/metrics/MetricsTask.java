package uk.fpw.metrics;

import static java.util.Objects.requireNonNull;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.not;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.jspecify.annotations.Nullable;
import uk.fpw.layout.RunFolder;
import uk.fpw.metrics.account.FeedAccounts;
import uk.fpw.metrics.account.RowCounts;
import uk.fpw.metrics.account.UndeclaredEvents;
import uk.fpw.metrics.example.ExampleRun;
import uk.fpw.metrics.model.IcebergTableWriter;
import uk.fpw.metrics.plan.SparkTuning;
import uk.fpw.metrics.staging.EntryInput;
import uk.fpw.metrics.staging.FeedRows;
import uk.fpw.metrics.staging.ForceSqlAnalysis;
import uk.fpw.metrics.staging.RunInput;
import uk.fpw.model.Models;
import uk.fpw.process.RunFiles;
import uk.fpw.warehouse.force.Coverage;
import uk.fpw.warehouse.force.Force;
import uk.fpw.warehouse.force.ForceFolder;
import uk.fpw.warehouse.force.connection.StorageTimeouts;
import uk.fpw.warehouse.force.example.Example;
import uk.fpw.warehouse.force.example.ExampleResult;
import uk.fpw.warehouse.force.example.Examples;
import uk.fpw.warehouse.force.feed.Feed;
import uk.fpw.warehouse.force.yaml.ConfigError;
import uk.fpw.warehouse.force.yaml.ForceFolderException;
import uk.fpw.warehouse.message.MetricsRequest;
import uk.fpw.warehouse.message.MetricsResult;
import uk.fpw.warehouse.message.MetricsResult.FeedCoverage;
import uk.fpw.warehouse.message.MetricsResult.QualityResult;
import uk.fpw.warehouse.message.MetricsResult.TableVersion;
import uk.fpw.warehouse.store.catalog.CatalogSettings;
import uk.fpw.warehouse.store.identity.IdentityCheck;
import uk.fpw.warehouse.store.lock.ConnectionSource;
import uk.fpw.warehouse.store.lock.LockGuard;
import uk.fpw.warehouse.store.lock.WarehouseLock;

/** The task of one run file: checks the force's SQL, then runs its examples or computes the candidate. */
record MetricsTask(MetricsRequest request, MetricsProgress progress) {

    private static final String EXCLUSIONS = "core.exclusion";
    private static final String AHEAD = "core.ahead";

    /** @throws RuntimeException for errors that cannot be fixed in the force folder */
    MetricsResult run(SessionPool sessions) {
        Force force;
        try {
            force = ForceFolder.read(request.forceFolder());
        } catch (ForceFolderException wrong) {
            return withErrors(wrong.errors());
        }
        SessionPool.Prepared prepared = sessions.takePrepared(request, force);
        if (prepared == null) {
            prepared = checked(sessions, force);
        } else {
            prepared.timings().forEach(progress::add);
        }
        try {
            return run(prepared.spark(), force, prepared.errors());
        } finally {
            sessions.release(prepared.spark());
        }
    }

    /**
     * Opens the session and checks the SQL before the run, so that the run with the same identity need not. Touches
     * neither warehouse nor database.
     */
    void prepare(SessionPool sessions) {
        sessions.storePrepared(request, checked(sessions, ForceFolder.read(request.forceFolder())));
    }

    private SessionPool.Prepared checked(SessionPool sessions, Force force) {
        SparkSession spark = progress.time("start Spark", () -> sessions.open(request, force.zone()));
        progress.done("start Spark", "Spark is ready");
        try {
            return new SessionPool.Prepared(spark, force.digest(), check(spark, force), progress.timings());
        } catch (RuntimeException failed) {
            sessions.release(spark);
            throw failed;
        }
    }

    private List<ConfigError> check(SparkSession spark, Force force) {
        List<ConfigError> errors = progress.time("check SQL", () -> new ForceSqlAnalysis(spark, force).errors());
        progress.done("check SQL", "staging queries and rules have been checked");
        return errors;
    }

    /** Runs the task in an existing session. */
    MetricsResult run(SparkSession spark, Force force) {
        return run(spark, force, check(spark, force));
    }

    private MetricsResult run(SparkSession spark, Force force, List<ConfigError> errors) {
        if (!errors.isEmpty() || request.task() == MetricsRequest.Task.CHECK) {
            return withErrors(errors);
        }
        try {
            return request.task() == MetricsRequest.Task.EXAMPLES ? runExamples(spark, force) : compute(spark, force);
        } catch (RuntimeException failed) {
            if (failed instanceof ForceFolderException wrong) {
                return withErrors(wrong.errors());
            }
            ConfigError error = FailureMessages.configError(force, failed);
            if (error == null) {
                throw failed;
            }
            return withErrors(List.of(error));
        }
    }

    private MetricsResult runExamples(SparkSession spark, Force force) {
        List<ExampleResult> results = new ArrayList<>();
        for (Example example : Examples.read(force)) {
            results.add(progress.time("example " + example.name(), () -> ExampleRun.of(spark, force, example)));
        }
        RunFiles.write(results, RunFolder.of(request.resultFile()).examplesFile());
        return withErrors(List.of());
    }

    private MetricsResult compute(SparkSession spark, Force force) {
        MetricsRequest.Storage storage = request.storage();
        MetricsRequest.Database settings = storage.database();
        ConnectionSource database =
                () -> StorageTimeouts.connect(settings.jdbcUrl(), settings.jdbcUser(), settings.jdbcPassword());
        if (storage.identity() != null) {
            IdentityCheck.require(storage.identity(), database, storage.warehouse());
        }
        LockGuard lock = storage.lockToken() == 0 ? () -> {} : WarehouseLock.guard(database, storage.lockToken());
        IcebergTableWriter writer = new IcebergTableWriter(
                spark,
                lock,
                Map.of(
                        "fpw.run-id",
                        requireNonNull(request.runId()).value(),
                        "fpw.release-id",
                        requireNonNull(request.releaseId()).value()));
        long rowCount = force.feeds().stream()
                .mapToLong(feed -> writer.currentRowCount("raw." + feed.name()))
                .sum();
        SparkTuning.configure(spark, request.sparkSettings(), rowCount);
        FeedRows feeds = progress.time(
                "apply rules", () -> FeedRows.register(spark, force, feed -> current(spark, writer, feed)));
        progress.done("apply rules", "rules have been applied to the current rows");
        Dataset<Row> input = progress.time(
                "plan queries",
                () -> RunInput.of(
                        spark,
                        force,
                        feeds,
                        EntryInput.of(
                                force,
                                new Coverage(
                                        request.businessDate(), request.inputs().completeTo()),
                                feed -> table(spark, writer, "raw." + feed),
                                table(spark, writer, Models.entryLedger().table()),
                                request.inputs().released()),
                        request.businessDate()));
        List<TableVersion> tables;
        List<QualityResult> rebases;
        RowCounts rows;
        try (OutputTables counted = new OutputTables(spark, force, request, rowCount, writer, progress)) {
            rows = counted.followItems(input);
            progress.done("follow items", "every item has been processed");
            rows.current(progress.time(
                    "count rows", () -> feeds.count(feed -> versions(spark, writer, feed), request.businessDate())));
            List<ConfigError> errors = UndeclaredEvents.errors(force, rows);
            if (!errors.isEmpty()) {
                return withErrors(errors);
            }
            tables = counted.commit();
            rebases = counted.rebaseWarnings();
        }
        FeedAccounts accounts = FeedAccounts.of(force, rows);
        List<QualityResult> quality = new ArrayList<>(accounts.quality());
        tables.stream()
                .filter(table -> table.table().equals(EXCLUSIONS))
                .forEach(table -> quality.add(accounts.everyExcludedRowIsWritten(table.rowCount())));
        tables.stream()
                .filter(table -> table.table().equals(AHEAD))
                .forEach(table -> quality.add(accounts.everyRowAheadIsWritten(table.rowCount())));
        quality.addAll(rebases);
        return MetricsResult.computed(tables, accounts.accounts(), coverage(force), quality, progress.timings());
    }

    private static @Nullable Dataset<Row> table(SparkSession spark, IcebergTableWriter writer, String name) {
        return writer.exists(name) ? SparkTuning.source(spark.read().table(CatalogSettings.NAME + "." + name)) : null;
    }

    private static Dataset<Row> current(SparkSession spark, IcebergTableWriter writer, Feed feed) {
        String table = "raw." + feed.name();
        return SparkTuning.source(
                writer.exists(table)
                        ? spark.read().option("branch", "current").table(CatalogSettings.NAME + "." + table)
                        : FeedRows.none(spark, feed));
    }

    /** Every version of every row of a feed, except those of withdrawn loads. */
    private static Dataset<Row> versions(SparkSession spark, IcebergTableWriter writer, Feed feed) {
        String table = "raw." + feed.name();
        Dataset<Row> rows = SparkTuning.source(
                writer.exists(table)
                        ? spark.read().table(CatalogSettings.NAME + "." + table)
                        : FeedRows.noVersions(spark, feed));
        Object[] withdrawn = writer.withdrawnLoads(table).toArray();
        return withdrawn.length == 0 ? rows : rows.where(not(col("_load_id").isin(withdrawn)));
    }

    private List<FeedCoverage> coverage(Force force) {
        return force.feeds().stream()
                .map(feed -> {
                    LocalDate known = request.inputs().completeTo().get(feed.name());
                    return new FeedCoverage(feed.name(), known == null ? null : known.toString());
                })
                .toList();
    }

    private MetricsResult withErrors(List<ConfigError> errors) {
        return MetricsResult.invalid(errors, progress.timings());
    }
}
