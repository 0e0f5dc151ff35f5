package uk.fpw.metrics.staging;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DateType;
import org.apache.spark.sql.types.NumericType;
import org.apache.spark.sql.types.StringType;
import org.apache.spark.sql.types.StructField;
import uk.fpw.warehouse.force.yaml.ConfigError;

/** Checks that a staffing query returns the columns of staff in post, with their types. */
final class StaffingCheck {

    private static final Map<String, String> NEEDED = needed();

    private StaffingCheck() {}

    private static Map<String, String> needed() {
        Map<String, String> needed = new LinkedHashMap<>();
        needed.put("item_key", "text, the value of the feed's item column");
        needed.put("unit", "text, the unit or provider, as staffing_unit in the folder capacity");
        needed.put("month_on", "a date, any day of the month");
        needed.put("staff_in_post", "a number of full-time equivalents");
        return needed;
    }

    /** Adds an error for each column that is missing, unknown, duplicate or of a wrong type. */
    static void check(String file, Dataset<Row> rows, List<ConfigError> errors) {
        Map<String, DataType> found = new LinkedHashMap<>();
        for (StructField field : rows.schema().fields()) {
            if (found.put(field.name(), field.dataType()) != null) {
                errors.add(new ConfigError(
                        file, 0, field.name(), "the query returns this column twice", "keep one of them"));
            }
        }
        NEEDED.forEach((column, what) -> ForceSqlAnalysis.require(found, file, column, what, errors));
        found.forEach((column, type) -> {
            if (!NEEDED.containsKey(column)) {
                errors.add(new ConfigError(
                        file,
                        0,
                        column,
                        "the query returns this column, which is not a column of staff in post",
                        "remove it; the columns are " + String.join(", ", NEEDED.keySet())));
            } else if (!isOf(column, type)) {
                errors.add(new ConfigError(
                        file,
                        0,
                        column,
                        "the column is of type " + type.sql().toLowerCase(Locale.ROOT) + " and must be " + must(column),
                        "cast it, such as cast(... as " + cast(column) + ")"));
            }
        });
    }

    private static boolean isOf(String column, DataType type) {
        return switch (column) {
            case "month_on" -> type instanceof DateType;
            case "staff_in_post" -> type instanceof NumericType;
            case "item_key" -> type instanceof StringType || ForceSqlAnalysis.isWhole(type);
            default -> type instanceof StringType;
        };
    }

    private static String must(String column) {
        return switch (column) {
            case "month_on" -> "a date";
            case "staff_in_post" -> "a number";
            default -> "text";
        };
    }

    private static String cast(String column) {
        return switch (column) {
            case "month_on" -> "date";
            case "staff_in_post" -> "decimal(18, 4)";
            default -> "string";
        };
    }
}
