package uk.fpw.metrics.staging;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.map_filter;
import static org.apache.spark.sql.functions.map_from_arrays;
import static org.apache.spark.sql.functions.to_date;
import static org.apache.spark.sql.functions.when;

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
import uk.fpw.warehouse.force.Staging;

/**
 * What the staging queries yield, in one shape, as view {@code staged_row (source, item_kind, item_key, contributor_key, event, occurred_on, occurred_at, event_order, attributes, staging,
 * problem)}. {@code problem} is null for a sound row, otherwise {@code UNDECLARED_EVENT}, {@code MISSING_DATE} or {@code MISSING_ITEM}: such a row is never silently lost.
 */
public final class StagedRows {

    private static final StructType ROW = new StructType()
            .add("source", DataTypes.StringType)
            .add("item_kind", DataTypes.StringType)
            .add("item_key", DataTypes.StringType)
            .add("contributor_key", DataTypes.StringType)
            .add("event", DataTypes.StringType)
            .add("occurred_on", DataTypes.DateType)
            .add("occurred_at", DataTypes.TimestampType)
            .add("event_order", DataTypes.LongType)
            .add("attributes", DataTypes.createMapType(DataTypes.StringType, DataTypes.StringType))
            .add("staging", DataTypes.StringType)
            .add("problem", DataTypes.StringType);

    private StagedRows() {}

    /** Computes the rows, since they are read several times, and registers the view; the views of the feeds must be there. */
    public static void register(SparkSession spark, Force force) {
        NightSize.computed(force.stagings().stream()
                        .map(staging -> rows(staging, spark.sql(staging.sql())))
                        .reduce(Dataset::union)
                        .orElseGet(() -> NightSize.source(spark.createDataFrame(List.of(), ROW))))
                .createOrReplaceTempView("staged_row");
    }

    private static Dataset<Row> rows(Staging staging, Dataset<Row> yielded) {
        Set<String> columns = Arrays.stream(yielded.columns()).collect(Collectors.toSet());
        Column occurredAt =
                columns.contains("occurred_at") ? col("occurred_at") : lit(null).cast("timestamp");
        Column occurredOn =
                columns.contains("occurred_on") ? col("occurred_on") : lit(null).cast("date");
        Column day = coalesce(occurredOn, to_date(occurredAt));
        Column item = concat(lit(staging.source() + ":"), col("item_key").cast("string"));
        Column contributor = columns.contains("contributor_key")
                ? concat(lit(staging.source() + ":"), col("contributor_key").cast("string"))
                : lit(null).cast("string");
        return yielded.select(
                lit(staging.source()).as("source"),
                lit(staging.itemKind()).as("item_kind"),
                item.as("item_key"),
                coalesce(contributor, item).as("contributor_key"),
                col("event"),
                day.as("occurred_on"),
                occurredAt.as("occurred_at"),
                coalesce(col("event_order").cast("bigint"), lit(0L)).as("event_order"),
                attributes(staging.attributes()).as("attributes"),
                lit(staging.name()).as("staging"),
                when(item.isNull(), "MISSING_ITEM")
                        .when(
                                col("event")
                                        .isNull()
                                        .or(col("event")
                                                .isin(staging.events().toArray())
                                                .equalTo(false)),
                                "UNDECLARED_EVENT")
                        .when(day.isNull(), "MISSING_DATE")
                        .as("problem"));
    }

    private static Column attributes(List<String> names) {
        if (names.isEmpty()) {
            return expr("cast(map() as map<string, string>)");
        }
        Column keys = org.apache.spark.sql.functions.array(
                names.stream().map(name -> lit(name)).toArray(Column[]::new));
        Column values = org.apache.spark.sql.functions.array(
                names.stream().map(name -> col(name)).toArray(Column[]::new));
        return map_filter(map_from_arrays(keys, values), (key, value) -> value.isNotNull());
    }
}
