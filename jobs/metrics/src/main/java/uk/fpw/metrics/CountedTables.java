package uk.fpw.metrics;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.Table;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import uk.fpw.metrics.account.RowCounts;
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

/** The tables of a night that are counted rather than queried: those of items are written together, and those of series; each is committed by itself. */
final class CountedTables implements AutoCloseable {

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
        this.writer = writer;
        this.progress = progress;
        this.pass = new CountingPass(
                force,
                new Coverage(run.businessDate(), run.completeTo()),
                new Candidate(
                        force.code(), run.releaseId(), (int) run.businessDate().toEpochDay()),
                NightSize.tasks(spark, rowCount));
    }

    /**
     * Writes the tables whose rows are about one item; none is committed yet.
     *
     * @param input see {@link uk.fpw.metrics.staging.InputRows}
     * @return where the rows of the feeds went
     */
    RowCounts followItems(Dataset<Row> input) {
        CountingPass.Followed followed =
                progress.time("follow items", () -> pass.writeItems(input, open(CountingPass.ITEM_TABLES)));
        files.putAll(followed.files());
        return followed.rows();
    }

    /** Whether a table is written here. */
    boolean has(Model model) {
        return model.isCounted();
    }

    /** Commits a table, once the items were followed; the first one asked for of the series has all of them computed. */
    TableWriter.Written written(Model model) {
        if (!files.containsKey(model.table())) {
            files.putAll(progress.time("count series", () -> pass.writeMarts(open(SeriesFigures.MARTS))));
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
}
