package uk.fpw.metrics.pass;

import static org.apache.spark.sql.functions.col;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.BiConsumer;
import java.util.stream.Stream;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.Table;
import org.apache.spark.Partitioner;
import org.apache.spark.TaskContext;
import org.apache.spark.api.java.JavaPairRDD;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.execution.QueryExecution;
import org.apache.spark.storage.StorageLevel;
import org.jspecify.annotations.Nullable;
import scala.Tuple2;
import uk.fpw.layout.ReleaseId;
import uk.fpw.metrics.account.ExcludedItems;
import uk.fpw.metrics.account.RowCounts;
import uk.fpw.metrics.cube.CubeBuilder;
import uk.fpw.metrics.cube.ExcludedCounts;
import uk.fpw.metrics.cube.InfluenceBuilder;
import uk.fpw.metrics.cube.LateItems;
import uk.fpw.metrics.cube.SpellBlock;
import uk.fpw.metrics.cube.WaitSums;
import uk.fpw.metrics.cube.WaitWeights;
import uk.fpw.metrics.figures.ReleaseKey;
import uk.fpw.metrics.figures.SeriesFigures;
import uk.fpw.metrics.figures.SeriesWeights;
import uk.fpw.metrics.figures.WorkingDays;
import uk.fpw.metrics.plan.SparkTuning;
import uk.fpw.metrics.series.QueueSpec;
import uk.fpw.metrics.series.SeriesKey;
import uk.fpw.metrics.table.TableFiles;
import uk.fpw.model.Model;
import uk.fpw.model.Models;
import uk.fpw.warehouse.force.Coverage;
import uk.fpw.warehouse.force.Force;
import uk.fpw.warehouse.message.Declaration;

/**
 * Computes the rows of the queue marts from the input rows of a run, in three Spark jobs. The first groups rows by
 * item: it follows each item through its queues, checks its judgements, and writes all tables about single items,
 * including why rows are in no figure. The second groups spells by contributor, so that none is counted twice, and
 * then adds up counts by series. The third reads the grouped spells again, because variances by contributor need the
 * counts over all ({@link InfluenceBuilder}), and derives every mart. Commits nothing. Spells and counts are kept
 * between the jobs, in memory and on disk; {@link #close} frees them, whichever job failed.
 */
public final class CountingPass implements AutoCloseable {

    /** Tables that the first job writes. */
    public static final List<String> ITEM_TABLES = ItemRows.TABLES;

    /** These tables and that of values at entry, to which the first job adds rows. */
    private static final List<Model> WRITTEN_BY_ITEM = Stream.concat(
                    Models.all().stream(), Stream.of(Models.entryLedger()))
            .toList();

    private final Coverage coverage;
    private final ItemRules rules;
    private final List<QueueSpec> queues;
    private final WorkingDays workingDays;
    private final ReleaseKey releaseKey;
    private final SparkTuning.Tasks tasks;
    private final List<ExcludedCounts> excluded = new ArrayList<>();
    private final List<LateItems> lateItems = new ArrayList<>();
    private @Nullable JavaRDD<ItemCounts> items;
    private @Nullable JavaRDD<CubeBundle> counts;

    /**
     * @param declarations since when comparisons have been declared, by where they are declared
     * @param tasks into which the work is divided
     */
    public CountingPass(
            Force force,
            Coverage coverage,
            Map<String, Declaration> declarations,
            RunKeys keys,
            SparkTuning.Tasks tasks) {
        this.coverage = coverage;
        this.rules = ItemRules.of(force, coverage, declarations, keys.runId(), keys.format());
        this.queues = rules.queues();
        this.workingDays = new WorkingDays(force.bankHolidays());
        this.releaseKey = keys.release();
        this.tasks = tasks;
    }

    /**
     * Follows every item, and keeps its spells for {@link #writeMarts}.
     *
     * @param input see {@link uk.fpw.metrics.staging.InputRows}
     * @param tables the table of each of {@link #ITEM_TABLES}, and that of {@link Models#entryLedger} where values at
     *     entry are looked up, by its qualified name
     * @return the files of each table, and where the rows of the feeds went
     */
    public Followed writeItems(Dataset<Row> input, Map<String, Table> tables) {
        Map<String, Table> copies = TableFiles.copies(tables);
        // copied to locals, so that tasks do not serialise this object
        ItemRules each = rules;
        ReleaseKey release = releaseKey;
        int contributorTasks = tasks.contributors();
        items = internal(byItem(input, tasks.items()))
                .toRdd()
                .toJavaRDD()
                .mapPartitions(rows -> {
                    TaskContext task = TaskContext.get();
                    TableFiles files =
                            new TableFiles(copies, WRITTEN_BY_ITEM, task.partitionId(), task.taskAttemptId());
                    ItemTask ofTask = new ItemTask(each, release, files, contributorTasks);
                    ofTask.follow(rows);
                    return List.of(ofTask.counts(files.close())).iterator();
                })
                .persist(StorageLevel.MEMORY_AND_DISK());
        queues.forEach(queue -> {
            excluded.add(new ExcludedCounts());
            lateItems.add(new LateItems());
        });
        List<TableFiles.Written> written = new ArrayList<>();
        RowCounts rows = new RowCounts(rules.names());
        ExcludedItems kinds = new ExcludedItems();
        int firstDay = ItemCounts.NONE;
        for (ItemCounts counts : items.map(ItemCounts::summary).collect()) {
            written.addAll(counts.files());
            rows.add(counts.rows());
            kinds.add(counts.kinds());
            firstDay = Math.min(firstDay, counts.firstDay());
            for (int queue = 0; queue < excluded.size(); queue++) {
                excluded.get(queue).add(counts.excluded().get(queue));
                lateItems.get(queue).add(counts.lateItems().get(queue));
            }
        }
        Map<String, Long> undated = kinds.byKind(rules.names());
        for (int queue = 0; queue < queues.size(); queue++) {
            excluded.get(queue)
                    .addUndated(undated.getOrDefault(queues.get(queue).itemKind(), 0L));
        }
        return new Followed(
                TableFiles.byTable(tables.keySet(), written),
                rows,
                firstDay == ItemCounts.NONE ? null : LocalDate.ofEpochDay(firstDay));
    }

    /**
     * The results for all items.
     *
     * @param files the files of each table
     * @param rows where the rows of the feeds went
     * @param firstDay earliest day of a plausible event, or of a judgement; null if there is none
     */
    public record Followed(
            Map<String, List<DataFile>> files,
            RowCounts rows,
            @Nullable LocalDate firstDay) {}

    private static Dataset<Row> byItem(Dataset<Row> input, int tasks) {
        return (tasks == 1 ? input.coalesce(1) : input.repartition(tasks, col("item_key")))
                .sortWithinPartitions("item_key");
    }

    private static QueryExecution internal(Dataset<Row> rows) {
        return ((org.apache.spark.sql.classic.Dataset<Row>) rows).queryExecution();
    }

    /**
     * Computes and writes every row of the queue marts.
     *
     * @param tables the table of each of {@link SeriesFigures#MARTS} by its qualified name
     * @param frozen the rows that are copied; null if none are
     * @return the files of each mart
     */
    public Map<String, List<DataFile>> writeMarts(Map<String, Table> tables, @Nullable Dataset<Row> frozen) {
        Map<String, Table> copies = TableFiles.copies(tables);
        CopiedSeries copied = CopiedSeries.of(queues, coverage.frozen());
        SeriesInput input = new SeriesInput(releaseKey, queues, excluded, lateItems, copied);
        WorkingDays calendar = workingDays;
        JavaPairRDD<Integer, SpellBlock> blocks =
                byContributor(Objects.requireNonNull(items, "the items have not been processed yet"));
        JavaRDD<CubeBundle> bundles = bySeries(input, blocks).persist(StorageLevel.MEMORY_AND_DISK());
        counts = bundles;
        JavaRDD<Counted> counted = withVariances(bundles, blocks);
        JavaRDD<TableFiles.Written> rows = frozen == null
                ? counted.mapPartitions(each -> write(input, copies, calendar, each, Collections.emptyIterator()))
                : counted.zipPartitions(
                        copied.rows(frozen, tasks.series()), (each, own) -> write(input, copies, calendar, each, own));
        List<TableFiles.Written> written = rows.collect();
        close();
        return TableFiles.byTable(tables.keySet(), written);
    }

    private static Iterator<TableFiles.Written> write(
            SeriesInput input,
            Map<String, Table> tables,
            WorkingDays calendar,
            Iterator<Counted> counted,
            Iterator<Tuple2<SeriesKey, CopiedSeries.CopiedRow>> frozen) {
        TaskContext task = TaskContext.get();
        TableFiles rows = new TableFiles(tables, Models.all(), task.partitionId(), task.taskAttemptId());
        input.write(counted, frozen, new SeriesFigures(Models.all(), calendar, rows));
        return rows.close().iterator();
    }

    @Override
    public void close() {
        if (items != null) {
            items.unpersist();
            items = null;
        }
        if (counts != null) {
            counts.unpersist();
            counts = null;
        }
    }

    /**
     * Follows every item in this process, for a few rows.
     *
     * @param input see {@link uk.fpw.metrics.staging.InputRows}
     * @param consumer receives the name of a table of {@link #ITEM_TABLES} and the values of a row, in the order of
     *     the model's columns
     * @return where the rows of the feeds went
     */
    public static RowCounts followLocally(
            Force force, Coverage coverage, Dataset<Row> input, BiConsumer<String, Object[]> consumer) {
        ReleaseKey releaseKey = new ReleaseKey(force.code(), ReleaseId.of(coverage.businessDate(), 1), (int)
                coverage.businessDate().toEpochDay());
        ItemTask task = new ItemTask(ItemRules.of(force, coverage), releaseKey, consumer, 1);
        task.follow(Arrays.stream(internal(byItem(input, 1)).executedPlan().executeCollect())
                .iterator());
        return task.counts(List.of()).rows();
    }

    /** The spells by the task that counts their contributors. Spark keeps what it has sent for the next job. */
    private JavaPairRDD<Integer, SpellBlock> byContributor(JavaRDD<ItemCounts> counted) {
        return counted.flatMapToPair(each -> numbered(each.blocks())).partitionBy(new Numbered(tasks.contributors()));
    }

    /** The counts over all contributors: one bundle for each task that computes series. */
    private JavaRDD<CubeBundle> bySeries(SeriesInput input, JavaPairRDD<Integer, SpellBlock> blocks) {
        List<QueueSpec> specs = queues;
        ReleaseKey release = releaseKey;
        int seriesTasks = tasks.series();
        return blocks.mapPartitionsToPair(each ->
                        numbered(CubeBundle.divide(new CubeBuilder(specs, release.asOf()).add(all(each)), seriesTasks)))
                .partitionBy(new Numbered(seriesTasks))
                .mapPartitions(each -> input.complete(TaskContext.get(), each).iterator());
    }

    /** Adds the variances by contributor; there is no second pass over the spells if nothing needs it. */
    private JavaRDD<Counted> withVariances(JavaRDD<CubeBundle> bundles, JavaPairRDD<Integer, SpellBlock> blocks) {
        List<QueueSpec> specs = queues;
        Map<SeriesKey, WaitWeights> weights = new HashMap<>();
        bundles.map(bundle -> SeriesWeights.of(specs, bundle.cubes())).collect().forEach(weights::putAll);
        if (weights.isEmpty()) {
            return bundles.map(bundle -> new Counted(bundle, Map.of()));
        }
        Broadcast<Map<SeriesKey, WaitWeights>> all =
                JavaSparkContext.fromSparkContext(bundles.context()).broadcast(weights);
        int seriesTasks = tasks.series();
        JavaPairRDD<Integer, Map<SeriesKey, WaitSums>> sums = blocks.mapPartitionsToPair(
                        each -> numbered(Counted.divide(
                                new InfluenceBuilder(specs, all.value())
                                        .add(all(each))
                                        .sums(),
                                seriesTasks)))
                .partitionBy(new Numbered(seriesTasks));
        return bundles.zipPartitions(sums, Counted::of);
    }

    private static List<SpellBlock> all(Iterator<Tuple2<Integer, SpellBlock>> blocks) {
        List<SpellBlock> all = new ArrayList<>();
        blocks.forEachRemaining(block -> all.add(block._2()));
        return all;
    }

    private static <T> Iterator<Tuple2<Integer, T>> numbered(List<T> parts) {
        List<Tuple2<Integer, T>> numbered = new ArrayList<>();
        for (int i = 0; i < parts.size(); i++) {
            numbered.add(new Tuple2<>(i, parts.get(i)));
        }
        return numbered.iterator();
    }

    /** Sends each number to the partition with that number. */
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
