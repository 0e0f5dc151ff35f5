package uk.fpw.warehouse.store.catalog;

import java.util.ArrayList;
import java.util.List;
import org.apache.iceberg.Schema;
import org.apache.iceberg.types.Type;
import org.apache.iceberg.types.Types;
import uk.fpw.model.ColumnType;
import uk.fpw.model.Model;

/** The columns of a model as those of an Iceberg table. */
public final class ModelSchema {

    private ModelSchema() {}

    /**
     * All columns in order, each with its comment. All are optional: tests ensure that required ones are never null,
     * and a required column could not be added to a table later.
     */
    public static Schema of(Model model) {
        List<Types.NestedField> fields = new ArrayList<>();
        for (Model.Column column : model.columns()) {
            fields.add(Types.NestedField.optional(
                    fields.size() + 1, column.name(), type(column.type(), fields.size() + 1), column.comment()));
        }
        return new Schema(fields);
    }

    /**
     * The type of a column. Field ids are placeholders: the table assigns its own.
     *
     * @param place position of the column in its schema, so that ids are unique
     */
    public static Type type(ColumnType type, int place) {
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
