package uk.fpw.metrics.model;

import org.apache.iceberg.types.Type;
import org.apache.iceberg.types.Types;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import uk.fpw.model.ColumnType;
import uk.fpw.model.Model;

/** Maps the types of model columns to those of Spark and Iceberg. */
public final class ModelTypes {

    private ModelTypes() {}

    /** The columns of a model in order, all of them nullable. */
    public static StructType schema(Model model) {
        StructType schema = new StructType();
        for (Model.Column column : model.columns()) {
            schema = schema.add(column.name(), spark(column.type()));
        }
        return schema;
    }

    static DataType spark(ColumnType type) {
        return switch (type) {
            case TEXT -> DataTypes.StringType;
            case BIGINT -> DataTypes.LongType;
            case INT -> DataTypes.IntegerType;
            case DOUBLE -> DataTypes.DoubleType;
            case BOOLEAN -> DataTypes.BooleanType;
            case DATE -> DataTypes.DateType;
            case TIMESTAMP -> DataTypes.TimestampType;
            case MAP -> DataTypes.createMapType(DataTypes.StringType, DataTypes.StringType);
        };
    }

    /**
     * Field ids are placeholders: the table assigns its own.
     *
     * @param place position of the column in its schema, so that ids are unique
     */
    static Type iceberg(ColumnType type, int place) {
        return switch (type) {
            case TEXT -> Types.StringType.get();
            case BIGINT -> Types.LongType.get();
            case INT -> Types.IntegerType.get();
            case DOUBLE -> Types.DoubleType.get();
            case BOOLEAN -> Types.BooleanType.get();
            case DATE -> Types.DateType.get();
            case TIMESTAMP -> Types.TimestampType.withZone();
            case MAP ->
                Types.MapType.ofOptional(
                        10_000 + 2 * place, 10_001 + 2 * place, Types.StringType.get(), Types.StringType.get());
        };
    }
}
