package uk.fpw.metrics.staging;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.unix_date;

import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import uk.fpw.metrics.capacity.StaffRow;
import uk.fpw.warehouse.force.capacity.StaffingQuery;

/** Reads the rows of a staffing query, as {@link InputRows#STAFF}. */
final class StaffRows {

    private StaffRows() {}

    /** The rows of the query at this position in the force; the views of the feeds must exist. */
    static Dataset<Row> of(SparkSession spark, StaffingQuery staffing, int position) {
        return InputRows.shape(
                spark.sql(staffing.sql()),
                InputRows.STAFF,
                position,
                concat(lit(staffing.source() + ":"), col("item_key").cast("string")),
                List.of(col("unit")),
                List.of(
                        unix_date(col("month_on")),
                        // a number with too many digits becomes null, which excludes its item
                        col("staff_in_post").try_cast("decimal(18,4)").multiply(lit(StaffRow.UNITS))));
    }
}
