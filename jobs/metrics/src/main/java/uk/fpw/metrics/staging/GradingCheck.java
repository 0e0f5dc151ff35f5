package uk.fpw.metrics.staging;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DateType;
import org.apache.spark.sql.types.StringType;
import org.apache.spark.sql.types.StructField;
import uk.fpw.warehouse.force.yaml.ConfigError;

/** Checks that a grading query returns the columns of a judgement, with their types. */
final class GradingCheck {

    private static final Set<String> KEYS = Set.of("item_key", "case_key", "contributor_key");

    private static final Set<String> WHOLE = Set.of("scheme_version", "judgement_count", "stated_case_count");

    private static final Map<String, String> NEEDED = needed();

    private static final Set<String> OPTIONAL =
            Set.of("case_key", "contributor_key", "unit", "judgement_count", "stated_case_count");

    private GradingCheck() {}

    private static Map<String, String> needed() {
        Map<String, String> needed = new LinkedHashMap<>();
        needed.put("item_key", "text, the value of the feed's item column");
        needed.put("scheme", "text, the name of the scheme");
        needed.put("scheme_version", "a whole number, the version of its list of grades");
        needed.put("grade", "text, one of its grades");
        needed.put("theme", "text, the aspect of the case that is judged");
        needed.put("assessor", "text, who judges");
        needed.put("population", "text, the cases from which the judged ones were selected");
        needed.put("selection", "text: random, all, purposive or unknown");
        needed.put("judged_on", "a date");
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
            if (!NEEDED.containsKey(column) && !OPTIONAL.contains(column)) {
                errors.add(new ConfigError(
                        file,
                        0,
                        column,
                        "the query returns this column, which is not a column of judgements",
                        "remove it; optional columns are " + String.join(", ", new TreeSet<>(OPTIONAL))));
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
        if (column.equals("judged_on")) {
            return type instanceof DateType;
        }
        if (WHOLE.contains(column)) {
            return ForceSqlAnalysis.isWhole(type);
        }
        return type instanceof StringType || (KEYS.contains(column) && ForceSqlAnalysis.isWhole(type));
    }

    private static String must(String column) {
        return column.equals("judged_on") ? "a date" : WHOLE.contains(column) ? "a whole number" : "text";
    }

    private static String cast(String column) {
        return column.equals("judged_on") ? "date" : WHOLE.contains(column) ? "bigint" : "string";
    }
}
