package uk.fpw.metrics;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.Table;
import org.apache.spark.sql.SparkSession;
import uk.fpw.metrics.figures.Candidate;
import uk.fpw.metrics.figures.SeriesFigures;
import uk.fpw.metrics.model.TableWriter;
import uk.fpw.metrics.pass.CountingPass;
import uk.fpw.metrics.plan.NightSize;
import uk.fpw.model.Model;
import uk.fpw.model.Models;
import uk.fpw.warehouse.force.Coverage;
import uk.fpw.warehouse.force.Force;
import uk.fpw.warehouse.run.MetricsRun;

/** The tables of a night that are counted rather than queried: those of items are written together, from view {@code staged_row}, and those of series, once the exclusions are known; each is committed by itself. */
final class CountedTables implements AutoCloseable {

    private final SparkSession spark;
    private final TableWriter writer;
    private final Progress progress;
    private final CountingPass pass;
    private final Map<String, Table> tables = new TreeMap<>();
    private final Map<String, List<DataFile>> files = new TreeMap<>();

    /**
     * The tables of a night.
     *
     * @param rowCount current rows of all feeds
     */
    CountedTables(
            SparkSession spark, Force force, MetricsRun run, long rowCount, TableWriter writer, Progress progress) {
        this.spark = spark;
        this.writer = writer;
        this.progress = progress;
        this.pass = new CountingPass(
                force,
                new Coverage(run.businessDate(), run.completeTo()),
                new Candidate(
                        force.code(), run.releaseId(), (int) run.businessDate().toEpochDay()),
                NightSize.tasks(spark, rowCount));
    }

    /** Whether a table is written here. */
    boolean has(Model model) {
        return model.isCounted();
    }

    /** Commits a table; the first one asked for of its kind has all of them computed. */
    TableWriter.Written written(Model model) {
        if (!files.containsKey(model.table())) {
            if (CountingPass.ITEM_TABLES.contains(model.table())) {
                files.putAll(progress.time(
                        "follow items",
                        () -> pass.writeItems(spark.table("staged_row"), open(CountingPass.ITEM_TABLES))));
            } else {
                files.putAll(
                        progress.time("count series", () -> pass.writeMarts(open(SeriesFigures.MARTS), undated())));
            }
        }
        List<DataFile> ofTable = files.get(model.table());
        Table table = tables.get(model.table());
        if (ofTable == null || table == null) {
            throw new IllegalStateException(model.table() + " is not counted");
        }
        return progress.time(model.table(), () -> writer.commit(model, table, ofTable));
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
