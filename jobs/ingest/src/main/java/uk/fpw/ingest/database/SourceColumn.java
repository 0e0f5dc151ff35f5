package uk.fpw.ingest.database;

import java.math.BigDecimal;
import java.sql.ResultSet;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.sql.Types;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import uk.fpw.ingest.source.ColumnKind;
import uk.fpw.warehouse.force.feed.Feed;

/**
 * A column of the database. Values are read without loss and independently of this process's time zone: unchanged if
 * the feed's column has the same type, otherwise as texts in ISO format, which are parsed like those of a file.
 *
 * @param name exact name in the table or query
 * @param type type name in the database
 * @param isShownByClock whether the database shows an instant as date and time in the session's time zone, UTC
 */
record SourceColumn(String name, String type, ColumnKind kind, boolean isShownByClock) {

    /** Type names of PostgreSQL's driver; in some databases, larger types have these names. */
    private static final Set<String> INTEGERS = Set.of("int2", "int4", "int8", "smallserial", "serial", "bigserial");

    private static final long EXACT_FROM = Instant.parse("1600-01-01T00:00:00Z").toEpochMilli();
    private static final long EXACT_BEFORE =
            Instant.parse("9999-12-31T00:00:00Z").toEpochMilli();

    static SourceColumn of(ResultSetMetaData columns, int index, SourceProduct product) throws SQLException {
        String type = String.valueOf(columns.getColumnTypeName(index));
        String lowerCase = type.toLowerCase(Locale.ROOT);
        boolean isShownByClock = product.showsInstantByClock(lowerCase);
        ColumnKind kind = isShownByClock
                ? ColumnKind.INSTANT
                : kind(columns.getColumnType(index), lowerCase, columns.getPrecision(index), columns.getScale(index));
        return new SourceColumn(columns.getColumnLabel(index), type, kind, isShownByClock);
    }

    private static ColumnKind kind(int jdbcType, String type, int precision, int scale) {
        if (type.equals("uuid") || type.equals("citext") || type.startsWith("enum")) {
            return ColumnKind.TEXT;
        }
        if (type.equals("money") || type.startsWith("time with") || type.equals("timetz")) {
            return ColumnKind.OTHER;
        }
        if (type.equals("timestamptz")
                || type.equals("datetimeoffset")
                || (type.contains("time zone") && !type.contains("without time zone"))) {
            return ColumnKind.INSTANT;
        }
        return switch (jdbcType) {
            case Types.CHAR,
                    Types.VARCHAR,
                    Types.LONGVARCHAR,
                    Types.NCHAR,
                    Types.NVARCHAR,
                    Types.LONGNVARCHAR,
                    Types.CLOB,
                    Types.NCLOB -> ColumnKind.TEXT;
            case Types.TINYINT, Types.SMALLINT, Types.INTEGER, Types.BIGINT -> ColumnKind.WHOLE;
            case Types.NUMERIC, Types.DECIMAL ->
                precision <= 0 || scale < 0 ? ColumnKind.NUMBER : scale == 0 ? ColumnKind.WHOLE : ColumnKind.DECIMAL;
            case Types.REAL -> ColumnKind.SINGLE;
            case Types.FLOAT, Types.DOUBLE -> ColumnKind.DOUBLE;
            case Types.BOOLEAN -> ColumnKind.BOOLEAN;
            case Types.BIT -> type.equals("bool") || precision <= 1 ? ColumnKind.BOOLEAN : ColumnKind.OTHER;
            case Types.DATE -> ColumnKind.DATE;
            case Types.TIMESTAMP -> ColumnKind.LOCAL_TIME;
            case Types.TIMESTAMP_WITH_TIMEZONE -> ColumnKind.INSTANT;
            default -> ColumnKind.OTHER;
        };
    }

    /** Whether its values can be converted to the type of the feed's column, or can be refused one by one. */
    boolean fits(Feed.Column column) {
        return kind.fits(column);
    }

    /** The fix for a column that does not fit. */
    String remedy(Feed.Column column, String queryFile) {
        return kind.remedy(column, "the database", "cast it in a query in " + queryFile);
    }

    /**
     * The field of a row: a value of the type of the feed's column, or a trimmed text; null for null and for an empty
     * text.
     */
    @Nullable
    Object field(ResultSet row, int index, Feed.Column column) throws SQLException {
        Object value = kind.isOfType(column) ? value(row, index) : read(row, index);
        if (value instanceof String text) {
            String stripped = column.transformed(text.strip());
            return stripped.isEmpty() ? null : stripped;
        }
        return value;
    }

    private @Nullable Object value(ResultSet row, int index) throws SQLException {
        try {
            Object value =
                    switch (kind) {
                        case WHOLE -> isInteger() ? (Object) row.getLong(index) : wholeNumber(row.getBigDecimal(index));
                        case NUMBER, DECIMAL -> stripped(row.getBigDecimal(index));
                        case BOOLEAN -> row.getBoolean(index);
                        case DATE -> row.getObject(index, LocalDate.class);
                        case LOCAL_TIME -> row.getObject(index, LocalDateTime.class);
                        case INSTANT -> isTimestamptz() ? instant(row, index) : offsetTime(row, index);
                        case TEXT, SINGLE, DOUBLE, OTHER -> row.getString(index);
                    };
            return row.wasNull() ? null : value;
        } catch (SQLException failed) {
            if (isOfTheValue(failed)) {
                return row.getString(index);
            }
            throw failed;
        } catch (DateTimeException impossible) {
            return row.getString(index); // Such as 2015-00-00 in MySQL.
        }
    }

    /** Whether all values have at most 64 bits. */
    private boolean isInteger() {
        return INTEGERS.contains(type);
    }

    private boolean isTimestamptz() {
        return type.equals("timestamptz");
    }

    /**
     * A timestamp from PostgreSQL. Its driver converts it much faster to an instant than to date and time of day, but
     * not exactly where calendars differ, and not infinity.
     */
    private static @Nullable Object instant(ResultSet row, int index) throws SQLException {
        Timestamp time = row.getTimestamp(index);
        if (time == null) {
            return null;
        }
        boolean isExact = time.getTime() >= EXACT_FROM && time.getTime() < EXACT_BEFORE;
        return isExact ? time.toInstant() : row.getObject(index, OffsetDateTime.class);
    }

    private @Nullable OffsetDateTime offsetTime(ResultSet row, int index) throws SQLException {
        if (!isShownByClock) {
            return row.getObject(index, OffsetDateTime.class);
        }
        // The driver would take it for a time in the time zone of this process.
        LocalDateTime time = row.getObject(index, LocalDateTime.class);
        return time == null ? null : time.atOffset(ZoneOffset.UTC);
    }

    /** The number, or its digits if it has more than 64 bits, since some drivers silently truncate such numbers. */
    private static @Nullable Object wholeNumber(@Nullable BigDecimal number) {
        if (number == null) {
            return null;
        }
        try {
            return number.longValueExact();
        } catch (ArithmeticException tooLarge) {
            return number.toPlainString();
        }
    }

    /** Equal numbers are the same, regardless of their scale in the database. */
    private static @Nullable BigDecimal stripped(@Nullable BigDecimal number) {
        return number == null ? null : number.stripTrailingZeros();
    }

    private static boolean isOfTheValue(SQLException failed) {
        return failed.getSQLState() != null && failed.getSQLState().startsWith("22");
    }

    /**
     * The value as text; null for none. A value outside the range of its Java type is read as the driver formats it,
     * and refused later.
     */
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
                case INSTANT -> text(offsetTime(row, index));
            };
        } catch (SQLException failed) {
            if (isOfTheValue(failed)) {
                return row.getString(index);
            }
            throw failed;
        } catch (DateTimeException impossible) {
            return row.getString(index); // Such as 2015-00-00 in MySQL.
        }
    }

    /** A whole number without decimals, regardless of the scale of its type. */
    private @Nullable String plain(@Nullable BigDecimal number) {
        if (number == null) {
            return null;
        }
        BigDecimal least = kind == ColumnKind.NUMBER ? number.stripTrailingZeros() : number;
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
