package uk.fpw.metrics;

import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.Table;
import org.apache.spark.sql.SparkSession;
import org.jspecify.annotations.Nullable;
import uk.fpw.metrics.cube.QueueSpec;
import uk.fpw.metrics.figures.Candidate;
import uk.fpw.metrics.figures.SeriesFigures;
import uk.fpw.metrics.model.TableWriter;
import uk.fpw.metrics.pass.SeriesPass;
import uk.fpw.metrics.plan.NightSize;
import uk.fpw.model.Model;
import uk.fpw.model.Models;
import uk.fpw.warehouse.force.Coverage;
import uk.fpw.warehouse.force.Force;
import uk.fpw.warehouse.run.MetricsRun;

/** The queue marts of a night: counted and written together, once the spells are there, and committed one by one. */
final class SeriesTables {

    private final SparkSession spark;
    private final Force force;
    private final MetricsRun run;
    private final TableWriter writer;
    private final Progress progress;
    private final Map<String, Table> tables = new TreeMap<>();
    private @Nullable Map<String, List<DataFile>> files;

    SeriesTables(SparkSession spark, Force force, MetricsRun run, TableWriter writer, Progress progress) {
        this.spark = spark;
        this.force = force;
        this.run = run;
        this.writer = writer;
        this.progress = progress;
    }

    /** Qualified names of the marts that are written here. */
    List<String> marts() {
        return SeriesFigures.MARTS;
    }

    /** Commits a mart; the first one asked for has all of them computed, from view {@code spell}. */
    TableWriter.Written written(Model model) {
        if (files == null) {
            files = progress.time("count series", this::compute);
        }
        List<DataFile> ofMart = files.get(model.table());
        Table table = tables.get(model.table());
        if (ofMart == null || table == null) {
            throw new IllegalStateException(model.table() + " is not counted by series");
        }
        return progress.time(model.table(), () -> writer.commit(model, table, ofMart));
    }

    private Map<String, List<DataFile>> compute() {
        Models.all().stream()
                .filter(model -> marts().contains(model.table()))
                .forEach(model -> tables.put(model.table(), writer.table(model)));
        Candidate candidate = new Candidate(
                force.code(), run.releaseId(), (int) run.businessDate().toEpochDay());
        int partitions = NightSize.isGathered(spark) ? 1 : spark.sparkContext().defaultParallelism();
        return new SeriesPass(
                        QueueSpec.of(force, new Coverage(run.businessDate(), run.completeTo())),
                        candidate,
                        force.zone(),
                        partitions)
                .write(spark.table("spell"), tables);
    }
}
