package uk.fpw.metrics.model;

import org.apache.iceberg.types.Type;
import org.apache.iceberg.types.Types;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;

/** The types that a model's YAML may name, in Spark and in Iceberg. */
final class ModelTypes {

    private ModelTypes() {}

    static DataType spark(String type) {
        return switch (type) {
            case "text" -> DataTypes.StringType;
            case "bigint" -> DataTypes.LongType;
            case "int" -> DataTypes.IntegerType;
            case "double" -> DataTypes.DoubleType;
            case "boolean" -> DataTypes.BooleanType;
            case "date" -> DataTypes.DateType;
            case "timestamp" -> DataTypes.TimestampType;
            case "map" -> DataTypes.createMapType(DataTypes.StringType, DataTypes.StringType);
            default -> throw new IllegalArgumentException("'" + type + "' is not a type of a model column");
        };
    }

    /** Field ids are placeholders: the table assigns its own. */
    static Type iceberg(String type) {
        return switch (type) {
            case "text" -> Types.StringType.get();
            case "bigint" -> Types.LongType.get();
            case "int" -> Types.IntegerType.get();
            case "double" -> Types.DoubleType.get();
            case "boolean" -> Types.BooleanType.get();
            case "date" -> Types.DateType.get();
            case "timestamp" -> Types.TimestampType.withZone();
            case "map" -> Types.MapType.ofOptional(10_001, 10_002, Types.StringType.get(), Types.StringType.get());
            default -> throw new IllegalArgumentException("'" + type + "' is not a type of a model column");
        };
    }
}
