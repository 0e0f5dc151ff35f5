package uk.fpw.metrics.pass;

import static org.apache.spark.sql.functions.col;

import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import org.apache.spark.Partitioner;
import org.apache.spark.api.java.JavaPairRDD;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
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

    /** Rows of all queue marts: name of the mart, then its columns in order, points in time and days as {@code java.time} has them. */
    public JavaRDD<Row> rows(Dataset<Row> spells) {
        JavaRDD<Row> byItem = spells.select(SpellBlocks.columns())
                .repartition(partitions, col("item_key"))
                .sortWithinPartitions("item_key")
                .javaRDD();
        List<QueueSpec> queues = this.queues;
        Candidate candidate = this.candidate;
        ZoneId zone = this.zone;
        int partitions = this.partitions;
        JavaPairRDD<Integer, SpellBlock> byContributor = byItem.mapPartitionsToPair(
                        rows -> numbered(new SpellBlocks(queues, zone, partitions).read(rows)))
                .partitionBy(new Numbered(partitions));
        JavaPairRDD<Integer, CubeBundle> bySeries = byContributor
                .mapPartitionsToPair(
                        blocks -> numbered(CubeBundle.divide(count(queues, candidate, blocks), partitions)))
                .partitionBy(new Numbered(partitions));
        return bySeries.mapPartitions(bundles -> figures(queues, candidate, partitions, bundles));
    }

    private static CubeBuilder count(
            List<QueueSpec> queues, Candidate candidate, Iterator<Tuple2<Integer, SpellBlock>> blocks) {
        List<SpellBlock> all = new ArrayList<>();
        blocks.forEachRemaining(block -> all.add(block._2()));
        return new CubeBuilder(queues, candidate.asOf()).add(all);
    }

    private static Iterator<Row> figures(
            List<QueueSpec> queues,
            Candidate candidate,
            int partitions,
            Iterator<Tuple2<Integer, CubeBundle>> bundles) {
        if (!bundles.hasNext()) {
            return List.<Row>of().iterator();
        }
        Tuple2<Integer, CubeBundle> first = bundles.next();
        CubeBundle all = first._2();
        bundles.forEachRemaining(bundle -> all.add(bundle._2()));
        for (int queue = 0; queue < queues.size(); queue++) {
            SeriesKey total = SeriesKey.total(queue);
            if (CubeBundle.partition(total, partitions) == first._1()) {
                all.cubes().putIfAbsent(total, new Cube(candidate.asOf()));
            }
        }
        List<Row> rows = new ArrayList<>();
        BiConsumer<String, Object[]> taker = (mart, values) -> {
            Object[] row = new Object[values.length + 1];
            row[0] = mart;
            System.arraycopy(values, 0, row, 1, values.length);
            rows.add(RowFactory.create(row));
        };
        SeriesFigures figures = new SeriesFigures(Models.all(), taker);
        all.cubes().entrySet().stream()
                .sorted(Comparator.comparing(
                        Map.Entry::getKey,
                        Comparator.comparingInt(SeriesKey::queue)
                                .thenComparingInt(SeriesKey::slice)
                                .thenComparing(SeriesKey::value)))
                .forEach(series -> {
                    QueueSpec queue = queues.get(series.getKey().queue());
                    int firstDay = all.firstDays().get(series.getKey().queue()).of(queue);
                    figures.write(new Series(candidate, queue, series.getKey(), series.getValue(), firstDay));
                });
        return rows.iterator();
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
