package uk.fpw.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import uk.fpw.metrics.cube.QueueSpec;
import uk.fpw.metrics.figures.Candidate;
import uk.fpw.metrics.figures.SeriesFigures;
import uk.fpw.metrics.pass.SeriesPass;
import uk.fpw.model.Model;
import uk.fpw.model.Models;
import uk.fpw.warehouse.force.Coverage;
import uk.fpw.warehouse.force.Force;

/** The queue marts computed from their counts beside those that the queries have written: cell by cell the same. */
final class BothPaths {

    private BothPaths() {}

    static void compare(SparkSession spark, Force force, Coverage coverage, String releaseId) {
        Candidate candidate = new Candidate(
                force.code(), releaseId, (int) coverage.businessDate().toEpochDay());
        Map<String, List<String>> computed = new TreeMap<>();
        SeriesFigures.MARTS.forEach(mart -> computed.put(mart, new ArrayList<>()));
        SeriesPass pass = new SeriesPass(QueueSpec.of(force, coverage), candidate, force.zone(), 3);
        for (Row row : pass.rows(spark.table("spell")).collect()) {
            computed.get(row.getString(0)).add(text(row, 1));
        }
        for (Model model : Models.all()) {
            if (SeriesFigures.MARTS.contains(model.table())) {
                String columns = String.join(
                        ", ", model.columns().stream().map(Model.Column::name).toList());
                List<String> written = new ArrayList<>();
                spark.sql("select " + columns + " from " + model.name())
                        .collectAsList()
                        .forEach(row -> written.add(text(row, 0)));
                written.sort(null);
                List<String> ours = computed.get(model.table());
                ours.sort(null);
                List<String> missing = new ArrayList<>(written);
                List<String> extra = new ArrayList<>(ours);
                extra.forEach(missing::remove);
                written.forEach(extra::remove);
                assertThat(extra.stream().limit(10))
                        .as(model.table() + ": computed from counts only, " + extra.size() + " of " + ours.size() + "; "
                                + columns)
                        .isEmpty();
                assertThat(missing.stream().limit(10))
                        .as(model.table() + ": written by the query only")
                        .isEmpty();
            }
        }
    }

    private static String text(Row row, int from) {
        Object[] values = new Object[row.length() - from];
        for (int i = from; i < row.length(); i++) {
            values[i - from] = row.get(i);
        }
        return Arrays.toString(values);
    }
}
