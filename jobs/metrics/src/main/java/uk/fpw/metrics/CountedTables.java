package uk.fpw.metrics;

import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.Table;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.jspecify.annotations.Nullable;
import uk.fpw.metrics.dimension.Dimensions;
import uk.fpw.metrics.fact.FactQueries;
import uk.fpw.metrics.fact.PublishedFacts;
import uk.fpw.metrics.figures.Candidate;
import uk.fpw.metrics.figures.SeriesFigures;
import uk.fpw.metrics.grading.GradingPass;
import uk.fpw.metrics.model.TableWriter;
import uk.fpw.metrics.pass.CountingPass;
import uk.fpw.metrics.plan.NightSize;
import uk.fpw.metrics.table.TableFiles;
import uk.fpw.model.Model;
import uk.fpw.model.Models;
import uk.fpw.warehouse.force.Coverage;
import uk.fpw.warehouse.force.Fact;
import uk.fpw.warehouse.force.Force;
import uk.fpw.warehouse.run.MetricsRun;
import uk.fpw.warehouse.run.VersionChange;

/**
 * The tables of a night that classes compute. Those of items are written together, from view {@code staged_row}; so are those of series, once the exclusions are known, those of judgements, from view {@code grading}, and those
 * of definitions. Each is committed by itself.
 */
final class CountedTables implements AutoCloseable {

    private static final String EVENTS = "core.event";

    private final SparkSession spark;
    private final Force force;
    private final Coverage coverage;
    private final Candidate candidate;
    private final Map<String, VersionChange> versionChanges;
    private final TableWriter writer;
    private final Progress progress;
    private final CountingPass pass;
    private final Map<String, Table> tables = new TreeMap<>();
    private final Map<String, List<DataFile>> files = new TreeMap<>();
    private final Map<String, TableWriter.Written> committed = new TreeMap<>();
    private @Nullable LocalDate firstJudgement;

    /**
     * The tables of a night.
     *
     * @param rowCount current rows of all feeds
     */
    CountedTables(
            SparkSession spark, Force force, MetricsRun run, long rowCount, TableWriter writer, Progress progress) {
        this.spark = spark;
        this.force = force;
        this.coverage = new Coverage(run.businessDate(), run.completeTo());
        this.candidate = new Candidate(
                force.code(), run.releaseId(), (int) run.businessDate().toEpochDay());
        this.versionChanges = run.versionChanges();
        this.writer = writer;
        this.progress = progress;
        this.pass = new CountingPass(force, coverage, candidate, NightSize.tasks(spark, rowCount));
    }

    /** Whether a table is written here. */
    boolean has(Model model) {
        return model.isCounted();
    }

    /** Commits a table; the first one asked for of its kind has all of them computed. */
    TableWriter.Written written(Model model) {
        if (!files.containsKey(model.table())) {
            compute(model.table());
        }
        List<DataFile> ofTable = files.get(model.table());
        Table table = tables.get(model.table());
        if (ofTable == null || table == null) {
            throw new IllegalStateException(model.table() + " is not counted");
        }
        TableWriter.Written written = progress.time(model.table(), () -> writer.commit(model, table, ofTable));
        committed.put(model.table(), written);
        return written;
    }

    private void compute(String table) {
        if (CountingPass.ITEM_TABLES.contains(table)) {
            files.putAll(progress.time(
                    "follow items", () -> pass.writeItems(spark.table("staged_row"), open(CountingPass.ITEM_TABLES))));
        } else if (SeriesFigures.MARTS.contains(table)) {
            files.putAll(progress.time("count series", () -> pass.writeMarts(open(SeriesFigures.MARTS), undated())));
        } else if (GradingPass.MARTS.contains(table)) {
            GradingPass.Result result = progress.time(
                    "count judgements",
                    () -> GradingPass.write(
                            force, coverage, candidate, spark.table("grading"), open(GradingPass.MARTS)));
            firstJudgement = result.firstDay();
            files.putAll(result.files());
        } else if (Dimensions.TABLES.contains(table)) {
            if (!files.keySet().containsAll(GradingPass.MARTS)) {
                compute(GradingPass.MARTS.get(0)); // the calendar begins with the first judgement
            }
            files.putAll(progress.time("definitions", () -> here(Dimensions.TABLES, this::define)));
        } else if (table.equals(PublishedFacts.TABLE)) {
            files.putAll(progress.time("facts", () -> here(List.of(PublishedFacts.TABLE), this::judgeFacts)));
        }
    }

    /** Writes the rows of a few small tables in this process, without a task. */
    private Map<String, List<DataFile>> here(List<String> names, Consumer<TableFiles> rows) {
        Map<String, Table> opened = open(names);
        TableFiles written = new TableFiles(opened, Models.all(), 0, 0);
        rows.accept(written);
        return TableFiles.byTable(opened.keySet(), written.close());
    }

    private void define(TableFiles rows) {
        LocalDate first = FirstEvent.on(
                spark, force, Objects.requireNonNull(tables.get(EVENTS)), Objects.requireNonNull(files.get(EVENTS)));
        if (first == null || (firstJudgement != null && firstJudgement.isBefore(first))) {
            first = firstJudgement;
        }
        new Dimensions(force, coverage, candidate, rows).write(versionChanges, first);
    }

    private void judgeFacts(TableFiles rows) {
        List<Fact> asked = PublishedFacts.asked(force, coverage.businessDate());
        PublishedFacts.write(
                force,
                candidate,
                asked.isEmpty() ? Map.of() : FactQueries.ask(spark, asked, this::rows),
                values -> rows.accept(PublishedFacts.TABLE, values));
    }

    private Dataset<Row> rows(Model mart) {
        return writer.read(
                mart, Objects.requireNonNull(committed.get(mart.table())).snapshotId());
    }

    /** Lets go of what was kept for tables that have not been asked for. */
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

    /** By kind of item, items that are excluded and of which no day is known. */
    private Map<String, Long> undated() {
        Map<String, Long> undated = new HashMap<>();
        spark.sql("select item_kind, count(*) from excluded_item group by item_kind")
                .collectAsList()
                .forEach(row -> undated.put(row.getString(0), row.getLong(1)));
        return undated;
    }
}
