package uk.fpw.ingest.database;

import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.sql.Types;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import uk.fpw.warehouse.force.Feed;

/**
 * One column as the database has it. Its values are read without loss and without the zone of this process: as they are where the feed's column is of the same type, otherwise as texts in ISO
 * form, which are judged as those of a file are.
 *
 * @param name name in the table or query, exactly
 * @param type name of the type as the database writes it
 */
record SourceColumn(String name, String type, Kind kind) {

    /** As PostgreSQL's driver names them; some databases have others of these names that are larger. */
    private static final Set<String> INTEGERS = Set.of("int2", "int4", "int8", "smallserial", "serial", "bigserial");

    private static final long EXACT_FROM = Instant.parse("1600-01-01T00:00:00Z").toEpochMilli();
    private static final long EXACT_BEFORE =
            Instant.parse("9999-12-31T00:00:00Z").toEpochMilli();

    /** What a column holds, as far as feeds tell types apart. */
    enum Kind {
        TEXT,
        WHOLE,
        /** Numbers of any scale. */
        NUMBER,
        /** Numbers with a fixed number of digits after the point. */
        DECIMAL,
        SINGLE,
        DOUBLE,
        BOOLEAN,
        DATE,
        /** Date and time without zone. */
        LOCAL_TIME,
        /** Point in time. */
        INSTANT,
        OTHER
    }

    static SourceColumn of(ResultSetMetaData columns, int index) throws SQLException {
        String type = String.valueOf(columns.getColumnTypeName(index));
        Kind kind = kind(
                columns.getColumnType(index),
                type.toLowerCase(Locale.ROOT),
                columns.getPrecision(index),
                columns.getScale(index));
        return new SourceColumn(columns.getColumnLabel(index), type, kind);
    }

    private static Kind kind(int jdbcType, String type, int precision, int scale) {
        if (type.equals("uuid") || type.equals("citext") || type.startsWith("enum")) {
            return Kind.TEXT;
        }
        if (type.equals("money") || type.startsWith("time with") || type.equals("timetz")) {
            return Kind.OTHER;
        }
        if (type.equals("timestamptz")
                || type.equals("datetimeoffset")
                || (type.contains("time zone") && !type.contains("without time zone"))) {
            return Kind.INSTANT;
        }
        return switch (jdbcType) {
            case Types.CHAR,
                    Types.VARCHAR,
                    Types.LONGVARCHAR,
                    Types.NCHAR,
                    Types.NVARCHAR,
                    Types.LONGNVARCHAR,
                    Types.CLOB,
                    Types.NCLOB -> Kind.TEXT;
            case Types.TINYINT, Types.SMALLINT, Types.INTEGER, Types.BIGINT -> Kind.WHOLE;
            case Types.NUMERIC, Types.DECIMAL ->
                precision <= 0 || scale < 0 ? Kind.NUMBER : scale == 0 ? Kind.WHOLE : Kind.DECIMAL;
            case Types.REAL -> Kind.SINGLE;
            case Types.FLOAT, Types.DOUBLE -> Kind.DOUBLE;
            case Types.BOOLEAN -> Kind.BOOLEAN;
            case Types.BIT -> type.equals("bool") || precision <= 1 ? Kind.BOOLEAN : Kind.OTHER;
            case Types.DATE -> Kind.DATE;
            case Types.TIMESTAMP -> Kind.LOCAL_TIME;
            case Types.TIMESTAMP_WITH_TIMEZONE -> Kind.INSTANT;
            default -> Kind.OTHER;
        };
    }

    /** Whether every value of it can be one of the feed's column, or is refused for what it is. */
    boolean fits(Feed.Column column) {
        if (!column.patterns().isEmpty()) {
            return kind == Kind.TEXT;
        }
        return switch (column.type()) {
            case TEXT -> kind == Kind.TEXT || kind == Kind.WHOLE || kind == Kind.NUMBER || kind == Kind.DECIMAL;
            case WHOLE -> kind == Kind.WHOLE || kind == Kind.NUMBER;
            case DECIMAL ->
                kind == Kind.WHOLE
                        || kind == Kind.NUMBER
                        || kind == Kind.DECIMAL
                        || kind == Kind.SINGLE
                        || kind == Kind.DOUBLE;
            case BOOLEAN -> kind == Kind.BOOLEAN || kind == Kind.WHOLE || kind == Kind.TEXT;
            case DATE -> kind == Kind.DATE;
            case INSTANT -> kind == Kind.INSTANT;
            case LOCAL_TIME -> kind == Kind.LOCAL_TIME;
        };
    }

    /** What to do about a column that does not fit. */
    String remedy(Feed.Column column, String queryFile) {
        String cast = "cast it in a query in " + queryFile;
        if (!column.patterns().isEmpty()) {
            return kind == Kind.DATE || kind == Kind.LOCAL_TIME || kind == Kind.INSTANT
                    ? "remove the pattern, which is for dates and times that the database holds as text"
                    : cast;
        }
        return switch (kind) {
            case TEXT ->
                column.type() == Feed.Type.WHOLE || column.type() == Feed.Type.DECIMAL
                        ? "declare the type text, or " + cast
                        : "give the pattern in which the text is written, or " + cast;
            case LOCAL_TIME -> "declare the type local_time with its zone, or " + cast;
            case INSTANT -> "declare the type instant, or " + cast;
            case DATE -> "declare the type date, or " + cast;
            case BOOLEAN -> "declare the type boolean, or " + cast;
            case WHOLE -> "declare the type whole, or " + cast;
            case NUMBER, DECIMAL, SINGLE, DOUBLE -> "declare the type decimal, or " + cast;
            case OTHER -> cast + ", or leave the column out";
        };
    }

    /** The field of a row: a value of the type of the feed's column, or a trimmed text; null for none, or an empty text. */
    @Nullable
    Object field(ResultSet row, int index, Feed.Column column) throws SQLException {
        Object value = isOfType(column) ? value(row, index) : read(row, index);
        if (value instanceof String text) {
            String stripped = column.transformed(text.strip());
            return stripped.isEmpty() ? null : stripped;
        }
        return value;
    }

    private boolean isOfType(Feed.Column column) {
        return column.patterns().isEmpty()
                && column.transforms().isEmpty()
                && switch (kind) {
                    case WHOLE -> column.type() == Feed.Type.WHOLE;
                    case NUMBER, DECIMAL -> column.type() == Feed.Type.DECIMAL;
                    case BOOLEAN -> column.type() == Feed.Type.BOOLEAN;
                    case DATE -> column.type() == Feed.Type.DATE;
                    case LOCAL_TIME -> column.type() == Feed.Type.LOCAL_TIME;
                    case INSTANT -> column.type() == Feed.Type.INSTANT;
                    case TEXT, SINGLE, DOUBLE, OTHER -> false;
                };
    }

    private @Nullable Object value(ResultSet row, int index) throws SQLException {
        try {
            Object value =
                    switch (kind) {
                        case WHOLE -> isInteger() ? (Object) row.getLong(index) : whole(row.getBigDecimal(index));
                        case NUMBER, DECIMAL -> stripped(row.getBigDecimal(index));
                        case BOOLEAN -> row.getBoolean(index);
                        case DATE -> row.getObject(index, LocalDate.class);
                        case LOCAL_TIME -> row.getObject(index, LocalDateTime.class);
                        case INSTANT ->
                            isTimestamptz() ? instant(row, index) : row.getObject(index, OffsetDateTime.class);
                        case TEXT, SINGLE, DOUBLE, OTHER -> row.getString(index);
                    };
            return row.wasNull() ? null : value;
        } catch (SQLException failed) {
            if (isOfTheValue(failed)) {
                return row.getString(index);
            }
            throw failed;
        }
    }

    /** Whether every value has at most 64 bits. */
    private boolean isInteger() {
        return INTEGERS.contains(type);
    }

    private boolean isTimestamptz() {
        return type.equals("timestamptz");
    }

    /** A point in time of PostgreSQL, which its driver makes an instant of much sooner than a date and a time of day, but not an exact one where calendars differ, and none of infinity. */
    private static @Nullable Object instant(ResultSet row, int index) throws SQLException {
        Timestamp time = row.getTimestamp(index);
        if (time == null) {
            return null;
        }
        boolean isExact = time.getTime() >= EXACT_FROM && time.getTime() < EXACT_BEFORE;
        return isExact ? time.toInstant() : row.getObject(index, OffsetDateTime.class);
    }

    /** The number, or its digits if it has more than 64 bits: some drivers cut such a number short without a word. */
    private static @Nullable Object whole(@Nullable BigDecimal number) {
        if (number == null) {
            return null;
        }
        try {
            return number.longValueExact();
        } catch (ArithmeticException tooLarge) {
            return number.toPlainString();
        }
    }

    /** Numbers that are equal are the same, whatever scale the database gives them. */
    private static @Nullable BigDecimal stripped(@Nullable BigDecimal number) {
        return number == null ? null : number.stripTrailingZeros();
    }

    private static boolean isOfTheValue(SQLException failed) {
        return failed.getSQLState() != null && failed.getSQLState().startsWith("22");
    }

    /** The value as text; null for none. A value that its own type cannot express here is read as the driver writes it, and then refused. */
    @Nullable
    String read(ResultSet row, int index) throws SQLException {
        try {
            return switch (kind) {
                case TEXT, OTHER -> row.getString(index);
                case WHOLE, NUMBER, DECIMAL -> plain(row.getBigDecimal(index));
                case SINGLE -> {
                    float number = row.getFloat(index);
                    yield row.wasNull() ? null : plain(Float.toString(number));
                }
                case DOUBLE -> {
                    double number = row.getDouble(index);
                    yield row.wasNull() ? null : plain(Double.toString(number));
                }
                case BOOLEAN -> {
                    boolean value = row.getBoolean(index);
                    yield row.wasNull() ? null : Boolean.toString(value);
                }
                case DATE -> text(row.getObject(index, LocalDate.class));
                case LOCAL_TIME -> text(row.getObject(index, LocalDateTime.class));
                case INSTANT -> text(row.getObject(index, OffsetDateTime.class));
            };
        } catch (SQLException failed) {
            if (isOfTheValue(failed)) {
                return row.getString(index);
            }
            throw failed;
        }
    }

    /** A whole number is written without digits after the point, whatever scale its type has. */
    private @Nullable String plain(@Nullable BigDecimal number) {
        if (number == null) {
            return null;
        }
        BigDecimal least = kind == Kind.NUMBER ? number.stripTrailingZeros() : number;
        return (least.scale() < 0 ? least.setScale(0) : least).toPlainString();
    }

    private static String plain(String number) {
        boolean isFinite = Character.isDigit(number.charAt(number.length() - 1));
        return isFinite ? new BigDecimal(number).toPlainString() : number;
    }

    private static @Nullable String text(@Nullable Object value) {
        return value == null ? null : value.toString();
    }
}
