package uk.fpw.metrics.model;

import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.spark.sql.SparkSession;
import uk.fpw.model.Family;
import uk.fpw.model.Model;
import uk.fpw.model.Models;

/** Registers empty marts, so that queries over them can be analysed before they have rows. */
public final class EmptyMarts {

    private EmptyMarts() {}

    /**
     * Registers each mart under its simple name and returns the names. Leaves out facts and recommendations, which
     * are computed last by queries over the others, and tables that the audit computes.
     */
    public static Set<String> register(SparkSession spark) {
        List<Model> marts = Models.marts().stream()
                .filter(model -> !Models.countedBy(Family.FACT).contains(model.table()))
                .filter(model -> !Models.countedBy(Family.COMPARISON).contains(model.table()))
                .toList();
        for (Model mart : marts) {
            spark.createDataFrame(List.of(), ModelTypes.schema(mart)).createOrReplaceTempView(mart.name());
        }
        return marts.stream().map(Model::name).collect(Collectors.toUnmodifiableSet());
    }
}
