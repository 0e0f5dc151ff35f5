package uk.fpw.metrics.grading;

import static org.apache.spark.sql.types.DataTypes.DateType;
import static org.apache.spark.sql.types.DataTypes.IntegerType;
import static org.apache.spark.sql.types.DataTypes.StringType;

import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;
import uk.fpw.metrics.plan.NightSize;
import uk.fpw.warehouse.force.Force;
import uk.fpw.warehouse.force.Scheme;

/**
 * The grading schemes of a force as view {@code scheme_grade (scheme, scheme_version, title, description, valid_from, grade, grade_rank, grade_count)}: one row per grade of each version, rank 1
 * the best.
 */
public final class Schemes {

    private static final StructType GRADE = new StructType()
            .add("scheme", StringType, false)
            .add("scheme_version", IntegerType, false)
            .add("title", StringType, false)
            .add("description", StringType, false)
            .add("valid_from", DateType, false)
            .add("grade", StringType, false)
            .add("grade_rank", IntegerType, false)
            .add("grade_count", IntegerType, false);

    private Schemes() {}

    /** Registers the view, replacing that of another force. */
    public static void register(SparkSession spark, Force force) {
        List<Row> rows = new ArrayList<>();
        for (Scheme scheme : force.schemes()) {
            for (Scheme.Version version : scheme.versions()) {
                for (int rank = 1; rank <= version.grades().size(); rank++) {
                    rows.add(RowFactory.create(
                            scheme.name(),
                            version.version(),
                            scheme.title(),
                            scheme.description(),
                            version.validFrom(),
                            version.grades().get(rank - 1),
                            rank,
                            version.grades().size()));
                }
            }
        }
        NightSize.source(spark.createDataFrame(rows, GRADE)).createOrReplaceTempView("scheme_grade");
    }
}
