package uk.fpw.metrics.staging;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.ByteType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DateType;
import org.apache.spark.sql.types.IntegerType;
import org.apache.spark.sql.types.LongType;
import org.apache.spark.sql.types.NumericType;
import org.apache.spark.sql.types.ShortType;
import org.apache.spark.sql.types.StringType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.TimestampType;
import org.jspecify.annotations.Nullable;
import uk.fpw.warehouse.force.staging.StagingQuery;
import uk.fpw.warehouse.force.yaml.ConfigError;

/**
 * The columns that a query of a force folder must or may return.
 *
 * @param columns in the order in which missing ones are reported
 * @param problem continues the message about any other column: {@code the query returns this column, which ...}
 * @param remedy what to do about it
 */
record QueryColumns(List<Column> columns, String problem, String remedy) {

    /** Columns of a query that returns judgements. */
    static final QueryColumns GRADING = new QueryColumns(
            List.of(
                    new Column("item_key", Type.KEY, "text, the value of the feed's item column"),
                    new Column("scheme", Type.TEXT, "text, the name of the scheme"),
                    new Column("scheme_version", Type.WHOLE, "a whole number, the version of its list of grades"),
                    new Column("grade", Type.TEXT, "text, one of its grades"),
                    new Column("theme", Type.TEXT, "text, the aspect of the case that is judged"),
                    new Column("assessor", Type.TEXT, "text, who judges"),
                    new Column("population", Type.TEXT, "text, the cases from which the judged ones were selected"),
                    new Column("selection", Type.TEXT, "text: random, all, purposive or unknown"),
                    new Column("judged_on", Type.DATE, "a date"),
                    new Column("case_key", Type.KEY, null),
                    new Column("contributor_key", Type.KEY, null),
                    new Column("judgement_count", Type.WHOLE, null),
                    new Column("stated_case_count", Type.WHOLE, null),
                    new Column("unit", Type.TEXT, null)),
            "is not a column of judgements",
            "remove it; optional columns are case_key, contributor_key, judgement_count, stated_case_count, unit");

    /** Columns of a query that returns staff in post. */
    static final QueryColumns STAFFING = new QueryColumns(
            List.of(
                    new Column("item_key", Type.KEY, "text, the value of the feed's item column"),
                    new Column(
                            "unit", Type.TEXT, "text, the unit or provider, as staffing_unit in the folder capacity"),
                    new Column("month_on", Type.DATE, "a date, any day of the month"),
                    new Column("staff_in_post", Type.NUMBER, "a number of full-time equivalents")),
            "is not a column of staff in post",
            "remove it; the columns are item_key, unit, month_on, staff_in_post");

    /** Columns of a staging query, of which at least one of {@code occurred_on} and {@code occurred_at} is required. */
    static QueryColumns of(StagingQuery staging) {
        List<Column> columns = new ArrayList<>(List.of(
                new Column("item_key", Type.KEY, "text, the value of the feed's item column"),
                new Column("event", Type.TEXT, "text, one of the declared events"),
                new Column("event_order", Type.WHOLE, "a whole number that breaks ties between equal timestamps"),
                new Column("occurred_on", Type.DATE, null),
                new Column("occurred_at", Type.TIMESTAMP, null),
                new Column("contributor_key", Type.KEY, null)));
        staging.attributes().forEach(name -> columns.add(new Column(name, Type.TEXT, "text, a declared attribute")));
        return new QueryColumns(
                columns, "staging/" + staging.name() + ".yml does not declare", "remove it, or add it to 'attributes'");
    }

    /** @param what what the column is, for a message if it is missing; null if it may be */
    private record Column(String name, Type type, @Nullable String what) {}

    private enum Type {
        TEXT("text", "string"),
        KEY("text", "string"),
        WHOLE("a whole number", "bigint"),
        NUMBER("a number", "decimal(18, 4)"),
        DATE("a date", "date"),
        TIMESTAMP("a timestamp", "timestamp");

        private final String shown;
        private final String cast;

        Type(String shown, String cast) {
            this.shown = shown;
            this.cast = cast;
        }

        boolean accepts(DataType type) {
            return switch (this) {
                case TEXT -> type instanceof StringType;
                case KEY -> type instanceof StringType || isWhole(type);
                case WHOLE -> isWhole(type);
                case NUMBER -> type instanceof NumericType;
                case DATE -> type instanceof DateType;
                case TIMESTAMP -> type instanceof TimestampType;
            };
        }

        private static boolean isWhole(DataType type) {
            return type instanceof LongType
                    || type instanceof IntegerType
                    || type instanceof ShortType
                    || type instanceof ByteType;
        }
    }

    /** An error for each column of the rows that is missing, unknown, duplicate or of a wrong type. */
    List<ConfigError> errors(String file, Dataset<Row> rows) {
        List<ConfigError> errors = new ArrayList<>();
        Map<String, DataType> found = new LinkedHashMap<>();
        for (StructField field : rows.schema().fields()) {
            if (found.put(field.name(), field.dataType()) != null) {
                errors.add(error(file, field.name(), "the query returns this column twice", "keep one of them"));
            }
        }
        Map<String, Column> known = columns.stream().collect(Collectors.toMap(Column::name, column -> column));
        String returned = found.keySet().stream().sorted().collect(Collectors.joining(", "));
        for (Column column : columns) {
            if (column.what() != null && !found.containsKey(column.name())) {
                errors.add(error(
                        file,
                        column.name(),
                        "the query does not return this column; it returns " + returned,
                        "return " + column.name() + " (" + column.what() + ")"));
            }
        }
        found.forEach((name, type) -> {
            Column column = known.get(name);
            if (column == null) {
                errors.add(error(file, name, "the query returns this column, which " + problem, remedy));
            } else if (!column.type().accepts(type)) {
                errors.add(error(
                        file,
                        name,
                        "the column is of type " + type.sql().toLowerCase(Locale.ROOT) + " and must be "
                                + column.type().shown,
                        "cast it, such as cast(... as " + column.type().cast + ")"));
            }
        });
        return errors;
    }

    private static ConfigError error(String file, String column, String problem, String remedy) {
        return new ConfigError(file, 0, column, problem, remedy);
    }
}
