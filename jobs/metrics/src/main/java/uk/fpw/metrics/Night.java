package uk.fpw.metrics;

import java.sql.DriverManager;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import uk.fpw.metrics.model.ModelRunner;
import uk.fpw.metrics.model.ModelTests;
import uk.fpw.metrics.model.TableAudit;
import uk.fpw.metrics.model.TableWriter;
import uk.fpw.metrics.staging.FeedAccounts;
import uk.fpw.metrics.staging.FeedRows;
import uk.fpw.metrics.staging.StagedRows;
import uk.fpw.metrics.staging.StagingCheck;
import uk.fpw.warehouse.catalog.CatalogSettings;
import uk.fpw.warehouse.force.Force;
import uk.fpw.warehouse.force.ForceFolder;
import uk.fpw.warehouse.force.ForceFolderException;
import uk.fpw.warehouse.force.Mistake;
import uk.fpw.warehouse.lock.LockGuard;
import uk.fpw.warehouse.lock.WarehouseLock;
import uk.fpw.warehouse.model.Model;
import uk.fpw.warehouse.model.Models;
import uk.fpw.warehouse.run.MetricsResult;
import uk.fpw.warehouse.run.MetricsResult.QualityResult;
import uk.fpw.warehouse.run.MetricsResult.TableVersion;
import uk.fpw.warehouse.run.MetricsRun;

/** What one run file asks for: a check of the force's SQL, and for COMPUTE the candidate of the night. */
final class Night {

    private final MetricsRun run;
    private final Progress progress;

    Night(MetricsRun run, Progress progress) {
        this.run = run;
        this.progress = progress;
    }

    /** Does it. Throws what nobody who writes a force folder can mend. */
    MetricsResult run() {
        Force force;
        try {
            force = ForceFolder.read(run.forceFolder());
        } catch (ForceFolderException wrong) {
            return mistaken(wrong.mistakes());
        }
        SparkSession spark = progress.time("start Spark", () -> SparkSessions.ofNight(run, force.zone()));
        try {
            progress.done("Spark is ready");
            return run(spark, force);
        } finally {
            spark.stop();
        }
    }

    /** The same in a session that is there already. */
    MetricsResult run(SparkSession spark, Force force) {
        List<Mistake> mistakes = progress.time("check SQL", () -> new StagingCheck(spark, force).mistakes());
        progress.done("staging queries and rules are checked");
        if (!mistakes.isEmpty() || run.task() == MetricsRun.Task.CHECK) {
            return mistaken(mistakes);
        }
        try {
            return compute(spark, force);
        } catch (RuntimeException failed) {
            Mistake mistake = Failures.mistake(force, failed);
            if (mistake == null) {
                throw failed;
            }
            return mistaken(List.of(mistake));
        }
    }

    private MetricsResult compute(SparkSession spark, Force force) {
        LockGuard lock = run.lockToken() == 0
                ? () -> {}
                : WarehouseLock.guard(
                        () -> DriverManager.getConnection(run.jdbcUrl(), run.jdbcUser(), run.jdbcPassword()),
                        run.lockToken());
        TableWriter writer =
                new TableWriter(spark, lock, Map.of("fpw.run-id", run.runId(), "fpw.release-id", run.releaseId()));
        progress.time("apply rules", () -> {
            new FeedRows(spark, force).register(feed -> {
                String table = "current." + feed.name();
                return writer.exists(table)
                        ? spark.table(CatalogSettings.NAME + "." + table)
                        : FeedRows.none(spark, feed);
            });
            return null;
        });
        progress.done("rules are applied to the current rows");
        progress.time("stage events", () -> {
            StagedRows.register(spark, force);
            return null;
        });
        progress.done("staging queries have run");
        ModelRunner runner = new ModelRunner(spark, force, run.businessDate(), run.releaseId());
        List<TableVersion> tables = new ArrayList<>();
        List<QualityResult> quality = new ArrayList<>();
        for (Model model : Models.all()) {
            TableVersion table = progress.time(model.table(), () -> compute(model, runner, writer, quality));
            tables.add(table);
            progress.table(table.table(), table.rowCount());
        }
        quality.addAll(progress.time("tests", () -> ModelTests.run(Models.all(), runner)));
        progress.done("tests over several tables");
        FeedAccounts accounts = progress.time("accounts", () -> FeedAccounts.of(spark, force));
        progress.done("every row is accounted for");
        quality.addAll(accounts.quality());
        return new MetricsResult(tables, accounts.accounts(), quality, List.of(), null, progress.timings());
    }

    private static TableVersion compute(
            Model model, ModelRunner runner, TableWriter writer, List<QualityResult> quality) {
        long snapshot = writer.write(model, runner.run(model));
        Dataset<Row> written = writer.read(model, snapshot);
        runner.register(model, written);
        TableAudit audit = TableAudit.of(model, written);
        quality.addAll(audit.quality());
        return new TableVersion(model.table(), snapshot, audit.rowCount(), audit.digest());
    }

    private MetricsResult mistaken(List<Mistake> mistakes) {
        return new MetricsResult(List.of(), List.of(), List.of(), mistakes, null, progress.timings());
    }
}
