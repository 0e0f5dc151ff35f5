package uk.fpw.metrics.grading;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat;
import static org.apache.spark.sql.functions.lit;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import uk.fpw.metrics.plan.NightSize;
import uk.fpw.warehouse.force.Force;
import uk.fpw.warehouse.force.Grading;

/**
 * What the grading queries yield, in one shape, as view {@code graded_row (grading, source, item_key, case_key, contributor_key, scheme, scheme_version, grade, theme, assessor, population, selection,
 * judged_on, gives_counts, judgement_count, stated_case_count)}. Whether a row can be used is judged by the view {@code judgement}.
 */
public final class GradedRows {

    private static final String NOT_RECORDED = "(not recorded)";

    private static final StructType ROW = new StructType()
            .add("grading", DataTypes.StringType)
            .add("source", DataTypes.StringType)
            .add("item_key", DataTypes.StringType)
            .add("case_key", DataTypes.StringType)
            .add("contributor_key", DataTypes.StringType)
            .add("scheme", DataTypes.StringType)
            .add("scheme_version", DataTypes.IntegerType)
            .add("grade", DataTypes.StringType)
            .add("theme", DataTypes.StringType)
            .add("assessor", DataTypes.StringType)
            .add("population", DataTypes.StringType)
            .add("selection", DataTypes.StringType)
            .add("judged_on", DataTypes.DateType)
            .add("gives_counts", DataTypes.BooleanType)
            .add("judgement_count", DataTypes.LongType)
            .add("stated_case_count", DataTypes.LongType);

    private GradedRows() {}

    /** Computes the rows, since they are read several times, and registers the view; the views of the feeds must be there. */
    public static void register(SparkSession spark, Force force) {
        NightSize.computed(force.gradings().stream()
                        .map(grading -> rows(grading, spark.sql(grading.sql())))
                        .reduce(Dataset::union)
                        .orElseGet(() -> NightSize.source(spark.createDataFrame(List.of(), ROW))))
                .createOrReplaceTempView("graded_row");
    }

    private static Dataset<Row> rows(Grading grading, Dataset<Row> yielded) {
        Set<String> columns = Arrays.stream(yielded.columns()).collect(Collectors.toSet());
        Column item = key(grading, "item_key");
        Column caseKey = columns.contains("case_key") ? coalesce(key(grading, "case_key"), item) : item;
        boolean givesCounts = columns.contains("judgement_count");
        return yielded.select(
                lit(grading.name()).as("grading"),
                lit(grading.source()).as("source"),
                item.as("item_key"),
                caseKey.as("case_key"),
                (columns.contains("contributor_key") ? coalesce(key(grading, "contributor_key"), caseKey) : caseKey)
                        .as("contributor_key"),
                col("scheme"),
                col("scheme_version").cast("int").as("scheme_version"),
                col("grade"),
                recorded("theme"),
                recorded("assessor"),
                recorded("population"),
                coalesce(col("selection"), lit("unknown")).as("selection"),
                col("judged_on"),
                lit(givesCounts).as("gives_counts"),
                givesCounts
                        ? col("judgement_count").cast("bigint").as("judgement_count")
                        : lit(1L).as("judgement_count"),
                (columns.contains("stated_case_count") ? col("stated_case_count") : lit(null))
                        .cast("bigint")
                        .as("stated_case_count"));
    }

    private static Column key(Grading grading, String column) {
        return concat(lit(grading.source() + ":"), col(column).cast("string"));
    }

    private static Column recorded(String column) {
        return coalesce(col(column), lit(NOT_RECORDED)).as(column);
    }
}
