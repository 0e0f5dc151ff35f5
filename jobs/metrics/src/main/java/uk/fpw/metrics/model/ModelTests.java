package uk.fpw.metrics.model;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Row;
import uk.fpw.model.Model;
import uk.fpw.warehouse.run.MetricsResult.QualityResult;

/** The tests of the models that are queries: each yields the bad rows. All run as one query. */
public final class ModelTests {

    private ModelTests() {}

    /** Runs them over the models that the runner has run. */
    public static List<QualityResult> run(List<Model> models, ModelRunner runner) {
        List<QualityResult> results = new ArrayList<>();
        List<String> counts = new ArrayList<>();
        for (Model model : models) {
            for (Model.Test test : model.tests()) {
                if (!test.query().isEmpty()) {
                    counts.add("select " + results.size() + " as test, count(*) as failed_count from (\n" + test.query()
                            + "\n)");
                    results.add(new QualityResult(model.table(), test.code(), test.severity(), 0, test.message()));
                }
            }
        }
        if (counts.isEmpty()) {
            return results;
        }
        Map<Integer, Long> failed = new HashMap<>();
        for (Row row : runner.query(String.join("\nunion all\n", counts)).collectAsList()) {
            failed.put(row.getInt(0), row.getLong(1));
        }
        for (int test = 0; test < results.size(); test++) {
            QualityResult passed = results.get(test);
            results.set(
                    test,
                    new QualityResult(
                            passed.table(),
                            passed.code(),
                            passed.severity(),
                            failed.getOrDefault(test, 0L),
                            passed.message()));
        }
        return results;
    }
}
