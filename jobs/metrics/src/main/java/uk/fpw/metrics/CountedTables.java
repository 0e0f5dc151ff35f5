package uk.fpw.metrics;

import java.util.ArrayList;
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
import uk.fpw.metrics.account.RowCounts;
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
import uk.fpw.warehouse.run.MetricsResult.TableVersion;
import uk.fpw.warehouse.run.MetricsRun;
import uk.fpw.warehouse.run.VersionChange;

/**
 * The tables of a night. Those of items are written together; so are those of series, those of judgements and those of definitions. Each is committed by itself.
 */
final class CountedTables implements AutoCloseable {

    private static final Model GRADINGS = Models.find("core.grading").orElseThrow();

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
    private CountingPass.@Nullable Followed followed;

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

    /**
     * Writes the tables whose rows are about one item; none is committed yet.
     *
     * @param input see {@link uk.fpw.metrics.staging.InputRows}
     * @return where the rows of the feeds went
     */
    RowCounts followItems(Dataset<Row> input) {
        CountingPass.Followed found =
                progress.time("follow items", () -> pass.writeItems(input, open(CountingPass.ITEM_TABLES)));
        files.putAll(found.files());
        followed = found;
        return found.rows();
    }

    /** Commits every table in its order, once the items were followed; the first of each kind has all of its kind computed. */
    List<TableVersion> commit() {
        List<TableVersion> versions = new ArrayList<>();
        for (Model model : Models.all()) {
            TableWriter.Written written = commit(model);
            progress.table(model.table(), written.rowCount());
            versions.add(new TableVersion(model.table(), written.snapshotId(), written.rowCount(), null));
        }
        return versions;
    }

    private TableWriter.Written commit(Model model) {
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
        if (SeriesFigures.MARTS.contains(table)) {
            files.putAll(progress.time("count series", () -> pass.writeMarts(open(SeriesFigures.MARTS))));
        } else if (GradingPass.MARTS.contains(table)) {
            files.putAll(progress.time(
                    "count judgements",
                    () -> GradingPass.write(force, coverage, candidate, rows(GRADINGS), open(GradingPass.MARTS))));
        } else if (Dimensions.TABLES.contains(table)) {
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
        new Dimensions(force, coverage, candidate, rows)
                .write(versionChanges, Objects.requireNonNull(followed).firstDay());
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
}
