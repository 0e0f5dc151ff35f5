package uk.fpw.metrics.model;

import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import uk.fpw.model.ColumnType;
import uk.fpw.model.Model;

/** Maps the types of model columns to those of Spark. */
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
}
