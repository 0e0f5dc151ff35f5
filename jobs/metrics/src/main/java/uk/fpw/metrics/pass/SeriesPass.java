package uk.fpw.metrics.pass;

import static org.apache.spark.sql.functions.col;

import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.SerializableTable;
import org.apache.iceberg.Table;
import org.apache.spark.Partitioner;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.JavaPairRDD;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import scala.Tuple2;
import uk.fpw.metrics.cube.Cube;
import uk.fpw.metrics.cube.CubeBuilder;
import uk.fpw.metrics.cube.QueueSpec;
import uk.fpw.metrics.cube.SeriesKey;
import uk.fpw.metrics.cube.SpellBlock;
import uk.fpw.metrics.figures.Candidate;
import uk.fpw.metrics.figures.Series;
import uk.fpw.metrics.figures.SeriesFigures;
import uk.fpw.model.Models;

/**
 * From spells to the rows of the queue marts. The spells meet by item, so that an item is counted once; then by contributor, so that a contributor is; then the counts of each series meet.
 */
public final class SeriesPass {

    private final List<QueueSpec> queues;
    private final Candidate candidate;
    private final ZoneId zone;
    private final int partitions;

    /**
     * A pass over the spells of a night.
     *
     * @param zone the force's
     * @param partitions tasks that work side by side
     */
    public SeriesPass(List<QueueSpec> queues, Candidate candidate, ZoneId zone, int partitions) {
        this.queues = List.copyOf(queues);
        this.candidate = candidate;
        this.zone = zone;
        this.partitions = partitions;
    }

    /**
     * Computes every row of the queue marts and writes it; commits nothing.
     *
     * @param tables the table of each of {@link SeriesFigures#MARTS} by its qualified name
     * @return the files of each mart
     */
    public Map<String, List<DataFile>> write(Dataset<Row> spells, Map<String, Table> tables) {
        Map<String, Table> copies = new TreeMap<>();
        tables.forEach((mart, table) -> copies.put(mart, SerializableTable.copyOf(table)));
        Map<String, List<DataFile>> files = new TreeMap<>();
        SeriesFigures.MARTS.forEach(mart -> files.put(mart, new ArrayList<>()));
        List<QueueSpec> specs = queues;
        Candidate release = candidate;
        bySeries(spells)
                .mapPartitions(bundles -> {
                    TaskContext task = TaskContext.get();
                    MartFiles rows = new MartFiles(copies, Models.all(), task.partitionId(), task.taskAttemptId());
                    figures(specs, release, task, bundles, rows);
                    return rows.close().iterator();
                })
                .collect()
                .forEach(written ->
                        Objects.requireNonNull(files.get(written.mart())).add(written.file()));
        return files;
    }

    private JavaPairRDD<Integer, CubeBundle> bySeries(Dataset<Row> spells) {
        // What goes into the tasks goes by itself, without this object.
        List<QueueSpec> specs = queues;
        Candidate release = candidate;
        ZoneId ofForce = zone;
        int tasks = partitions;
        return spells.select(SpellBlocks.columns())
                .repartition(tasks, col("item_key"))
                .sortWithinPartitions("item_key")
                .javaRDD()
                .mapPartitionsToPair(rows -> numbered(new SpellBlocks(specs, ofForce, tasks).read(rows)))
                .partitionBy(new Numbered(tasks))
                .mapPartitionsToPair(blocks -> numbered(CubeBundle.divide(count(specs, release, blocks), tasks)))
                .partitionBy(new Numbered(tasks));
    }

    private static CubeBuilder count(
            List<QueueSpec> queues, Candidate candidate, Iterator<Tuple2<Integer, SpellBlock>> blocks) {
        List<SpellBlock> all = new ArrayList<>();
        blocks.forEachRemaining(block -> all.add(block._2()));
        return new CubeBuilder(queues, candidate.asOf()).add(all);
    }

    private static void figures(
            List<QueueSpec> queues,
            Candidate candidate,
            TaskContext task,
            Iterator<Tuple2<Integer, CubeBundle>> bundles,
            BiConsumer<String, Object[]> rows) {
        if (!bundles.hasNext()) {
            return;
        }
        CubeBundle all = bundles.next()._2();
        bundles.forEachRemaining(bundle -> all.add(bundle._2()));
        for (int queue = 0; queue < queues.size(); queue++) {
            SeriesKey total = SeriesKey.total(queue);
            if (CubeBundle.partition(total, task.numPartitions()) == task.partitionId()) {
                all.cubes().putIfAbsent(total, new Cube(candidate.asOf()));
            }
        }
        SeriesFigures figures = new SeriesFigures(Models.all(), rows);
        all.cubes().entrySet().stream()
                .sorted(Map.Entry.comparingByKey(order(queues)))
                .forEach(series -> {
                    QueueSpec queue = queues.get(series.getKey().queue());
                    int firstDay = all.firstDays().get(series.getKey().queue()).of(queue);
                    figures.write(new Series(candidate, queue, series.getKey(), series.getValue(), firstDay));
                });
    }

    /** By the names that stand in the rows, so that a reader of one series skips most of a file. */
    private static Comparator<SeriesKey> order(List<QueueSpec> queues) {
        return Comparator.<SeriesKey, String>comparing(
                        series -> queues.get(series.queue()).name())
                .thenComparing(series -> series.sliceName(queues.get(series.queue())))
                .thenComparing(SeriesKey::value);
    }

    private static <T> Iterator<Tuple2<Integer, T>> numbered(List<T> parts) {
        List<Tuple2<Integer, T>> numbered = new ArrayList<>();
        for (int i = 0; i < parts.size(); i++) {
            numbered.add(new Tuple2<>(i, parts.get(i)));
        }
        return numbered.iterator();
    }

    /** Each number goes to the partition of that number. */
    private static final class Numbered extends Partitioner {

        private final int partitions;

        Numbered(int partitions) {
            this.partitions = partitions;
        }

        @Override
        public int numPartitions() {
            return partitions;
        }

        @Override
        public int getPartition(Object key) {
            return (Integer) key;
        }
    }
}
