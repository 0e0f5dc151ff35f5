package uk.fpw.ingest.xlsx;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.time.LocalDateTime;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.dhatim.fastexcel.reader.Cell;
import org.dhatim.fastexcel.reader.CellType;
import org.jspecify.annotations.Nullable;
import uk.fpw.ingest.source.InvalidField;
import uk.fpw.warehouse.force.feed.Feed;

/**
 * Converts a cell for a column of a feed: to a value, to a text to be parsed like that of a text file, or to a refusal.
 *
 * @param isProfiled whether no feed declares the type yet, so that each cell is read as what it is; a date has a time
 *     of day if the column is of type {@code LOCAL_TIME}
 */
record CellReader(Feed.Column column, Set<String> nullMarkers, boolean is1904, boolean isProfiled) {

    /** Excel stores no more digits. */
    private static final MathContext DIGITS = new MathContext(15, RoundingMode.HALF_UP);

    private static final int MAX_EXPONENT = 400;

    /** Errors as displayed by Excel and LibreOffice. */
    private static final Pattern ERRORS = Pattern.compile("#N/A|#[A-Z][A-Z0-9/_]*[!?]|#GETTING_DATA|Err:[0-9]{3}");

    /** Escapes for characters that XML does not allow. */
    private static final Pattern ESCAPED = Pattern.compile("_x([0-9A-Fa-f]{4})_");

    /**
     * The field; null if the cell is empty.
     *
     * @param isWithoutResult whether the cell is a formula without a stored result
     */
    @Nullable
    Object field(@Nullable Cell cell, boolean isWithoutResult) {
        if (cell == null || (isBlank(cell) && !isWithoutResult)) {
            return null;
        }
        if (isWithoutResult) {
            return new InvalidField(
                    "is a formula without a stored result: open the file in Excel and save "
                            + "it, or ask the source to write values",
                    "");
        }
        Object value = cell.getValue();
        if (cell.getType() == CellType.ERROR || (cell.getType() == CellType.FORMULA && isError(value))) {
            return invalid(
                    isError(cell.getRawValue())
                            ? "is an Excel error (" + cell.getRawValue() + "), which hides the original value"
                            : "does not match its type in the workbook: open the file in Excel and save it",
                    cell);
        }
        if (value == null) {
            return invalid("does not match its type in the workbook: open the file in Excel and save it", cell);
        }
        if (value instanceof BigDecimal number) {
            if (Math.abs((long) number.precision() - number.scale()) > MAX_EXPONENT) {
                return invalid("is a number that Excel cannot store", cell);
            }
            return number(cell, number.round(DIGITS).stripTrailingZeros());
        }
        if (value instanceof Boolean bool) {
            return column.type() == Feed.Type.BOOLEAN ? bool : text(bool ? "TRUE" : "FALSE");
        }
        return text(decoded(value.toString()));
    }

    /** Whether a cell is empty; false for a formula without a stored result. */
    static boolean isBlank(@Nullable Cell cell) {
        if (cell == null || cell.getType() == CellType.EMPTY) {
            return true;
        }
        return cell.getValue() == null
                ? cell.getType() != CellType.ERROR
                : cell.getValue() instanceof String text && decoded(text).isBlank();
    }

    /** The text of a header cell. */
    static String header(@Nullable Cell cell) {
        if (cell == null || isBlank(cell) || cell.getValue() == null) {
            return "";
        }
        String text = cell.getValue() instanceof BigDecimal number
                ? plain(number.round(DIGITS).stripTrailingZeros())
                : decoded(cell.getValue().toString());
        return text.strip().replaceAll("\\s*\\R\\s*", " ");
    }

    private @Nullable Object number(Cell cell, BigDecimal number) {
        NumberFormat format = NumberFormat.of(cell.getDataFormatId(), cell.getDataFormatString());
        boolean isTime = isTime(format);
        if (isProfiled) {
            return isTime ? time(cell, number, format) : number.scale() > 0 ? number : digits(cell, number, format);
        }
        return switch (column.type()) {
            case TEXT -> isTime ? timeInText(cell) : digits(cell, number, format);
            case WHOLE -> isTime ? timeInNumber(cell) : wholeNumber(cell, number);
            case DECIMAL -> isTime ? timeInNumber(cell) : isCutOff(number) ? cutOff(cell) : number;
            case BOOLEAN -> text(plain(number));
            case DATE, LOCAL_TIME -> isTime ? time(cell, number, format) : numberInTime(cell, number);
            case INSTANT ->
                isTime
                        ? invalid(
                                "is a time without an offset, like all Excel times: "
                                        + "declare the type local_time with its zone",
                                cell)
                        : numberInTime(cell, number);
        };
    }

    private static boolean isTime(NumberFormat format) {
        return format == NumberFormat.DATE || format == NumberFormat.TIME;
    }

    /** Whether a cell is a number that Excel shows as a date or time. */
    static boolean isTime(Cell cell) {
        return cell.getValue() instanceof BigDecimal
                && isTime(NumberFormat.of(cell.getDataFormatId(), cell.getDataFormatString()));
    }

    private Object time(Cell cell, BigDecimal number, NumberFormat format) {
        if (format == NumberFormat.TIME) {
            return invalid("is a time of day or a duration, not a date", cell);
        }
        String problem = ExcelDate.problem(number, is1904);
        if (problem != null) {
            return invalid(problem, cell);
        }
        LocalDateTime time = ExcelDate.time(number, is1904);
        if (column.type() == Feed.Type.LOCAL_TIME) {
            return time;
        }
        return number.stripTrailingZeros().scale() <= 0
                ? time.toLocalDate()
                : invalid("is a date with a time of day: declare the type local_time", cell);
    }

    private InvalidField timeInText(Cell cell) {
        return invalid(
                "is an Excel date or time in a text column, which could be written in "
                        + "many ways: declare the type date or local_time, or format the cells as text "
                        + "before they are filled",
                cell);
    }

    private InvalidField timeInNumber(Cell cell) {
        return invalid("is an Excel date or time, not a number", cell);
    }

    private @Nullable Object numberInTime(Cell cell, BigDecimal number) {
        if (!column.patterns().isEmpty() && number.scale() <= 0) {
            return text(plain(number));
        }
        return invalid(
                "is a number that is not formatted as a date: format the cells as dates, or set the "
                        + "pattern if its digits are a date",
                cell);
    }

    private @Nullable Object digits(Cell cell, BigDecimal number, NumberFormat format) {
        if (format == NumberFormat.DECORATED) {
            return invalid(
                    "is displayed differently from its stored value because of its number format: "
                            + "store the displayed text in the cells",
                    cell);
        }
        if (number.scale() > 0) {
            return invalid(
                    "is a number with decimals in a text column: declare the type "
                            + "decimal, or store text in the cells",
                    cell);
        }
        if (isCutOff(number)) {
            return cutOff(cell);
        }
        String digits = plain(number);
        int padded = format == NumberFormat.PADDED && number.signum() >= 0
                ? NumberFormat.digits(String.valueOf(cell.getDataFormatString()))
                : 0;
        return text("0".repeat(Math.max(0, padded - digits.length())) + digits);
    }

    private Object wholeNumber(Cell cell, BigDecimal number) {
        if (number.scale() > 0) {
            return invalid("is not a whole number", cell);
        }
        return isCutOff(number) ? cutOff(cell) : (Object) number.longValueExact();
    }

    private static boolean isCutOff(BigDecimal number) {
        return number.precision() - number.scale() > DIGITS.getPrecision();
    }

    private InvalidField cutOff(Cell cell) {
        return invalid(
                "is a number with more than 15 digits, of which Excel has lost the last ones: ask "
                        + "the source to write it as text",
                cell);
    }

    private @Nullable Object text(String text) {
        String transformed = column.transformed(text.strip());
        return nullMarkers.contains(transformed) ? null : transformed;
    }

    private static InvalidField invalid(String problem, Cell cell) {
        Object value = cell.getValue();
        return new InvalidField(
                problem, value instanceof BigDecimal number ? plain(number) : value == null ? "" : value.toString());
    }

    private static boolean isError(@Nullable Object value) {
        return value instanceof String text && ERRORS.matcher(text).matches();
    }

    private static String plain(BigDecimal number) {
        return Math.abs((long) number.scale()) > MAX_EXPONENT ? number.toString() : number.toPlainString();
    }

    private static String decoded(String text) {
        return text.indexOf("_x") < 0
                ? text
                : ESCAPED.matcher(text)
                        .replaceAll(escaped -> Matcher.quoteReplacement(
                                String.valueOf((char) Integer.parseInt(escaped.group(1), 16))));
    }
}
