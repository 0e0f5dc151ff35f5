package uk.fpw.metrics.pass;

import java.io.Serializable;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.apache.spark.TaskContext;
import scala.Tuple2;
import uk.fpw.metrics.cube.Cube;
import uk.fpw.metrics.cube.ExcludedCounts;
import uk.fpw.metrics.cube.LateItems;
import uk.fpw.metrics.figures.ReleaseKey;
import uk.fpw.metrics.figures.Series;
import uk.fpw.metrics.figures.SeriesFigures;
import uk.fpw.metrics.series.QueueSpec;
import uk.fpw.metrics.series.SeriesKey;

/** What the figures of all series need besides their cubes. */
record SeriesInput(
        ReleaseKey releaseKey,
        List<QueueSpec> queues,
        List<ExcludedCounts> excluded,
        List<LateItems> lateItems,
        CopiedSeries copied)
        implements Serializable {

    /** Adds up the counts of a task, which include every series with rows; none without any counts. */
    List<CubeBundle> complete(TaskContext task, Iterator<Tuple2<Integer, CubeBundle>> bundles) {
        if (!bundles.hasNext()) {
            return List.of();
        }
        CubeBundle all = bundles.next()._2();
        bundles.forEachRemaining(bundle -> all.add(bundle._2()));
        for (int queue = 0; queue < queues.size(); queue++) {
            SeriesKey total = SeriesKey.total(queue);
            if (CubeBundle.partition(total, task.numPartitions()) == task.partitionId()) {
                all.cubes().putIfAbsent(total, new Cube(releaseKey.asOf()));
            }
        }
        for (SeriesKey series : copied.keys()) {
            if (CubeBundle.partition(series, task.numPartitions()) == task.partitionId()) {
                all.cubes().putIfAbsent(series, new Cube(releaseKey.asOf()));
            }
        }
        return List.of(all);
    }

    /**
     * Writes the figures of the series of a task.
     *
     * @param frozen its copied rows, series by series in the same order
     */
    void write(
            Iterator<Counted> counted,
            Iterator<Tuple2<SeriesKey, CopiedSeries.CopiedRow>> frozen,
            SeriesFigures figures) {
        if (!counted.hasNext()) {
            return;
        }
        Counted variances = counted.next();
        CubeBundle all = variances.counts();
        CopiedSeries.Reader rows = copied.reader(frozen);
        all.cubes().entrySet().stream()
                .sorted(Map.Entry.comparingByKey(new CopiedSeries.Order(queues)))
                .forEach(series -> {
                    QueueSpec queue = queues.get(series.getKey().queue());
                    int firstDay = copied.firstDay(
                            series.getKey().queue(),
                            all.firstDays().get(series.getKey().queue()).of(queue));
                    figures.write(new Series(
                            releaseKey,
                            queue,
                            series.getKey(),
                            series.getValue(),
                            excluded.get(series.getKey().queue()),
                            lateItems.get(series.getKey().queue()),
                            firstDay,
                            rows.of(series.getKey()),
                            variances.of(series.getKey())));
                });
        rows.end();
    }
}
