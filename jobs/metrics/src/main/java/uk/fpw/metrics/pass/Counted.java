package uk.fpw.metrics.pass;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import scala.Tuple2;
import uk.fpw.metrics.cube.WaitSums;
import uk.fpw.metrics.series.SeriesKey;

/**
 * What a task needs to compute its series.
 *
 * @param counts over all contributors
 * @param variances of the series that have any
 */
record Counted(CubeBundle counts, Map<SeriesKey, WaitSums> variances) {

    /** Divides variances by the task that computes each series. */
    static List<Map<SeriesKey, WaitSums>> divide(Map<SeriesKey, WaitSums> sums, int partitions) {
        List<Map<SeriesKey, WaitSums>> divided = new ArrayList<>();
        for (int i = 0; i < partitions; i++) {
            divided.add(new HashMap<>());
        }
        sums.forEach((series, ofSeries) ->
                divided.get(CubeBundle.partition(series, partitions)).put(series, ofSeries));
        return divided;
    }

    /** Joins the counts of a task with its variances. */
    static Iterator<Counted> of(Iterator<CubeBundle> counts, Iterator<Tuple2<Integer, Map<SeriesKey, WaitSums>>> sums) {
        Map<SeriesKey, WaitSums> variances = new HashMap<>();
        sums.forEachRemaining(part -> part._2().forEach((series, one) -> variances.merge(series, one, WaitSums::add)));
        List<Counted> counted = new ArrayList<>();
        counts.forEachRemaining(bundle -> counted.add(new Counted(bundle, variances)));
        return counted.iterator();
    }

    /** The variances of a series; without any if it has none. */
    WaitSums of(SeriesKey series) {
        return variances.getOrDefault(series, new WaitSums());
    }
}
