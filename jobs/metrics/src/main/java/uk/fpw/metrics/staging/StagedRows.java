package uk.fpw.metrics.staging;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.to_date;
import static org.apache.spark.sql.functions.unix_date;
import static org.apache.spark.sql.functions.unix_micros;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import uk.fpw.warehouse.force.staging.StagingQuery;

/** Reads the rows of a staging query, as {@link InputRows#EVENT}. */
final class StagedRows {

    private StagedRows() {}

    /** The rows of the query at this position in the force; the views of the feeds must exist. */
    static Dataset<Row> of(SparkSession spark, StagingQuery staging, int position) {
        Dataset<Row> yielded = spark.sql(staging.sql());
        Set<String> columns = Set.of(yielded.columns());
        Column at =
                columns.contains("occurred_at") ? col("occurred_at") : lit(null).cast("timestamp");
        Column on =
                columns.contains("occurred_on") ? col("occurred_on") : lit(null).cast("date");
        List<Column> texts = new ArrayList<>();
        texts.add(columns.contains("contributor_key") ? key(staging, "contributor_key") : lit(null));
        texts.add(col("event"));
        staging.attributes().forEach(attribute -> texts.add(col(attribute)));
        return InputRows.shape(
                yielded,
                InputRows.EVENT,
                position,
                key(staging, "item_key"),
                texts,
                List.of(
                        unix_date(coalesce(on, to_date(at))),
                        unix_micros(at),
                        coalesce(col("event_order").cast("bigint"), lit(0L))));
    }

    private static Column key(StagingQuery staging, String column) {
        return concat(lit(staging.source() + ":"), col(column).cast("string"));
    }
}
