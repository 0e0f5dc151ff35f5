package uk.fpw.metrics.staging;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.unix_date;

import java.util.List;
import java.util.Set;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import uk.fpw.warehouse.force.grading.GradingQuery;

/** Reads the rows of a grading query, as {@link InputRows#JUDGEMENT}. */
final class GradedRows {

    private static final String NOT_RECORDED = "(not recorded)";

    private GradedRows() {}

    /** The rows of the query at this position in the force; the views of the feeds must exist. */
    static Dataset<Row> of(SparkSession spark, GradingQuery grading, int position) {
        Dataset<Row> yielded = spark.sql(grading.sql());
        Set<String> columns = Set.of(yielded.columns());
        Column item = key(grading, "item_key");
        Column caseKey = columns.contains("case_key") ? coalesce(key(grading, "case_key"), item) : item;
        Column contributor =
                columns.contains("contributor_key") ? coalesce(key(grading, "contributor_key"), caseKey) : caseKey;
        boolean givesCounts = columns.contains("judgement_count");
        return InputRows.shape(
                yielded,
                InputRows.JUDGEMENT,
                position,
                item,
                List.of(
                        caseKey,
                        contributor,
                        col("scheme"),
                        col("grade"),
                        recorded("theme"),
                        recorded("assessor"),
                        recorded("population"),
                        coalesce(col("selection"), lit("unknown")),
                        columns.contains("unit") ? recorded("unit") : lit(NOT_RECORDED)),
                List.of(
                        col("scheme_version").cast("int"),
                        unix_date(col("judged_on")),
                        lit(givesCounts ? 1L : 0L),
                        givesCounts ? col("judgement_count") : lit(1L),
                        columns.contains("stated_case_count") ? col("stated_case_count") : lit(null)));
    }

    private static Column key(GradingQuery grading, String column) {
        return concat(lit(grading.source() + ":"), col(column).cast("string"));
    }

    private static Column recorded(String column) {
        return coalesce(col(column), lit(NOT_RECORDED));
    }
}
