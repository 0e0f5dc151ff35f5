package uk.fpw.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Comparator;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.MapType;
import uk.fpw.metrics.figures.SeriesFigures;
import uk.fpw.metrics.model.ModelRunner;
import uk.fpw.metrics.pass.CountingPass;
import uk.fpw.model.Model;
import uk.fpw.model.Models;
import uk.fpw.warehouse.force.Coverage;
import uk.fpw.warehouse.force.Force;
import uk.fpw.warehouse.run.VersionChange;

/** The queue marts computed from their counts beside those that the queries have written: cell by cell the same. */
final class BothPaths {

    private BothPaths() {}

    static void compare(
            SparkSession spark,
            Force force,
            Coverage coverage,
            Map<String, VersionChange> versionChanges,
            String releaseId) {
        ModelRunner runner = new ModelRunner(spark, force, coverage, versionChanges, releaseId);
        Map<String, Map<String, Integer>> difference = new TreeMap<>();
        for (Model model : Models.all()) {
            if (CountingPass.CORE_TABLES.contains(model.table()) || SeriesFigures.MARTS.contains(model.table())) {
                String columns = String.join(
                        ", ", model.columns().stream().map(Model.Column::name).toList());
                spark.sql("select " + columns + " from " + model.name())
                        .collectAsList()
                        .forEach(row -> count(difference, model.table(), text(row), 1));
                runner.run(model).collectAsList().forEach(row -> count(difference, model.table(), text(row), -1));
            }
        }
        if (force.queues().isEmpty()) {
            return; // a force of gradings alone
        }
        assertThat(difference).containsKeys("core.event", "mart.dim_slice", "mart.queue_daily");
        difference.forEach((mart, rows) -> assertThat(rows.entrySet().stream()
                        .filter(row -> row.getValue() != 0)
                        .map(row -> (row.getValue() > 0 ? "counted: " : "queried: ") + row.getKey())
                        .sorted(Comparator.comparing(line -> line.substring(9)))
                        .limit(20))
                .as(mart)
                .isEmpty());
    }

    private static void count(Map<String, Map<String, Integer>> counts, String mart, String row, int by) {
        counts.computeIfAbsent(mart, any -> new TreeMap<>()).merge(row, by, Integer::sum);
    }

    private static String text(Row row) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < row.length(); i++) {
            boolean isMap = row.schema().fields()[i].dataType() instanceof MapType;
            text.append(isMap ? new TreeMap<>(row.<String, String>getJavaMap(i)) : row.get(i))
                    .append('|');
        }
        return text.toString();
    }
}
