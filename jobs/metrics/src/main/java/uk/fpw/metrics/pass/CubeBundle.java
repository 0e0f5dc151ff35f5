package uk.fpw.metrics.pass;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import uk.fpw.metrics.cube.Cube;
import uk.fpw.metrics.cube.CubeBuilder;
import uk.fpw.metrics.series.SeriesKey;

/**
 * Cubes on their way to the task that computes their series.
 *
 * @param firstDays for each queue, the days on which its figures may start, according to the sending task
 */
record CubeBundle(Map<SeriesKey, Cube> cubes, List<CubeBuilder.FirstDays> firstDays) implements Serializable {

    /** Divides counts by the task that computes each series. */
    static List<CubeBundle> divide(CubeBuilder counted, int partitions) {
        List<CubeBundle> bundles = new ArrayList<>();
        for (int i = 0; i < partitions; i++) {
            bundles.add(new CubeBundle(new HashMap<>(), counted.firstDays()));
        }
        counted.cubes()
                .forEach((series, cube) ->
                        bundles.get(partition(series, partitions)).cubes.put(series, cube));
        return bundles;
    }

    /** The number of the task that computes a series. */
    static int partition(SeriesKey series, int partitions) {
        return Math.floorMod(series.hashCode(), partitions);
    }

    /** Adds the counts of another task. */
    void add(CubeBundle other) {
        other.cubes.forEach((series, cube) -> cubes.merge(series, cube, Cube::add));
        for (int i = 0; i < firstDays.size(); i++) {
            firstDays.set(i, firstDays.get(i).with(other.firstDays.get(i)));
        }
    }
}
