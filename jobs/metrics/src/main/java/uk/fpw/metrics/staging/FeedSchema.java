package uk.fpw.metrics.staging;

import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import uk.fpw.warehouse.force.feed.Feed;

/**
 * The columns of a feed that staging queries and rules see: the declared ones, and of the warehouse's own only the
 * key of rows that have no key of their own.
 */
final class FeedSchema {

    /** Column with the key of a row without a key of its own. */
    static final String ROW_KEY = "row_key";

    private FeedSchema() {}

    static StructType of(Feed feed) {
        StructType schema = new StructType();
        for (Feed.Column column : feed.columns()) {
            schema = schema.add(column.name(), type(column.type()), true);
        }
        return schema;
    }

    /** The columns that staging and grading queries see, including the key of rows that have no key of their own. */
    static StructType ofView(Feed feed) {
        return feed.isKeyedByRow() ? of(feed).add(ROW_KEY, DataTypes.StringType, true) : of(feed);
    }

    private static DataType type(Feed.Type type) {
        return switch (type) {
            case TEXT -> DataTypes.StringType;
            case WHOLE -> DataTypes.LongType;
            case DECIMAL -> DataTypes.createDecimalType(38, 9);
            case BOOLEAN -> DataTypes.BooleanType;
            case DATE -> DataTypes.DateType;
            case INSTANT, LOCAL_TIME -> DataTypes.TimestampType;
        };
    }
}
