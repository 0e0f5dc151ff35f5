package uk.fpw.metrics;

import static java.util.Objects.requireNonNull;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.unix_date;

import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.Table;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.jspecify.annotations.Nullable;
import uk.fpw.metrics.account.RowCounts;
import uk.fpw.metrics.capacity.CapacityFigures;
import uk.fpw.metrics.capacity.CapacityPass;
import uk.fpw.metrics.cases.CasePass;
import uk.fpw.metrics.comparison.ComparisonPass;
import uk.fpw.metrics.dimension.Dimensions;
import uk.fpw.metrics.dimension.RebaseWarnings;
import uk.fpw.metrics.driver.DriverPass;
import uk.fpw.metrics.fact.DatedFigures;
import uk.fpw.metrics.fact.FactQueries;
import uk.fpw.metrics.fact.PublishedFacts;
import uk.fpw.metrics.fact.Recommendations;
import uk.fpw.metrics.figures.ReleaseKey;
import uk.fpw.metrics.figures.SeriesFigures;
import uk.fpw.metrics.grading.GradingPass;
import uk.fpw.metrics.model.IcebergTableWriter;
import uk.fpw.metrics.outlook.OutlookPass;
import uk.fpw.metrics.pass.CountingPass;
import uk.fpw.metrics.pass.RunKeys;
import uk.fpw.metrics.plan.SparkTuning;
import uk.fpw.metrics.table.TableFiles;
import uk.fpw.metrics.verdict.PeriodVerdicts;
import uk.fpw.metrics.verdict.VerdictPass;
import uk.fpw.model.Family;
import uk.fpw.model.Model;
import uk.fpw.model.Models;
import uk.fpw.warehouse.force.Coverage;
import uk.fpw.warehouse.force.Force;
import uk.fpw.warehouse.force.change.Change;
import uk.fpw.warehouse.force.fact.Fact;
import uk.fpw.warehouse.force.staging.AtEntry;
import uk.fpw.warehouse.message.MetricsRequest;
import uk.fpw.warehouse.message.MetricsResult.QualityResult;
import uk.fpw.warehouse.message.MetricsResult.TableVersion;
import uk.fpw.warehouse.store.catalog.CatalogSettings;
import uk.fpw.warehouse.store.frozen.FrozenRowTable;

/**
 * The tables of a run. Each group is written together: tables about items, series, judgements, definitions, those
 * derived from queue marts, and open cases. Every table is committed on its own.
 */
final class OutputTables implements AutoCloseable {

    private static final Model GRADINGS = Models.find("core.grading").orElseThrow();
    private static final Model LEDGER = Models.entryLedger();
    private static final Model SIGNALS = Models.find("mart.queue_signal").orElseThrow();

    private static final int COMMITS_AT_A_TIME = 4;

    private final SparkSession spark;
    private final Force force;
    private final Coverage coverage;
    private final ReleaseKey releaseKey;
    private final MetricsRequest.Inputs inputs;
    private final IcebergTableWriter writer;
    private final MetricsProgress progress;
    private final CountingPass pass;
    private final Map<String, Table> tables = new TreeMap<>();
    private final Map<String, List<DataFile>> files = new TreeMap<>();
    private final Map<String, IcebergTableWriter.Written> committed = new TreeMap<>();
    private CountingPass.@Nullable Followed followed;

    /** @param rowCount current rows of all feeds */
    OutputTables(
            SparkSession spark,
            Force force,
            MetricsRequest request,
            long rowCount,
            IcebergTableWriter writer,
            MetricsProgress progress) {
        this.spark = spark;
        this.force = force;
        this.coverage = new Coverage(
                request.businessDate(),
                request.inputs().completeTo(),
                request.inputs().settledAfterDays(),
                request.inputs().retainedFrom(),
                request.inputs().frozen());
        this.releaseKey = new ReleaseKey(force.code(), requireNonNull(request.releaseId()), (int)
                request.businessDate().toEpochDay());
        this.inputs = request.inputs();
        this.writer = writer;
        this.progress = progress;
        this.pass = new CountingPass(
                force,
                coverage,
                inputs.declarations(),
                new RunKeys(
                        releaseKey,
                        requireNonNull(request.runId()).value(),
                        request.storage().keyFormat()),
                SparkTuning.tasks(spark, rowCount));
    }

    /**
     * Writes the tables with one item per row, without committing them.
     *
     * @param input see {@link uk.fpw.metrics.staging.InputRows}
     * @return where the rows of the feeds went
     */
    RowCounts followItems(Dataset<Row> input) {
        Map<String, Table> opened = open(CountingPass.ITEM_TABLES);
        if (!AtEntry.versionedFeeds(force.stagings()).isEmpty()) {
            opened.put(LEDGER.table(), writer.table(LEDGER));
            tables.putAll(opened);
        }
        CountingPass.Followed found = progress.time("follow items", () -> pass.writeItems(input, opened));
        files.putAll(found.files());
        followed = found;
        return found.rows();
    }

    /**
     * Computes all other tables, after the items were followed, and commits everything; inputs of other tables are
     * committed before them.
     *
     * @return what was committed, in the order of the models
     */
    List<TableVersion> commit() {
        Table ledger = tables.get(LEDGER.table());
        if (ledger != null) {
            // appended rows take effect with the release of this run, not before
            writer.append(ledger, requireNonNull(files.get(LEDGER.table())));
        }
        commit(CountingPass.ITEM_TABLES);
        files.putAll(progress.time("count series", () -> pass.writeMarts(open(SeriesFigures.MARTS), frozenRows())));
        files.putAll(progress.time(
                "count judgements",
                () -> GradingPass.write(force, coverage, releaseKey, rows(GRADINGS), open(GradingPass.MARTS))));
        files.putAll(progress.time("definitions", () -> inThisProcess(Dimensions.TABLES, this::define)));
        commit(Stream.of(SeriesFigures.MARTS, GradingPass.MARTS, Dimensions.TABLES)
                .flatMap(List::stream)
                .toList());
        files.putAll(progress.time(
                "changes and capacity", () -> inThisProcess(Models.countedBy(Family.MART), this::writeFromMarts)));
        files.putAll(progress.time("cases", () -> inThisProcess(Models.countedBy(Family.CASE), this::writeCases)));
        commit(Stream.of(Models.countedBy(Family.MART), Models.countedBy(Family.CASE))
                .flatMap(List::stream)
                .toList());
        files.putAll(progress.time("facts", () -> inThisProcess(Models.countedBy(Family.FACT), this::writeFacts)));
        commit(Models.countedBy(Family.FACT));
        // left empty: the audit finds and writes these rows
        Models.countedBy(Family.COMPARISON).forEach(table -> files.put(table, List.of()));
        open(Models.countedBy(Family.COMPARISON));
        commit(Models.countedBy(Family.COMPARISON));
        return Models.all().stream()
                .map(model -> {
                    IcebergTableWriter.Written written = Objects.requireNonNull(
                            committed.get(model.table()), () -> model.table() + " is not counted");
                    return new TableVersion(model.table(), written.snapshotId(), written.rowCount(), null);
                })
                .toList();
    }

    /**
     * Commits tables in parallel, because a commit mostly waits for files and the database. After a failure no
     * further commit starts, and all have ended before the failure is thrown.
     */
    private void commit(List<String> names) {
        ExecutorService threads = Executors.newFixedThreadPool(COMMITS_AT_A_TIME);
        Map<String, Future<IcebergTableWriter.Written>> commits = new TreeMap<>();
        try {
            for (String name : names) {
                Table table = Objects.requireNonNull(tables.get(name));
                List<DataFile> ofTable = Objects.requireNonNull(files.get(name));
                commits.put(name, threads.submit(() -> progress.time(name, () -> writer.commit(table, ofTable))));
            }
            for (Map.Entry<String, Future<IcebergTableWriter.Written>> commit : commits.entrySet()) {
                IcebergTableWriter.Written written = commit.getValue().get();
                progress.table(commit.getKey(), written.rowCount());
                committed.put(commit.getKey(), written);
            }
        } catch (ExecutionException failed) {
            throw failed.getCause() instanceof RuntimeException cause
                    ? cause
                    : new IllegalStateException("a table could not be committed", failed.getCause());
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while tables were committed", interrupted);
        } finally {
            commits.values().forEach(commit -> commit.cancel(false));
            end(threads);
        }
    }

    private static void end(ExecutorService threads) {
        threads.shutdown();
        try {
            // wait however long it takes: the lock must not be released before
            threads.awaitTermination(Long.MAX_VALUE, TimeUnit.NANOSECONDS);
        } catch (InterruptedException interrupted) {
            threads.shutdownNow();
            Thread.currentThread().interrupt();
        }
    }

    /** Writes the rows of a few small tables in this process, without a Spark task. */
    private Map<String, List<DataFile>> inThisProcess(List<String> names, Consumer<TableFiles> rows) {
        Map<String, Table> opened = open(names);
        TableFiles written = new TableFiles(opened, Models.all(), 0, 0);
        rows.accept(written);
        return TableFiles.byTable(opened.keySet(), written.close());
    }

    /**
     * Warnings about recorded changes whose control charts do not have limits of their own yet. Reads committed
     * tables.
     */
    List<QualityResult> rebaseWarnings() {
        List<RebaseWarnings.ChartedMonth> charted =
                force.changes().all().stream().anyMatch(Change::rebase)
                        ? rows(SIGNALS)
                                .where(col("is_total")
                                        .and(col("measure").equalTo("received"))
                                        .and(col("point_count").isNotNull()))
                                .select(col("queue"), unix_date(col("month_start_on")), col("point_count"))
                                .collectAsList()
                                .stream()
                                .map(row -> new RebaseWarnings.ChartedMonth(
                                        row.getString(0), LocalDate.ofEpochDay(row.getInt(1)), row.getInt(2)))
                                .toList()
                        : List.of();
        return RebaseWarnings.of(force, coverage, charted);
    }

    private void define(TableFiles rows) {
        new Dimensions(force, coverage, releaseKey, rows)
                .write(
                        inputs.versionChanges(),
                        inputs.presentationChanges(),
                        Objects.requireNonNull(followed).firstDay());
    }

    private void writeFromMarts(TableFiles rows) {
        ComparisonPass.write(
                force,
                coverage,
                inputs.declarations(),
                releaseKey,
                this::rows,
                values -> rows.accept(ComparisonPass.TABLE, values));
        VerdictPass.write(
                releaseKey,
                inputs.presentationChanges(),
                this::rows,
                values -> rows.accept(PeriodVerdicts.TABLE, values));
        CapacityPass.write(
                force, coverage, releaseKey, this::rows, values -> rows.accept(CapacityFigures.TABLE, values));
        DriverPass.write(force, coverage, releaseKey, this::rows, values -> rows.accept(DriverPass.TABLE, values));
        OutlookPass.write(force, coverage, releaseKey, this::rows, values -> rows.accept(OutlookPass.TABLE, values));
    }

    private void writeCases(TableFiles rows) {
        CasePass.write(force, coverage, releaseKey, this::rows, rows);
    }

    private void writeFacts(TableFiles rows) {
        List<Fact> asked = PublishedFacts.asked(force, coverage.businessDate());
        PublishedFacts.write(
                force,
                releaseKey,
                asked.isEmpty() ? Map.of() : FactQueries.run(spark, asked, this::rows),
                DatedFigures.run(spark, PublishedFacts.askedNow(force, coverage.businessDate()), this::rows),
                values -> rows.accept(PublishedFacts.TABLE, values));
        Recommendations.write(
                force,
                releaseKey,
                DatedFigures.run(spark, Recommendations.asked(force, coverage.businessDate()), this::rows),
                values -> rows.accept(Recommendations.TABLE, values));
    }

    /** The rows that are copied; null if none are. */
    private @Nullable Dataset<Row> frozenRows() {
        return coverage.frozen().isEmpty()
                ? null
                : SparkTuning.source(spark.read().table(CatalogSettings.NAME + "." + FrozenRowTable.NAME));
    }

    private Dataset<Row> rows(Model mart) {
        return writer.read(
                mart, Objects.requireNonNull(committed.get(mart.table())).snapshotId());
    }

    /** Releases the data kept for tables that were never written. */
    @Override
    public void close() {
        pass.close();
    }

    private Map<String, Table> open(List<String> names) {
        Map<String, Table> opened = new TreeMap<>();
        Models.all().stream()
                .filter(model -> names.contains(model.table()))
                .forEach(model -> opened.put(model.table(), writer.table(model)));
        tables.putAll(opened);
        return opened;
    }
}
