package uk.fpw.metrics.figures;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Stream;
import uk.fpw.layout.ReleaseId;
import uk.fpw.metrics.cube.CubeBuilder;
import uk.fpw.metrics.cube.ExcludedCounts;
import uk.fpw.metrics.cube.InfluenceBuilder;
import uk.fpw.metrics.cube.LateItems;
import uk.fpw.metrics.cube.SpellBlock;
import uk.fpw.metrics.cube.WaitSums;
import uk.fpw.metrics.cube.WaitWeights;
import uk.fpw.metrics.series.QueueSpec;
import uk.fpw.metrics.series.SeriesKey;
import uk.fpw.model.Model;
import uk.fpw.model.Models;

/** The rows of the queue marts for some spells. */
public final class TestMartRows {

    /** Of two years only, so that other years are unknown. */
    public static final WorkingDays ENGLAND = new WorkingDays(Stream.of(
                    "2014-01-01",
                    "2014-04-18",
                    "2014-04-21",
                    "2014-05-05",
                    "2014-05-26",
                    "2014-08-25",
                    "2014-12-25",
                    "2014-12-26",
                    "2015-01-01",
                    "2015-04-03",
                    "2015-04-06",
                    "2015-05-04",
                    "2015-05-25",
                    "2015-08-31",
                    "2015-12-25",
                    "2015-12-28")
            .map(LocalDate::parse)
            .toList());

    private TestMartRows() {}

    /**
     * Counts each block separately, adds up the counts and computes the rows, as if all items were independent, with
     * intervals and tests however few there are.
     *
     * @param blocks all spells of a contributor are in one of them
     * @param marts the requested tables, such as {@code mart.queue_daily}
     * @return rows by mart, each column by its name
     */
    public static Map<String, List<Map<String, Object>>> of(
            List<QueueSpec> queues, int asOf, List<SpellBlock> blocks, Set<String> marts) {
        return of(queues, asOf, blocks, marts, false);
    }

    /** The same with variances by contributor, added up over blocks, where there are enough contributors. */
    static Map<String, List<Map<String, Object>>> byContributor(
            List<QueueSpec> queues, int asOf, List<SpellBlock> blocks, Set<String> marts) {
        return of(queues, asOf, blocks, marts, true);
    }

    private static Map<String, List<Map<String, Object>>> of(
            List<QueueSpec> queues, int asOf, List<SpellBlock> blocks, Set<String> marts, boolean isByContributor) {
        CubeBuilder all = new CubeBuilder(queues, asOf);
        List<CubeBuilder.FirstDays> firstDays = all.firstDays();
        for (SpellBlock block : blocks) {
            CubeBuilder part = new CubeBuilder(queues, asOf).add(List.of(block));
            part.cubes().forEach((key, cube) -> all.cubes().merge(key, cube, (one, other) -> one.add(other)));
            for (int queue = 0; queue < queues.size(); queue++) {
                firstDays.set(queue, firstDays.get(queue).with(part.firstDays().get(queue)));
            }
        }
        Map<SeriesKey, WaitWeights> weights = SeriesWeights.of(queues, all.cubes());
        Map<SeriesKey, WaitSums> variances = new HashMap<>();
        for (SpellBlock block : blocks) {
            new InfluenceBuilder(queues, weights)
                    .add(List.of(block))
                    .sums()
                    .forEach((key, sums) -> variances.merge(key, sums, WaitSums::add));
        }
        Map<String, List<Map<String, Object>>> rows = new TreeMap<>();
        SeriesFigures figures = new SeriesFigures(Models.all(), ENGLAND, (mart, values) -> {
            if (marts.contains(mart)) {
                rows.computeIfAbsent(mart, any -> new ArrayList<>()).add(byName(mart, values));
            }
        });
        all.cubes().forEach((key, cube) -> {
            Series series = new Series(
                    new ReleaseKey("testshire", ReleaseId.of("2016-01-12.1"), asOf),
                    queues.get(key.queue()),
                    key,
                    cube,
                    new ExcludedCounts(),
                    new LateItems(),
                    firstDays.get(key.queue()).of(queues.get(key.queue())));
            figures.write(isByContributor ? series.with(variances.getOrDefault(key, new WaitSums())) : series);
        });
        return rows;
    }

    private static Map<String, Object> byName(String mart, Object[] values) {
        Map<String, Object> row = new HashMap<>();
        for (Model.Column column : Models.find(mart).orElseThrow().columns()) {
            row.put(column.name(), values[row.size()]);
        }
        return row;
    }
}
