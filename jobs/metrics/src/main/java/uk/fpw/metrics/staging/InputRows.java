package uk.fpw.metrics.staging;

import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.lit;

import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * All input about items in one common row type, so that one task can process all rows of an item: {@code item_key}
 * ({@code source:key}, null if a row names no item), {@code kind}, {@code origin} (position of the feed, or of the
 * staging, grading or staffing query, among the force's), and {@code texts} and {@code numbers}, whose meaning
 * depends on the kind.
 */
public final class InputRows {

    /**
     * A current row of a feed that is in scope. Texts: key of the row; in some feeds, which outcomes could not be
     * read, or null. Numbers: for each date or time column, 1 if it is after the business date, otherwise 0; empty if
     * no column is.
     */
    public static final int FEED_ROW = 0;

    /**
     * A row that breaks a rule. Texts: key of the row, reason, the same with shapes of values. Numbers: position of the
     * rule among the force's.
     */
    public static final int RULE_BREAK = 1;

    /**
     * A row of a staging query. Texts: contributor, event, and the attributes in order. Numbers: day, microseconds,
     * order among the events of the same instant.
     */
    public static final int EVENT = 2;

    /**
     * A row of a grading query. Texts: case, contributor, scheme, grade, theme, assessor, population, selection,
     * unit. Numbers: version of the scheme, day, whether the query gives counts, judgements, stated number of cases.
     */
    public static final int JUDGEMENT = 3;

    /** A row of a staffing query. Texts: unit. Numbers: day of the month, staff in ten-thousandths. */
    public static final int STAFF = 4;

    /**
     * A version of a column from which values at entry are looked up; {@code origin} is its position among these
     * columns. Texts: value, load. Numbers: day from which it is valid, order among the versions of a day.
     */
    public static final int VERSION = 5;

    /** A value at entry that a release had. Texts: attribute, basis, value, load, run. Numbers: day of entry. */
    public static final int KEPT_VALUE = 6;

    private static final StructType SHAPE = new StructType()
            .add("item_key", DataTypes.StringType)
            .add("kind", DataTypes.IntegerType)
            .add("origin", DataTypes.IntegerType)
            .add("texts", DataTypes.createArrayType(DataTypes.StringType))
            .add("numbers", DataTypes.createArrayType(DataTypes.LongType));

    private InputRows() {}

    /** The union of the parts, empty if there are none. */
    static Dataset<Row> union(SparkSession spark, List<Dataset<Row>> parts) {
        return parts.stream().reduce(Dataset::union).orElseGet(() -> spark.createDataFrame(List.of(), SHAPE));
    }

    /** Maps rows to the common type. */
    static Dataset<Row> shape(
            Dataset<Row> rows, int kind, int origin, Column item, List<Column> texts, List<Column> numbers) {
        return shape(
                rows,
                kind,
                origin,
                item,
                texts,
                array(numbers.stream().map(number -> number.cast("bigint")).toArray(Column[]::new)));
    }

    /** Maps rows to the common type, with the numbers given as an array. */
    static Dataset<Row> shape(
            Dataset<Row> rows, int kind, int origin, Column item, List<Column> texts, Column numbers) {
        return rows.select(
                item.cast("string").as("item_key"),
                lit(kind).as("kind"),
                lit(origin).as("origin"),
                array(texts.stream().map(text -> text.cast("string")).toArray(Column[]::new))
                        .cast("array<string>")
                        .as("texts"),
                numbers.cast("array<bigint>").as("numbers"));
    }
}
