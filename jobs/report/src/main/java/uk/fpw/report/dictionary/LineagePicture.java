package uk.fpw.report.dictionary;

import java.util.Map;
import uk.fpw.report.chart.Chart;
import uk.fpw.report.chart.DependencyChart;

/** The lineage of a table as a picture. */
final class LineagePicture {

    private LineagePicture() {}

    static Chart of(String table, Lineage lineage) {
        Map<String, Integer> columns = lineage.columns();
        return DependencyChart.of(
                DictionaryPaths.anchor("lineage", table),
                "From the feeds to " + table + ", and what reads it",
                lineage.nodes().stream()
                        .map(node -> new DependencyChart.Node(
                                node.id(),
                                node.label(),
                                columns.getOrDefault(node.id(), 0),
                                node.href() == null ? null : DictionaryPaths.fromHere(node.href())))
                        .toList(),
                lineage.edges().stream()
                        .map(edge -> new DependencyChart.Edge(edge.from(), edge.to()))
                        .toList());
    }
}
