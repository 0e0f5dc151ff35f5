package uk.fpw.ingest.parquet;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Set;
import java.util.UUID;
import org.apache.parquet.column.ColumnReader;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.DecimalLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.IntLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.TimeUnit;
import org.apache.parquet.schema.LogicalTypeAnnotation.TimestampLogicalTypeAnnotation;
import org.apache.parquet.schema.PrimitiveType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.apache.parquet.schema.Type;
import org.jspecify.annotations.Nullable;
import uk.fpw.ingest.source.ColumnKind;
import uk.fpw.ingest.source.InvalidField;
import uk.fpw.warehouse.force.feed.Feed;

/**
 * A column of a file and the feed's column that it is read for.
 *
 * @param type primitive type in the file
 * @param isTyped whether its values can be used unchanged
 */
record ParquetColumn(PrimitiveType type, ColumnKind kind, Feed.Column declared, boolean isTyped) {

    /** Maximum precision of a decimal; other programs write up to 76 digits. */
    private static final int MAX_PRECISION = 100;

    private static final int MAX_DECIMAL_BYTES = 64;

    static ParquetColumn of(Type type, Feed.Column declared) {
        ColumnKind kind = kind(type);
        return new ParquetColumn(type.asPrimitiveType(), kind, declared, kind.isOfType(declared));
    }

    /** The kind of a field in the file's schema; OTHER also if it is nested or repeated. */
    static ColumnKind kind(Type type) {
        if (!type.isPrimitive() || type.isRepetition(Type.Repetition.REPEATED)) {
            return ColumnKind.OTHER;
        }
        PrimitiveTypeName physical = type.asPrimitiveType().getPrimitiveTypeName();
        LogicalTypeAnnotation logical = type.getLogicalTypeAnnotation();
        if (logical instanceof DecimalLogicalTypeAnnotation decimal) {
            return decimal.getPrecision() <= MAX_PRECISION ? ColumnKind.DECIMAL : ColumnKind.OTHER;
        }
        return switch (physical) {
            case BOOLEAN -> ColumnKind.BOOLEAN;
            case FLOAT -> ColumnKind.SINGLE;
            case DOUBLE -> ColumnKind.DOUBLE;
            case INT32, INT64 -> number(logical);
            case BINARY, FIXED_LEN_BYTE_ARRAY -> isText(logical) ? ColumnKind.TEXT : ColumnKind.OTHER;
            case INT96 -> ColumnKind.OTHER;
        };
    }

    /** The type of a field for messages. */
    static String shown(Type type) {
        if (!type.isPrimitive()) {
            return "a nested type";
        }
        if (type.isRepetition(Type.Repetition.REPEATED)) {
            return "a repeated type";
        }
        PrimitiveType primitive = type.asPrimitiveType();
        return primitive.getPrimitiveTypeName()
                + (primitive.getLogicalTypeAnnotation() == null ? "" : " " + primitive.getLogicalTypeAnnotation());
    }

    private static ColumnKind number(@Nullable LogicalTypeAnnotation logical) {
        if (logical == null || logical instanceof IntLogicalTypeAnnotation) {
            return ColumnKind.WHOLE;
        }
        if (logical instanceof LogicalTypeAnnotation.DateLogicalTypeAnnotation) {
            return ColumnKind.DATE;
        }
        if (logical instanceof TimestampLogicalTypeAnnotation timestamp) {
            return timestamp.isAdjustedToUTC() ? ColumnKind.INSTANT : ColumnKind.LOCAL_TIME;
        }
        return ColumnKind.OTHER;
    }

    private static boolean isText(@Nullable LogicalTypeAnnotation logical) {
        return logical instanceof LogicalTypeAnnotation.StringLogicalTypeAnnotation
                || logical instanceof LogicalTypeAnnotation.EnumLogicalTypeAnnotation
                || logical instanceof LogicalTypeAnnotation.JsonLogicalTypeAnnotation
                || logical instanceof LogicalTypeAnnotation.UUIDLogicalTypeAnnotation;
    }

    /** The current value of a reader; null for a text that means null. */
    @Nullable
    Object field(ColumnReader reader, Set<String> nullMarkers) {
        Object value = value(reader);
        if (value instanceof InvalidField || (isTyped && !(value instanceof String))) {
            return value;
        }
        String written = value instanceof BigDecimal number ? number.toPlainString() : value.toString();
        String text = declared.transformed(written.strip());
        return nullMarkers.contains(text) ? null : text;
    }

    private Object value(ColumnReader reader) {
        return switch (kind) {
            case BOOLEAN -> reader.getBoolean();
            case WHOLE -> wholeNumber(reader);
            case DECIMAL -> decimal(reader);
            case DATE -> LocalDate.ofEpochDay(reader.getInteger());
            case INSTANT -> instant(reader.getLong());
            case LOCAL_TIME -> LocalDateTime.ofInstant(instant(reader.getLong()), ZoneOffset.UTC);
            case SINGLE -> plain(reader.getFloat(), Float.toString(reader.getFloat()));
            case DOUBLE -> plain(reader.getDouble(), Double.toString(reader.getDouble()));
            case TEXT -> text(reader.getBinary());
            case NUMBER, OTHER -> throw new IllegalStateException("column " + type.getName() + " has no values");
        };
    }

    private Object wholeNumber(ColumnReader reader) {
        boolean isUnsigned =
                type.getLogicalTypeAnnotation() instanceof IntLogicalTypeAnnotation integer && !integer.isSigned();
        if (type.getPrimitiveTypeName() == PrimitiveTypeName.INT32) {
            return isUnsigned ? Integer.toUnsignedLong(reader.getInteger()) : (long) reader.getInteger();
        }
        long number = reader.getLong();
        return isUnsigned && number < 0 ? Long.toUnsignedString(number) : (Object) number;
    }

    /** The digits of a binary floating-point number without exponent; NaN and infinities as in Java. */
    private static String plain(double number, String shortest) {
        return Double.isFinite(number) ? new BigDecimal(shortest).toPlainString() : shortest;
    }

    private Object decimal(ColumnReader reader) {
        int scale = type.getLogicalTypeAnnotation() instanceof DecimalLogicalTypeAnnotation decimal
                ? decimal.getScale()
                : 0;
        if (type.getPrimitiveTypeName() == PrimitiveTypeName.BINARY
                && reader.getBinary().length() > MAX_DECIMAL_BYTES) {
            return new InvalidField("is a number with more digits than its type allows", "");
        }
        BigInteger unscaled =
                switch (type.getPrimitiveTypeName()) {
                    case INT32 -> BigInteger.valueOf(reader.getInteger());
                    case INT64 -> BigInteger.valueOf(reader.getLong());
                    default -> new BigInteger(reader.getBinary().getBytes());
                };
        BigDecimal number = new BigDecimal(unscaled, scale);
        return isTyped ? number.stripTrailingZeros() : number;
    }

    private Instant instant(long value) {
        TimeUnit unit = type.getLogicalTypeAnnotation() instanceof TimestampLogicalTypeAnnotation timestamp
                ? timestamp.getUnit()
                : TimeUnit.MICROS;
        long perSecond =
                switch (unit) {
                    case MILLIS -> 1_000L;
                    case MICROS -> 1_000_000L;
                    case NANOS -> 1_000_000_000L;
                };
        return Instant.ofEpochSecond(
                Math.floorDiv(value, perSecond), Math.floorMod(value, perSecond) * (1_000_000_000L / perSecond));
    }

    private Object text(Binary binary) {
        byte[] bytes = binary.getBytesUnsafe();
        if (type.getLogicalTypeAnnotation() instanceof LogicalTypeAnnotation.UUIDLogicalTypeAnnotation) {
            ByteBuffer halves = ByteBuffer.wrap(bytes);
            return new UUID(halves.getLong(), halves.getLong()).toString();
        }
        String text = new String(bytes, StandardCharsets.UTF_8);
        if (text.indexOf('\uFFFD') >= 0 && !isUtf8(bytes)) {
            return new InvalidField("is text that is not UTF-8, as Parquet requires", text);
        }
        return text;
    }

    private static boolean isUtf8(byte[] bytes) {
        try {
            StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes));
            return true;
        } catch (CharacterCodingException malformed) {
            return false;
        }
    }
}
