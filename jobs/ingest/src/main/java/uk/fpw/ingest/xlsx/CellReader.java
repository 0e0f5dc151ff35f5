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

/** What a cell is for one column of a feed: a value, a text to be read as one of a text file is, or refused. */
final class CellReader {

    /** Excel keeps no more digits, and shows no more. */
    private static final MathContext DIGITS = new MathContext(15, RoundingMode.HALF_UP);

    private static final int MAX_EXPONENT = 400;

    /** Errors as Excel and LibreOffice show them. */
    private static final Pattern ERRORS = Pattern.compile("#N/A|#[A-Z][A-Z0-9/_]*[!?]|#GETTING_DATA|Err:[0-9]{3}");

    /** How a workbook writes characters that XML cannot hold. */
    private static final Pattern ESCAPED = Pattern.compile("_x([0-9A-Fa-f]{4})_");

    private final Feed.Column column;
    private final Set<String> nullMarkers;
    private final boolean is1904;

    CellReader(Feed.Column column, Set<String> nullMarkers, boolean is1904) {
        this.column = column;
        this.nullMarkers = nullMarkers;
        this.is1904 = is1904;
    }

    /**
     * The field; null for no value.
     *
     * @param isWithoutResult whether it is a formula whose result the file does not hold
     */
    @Nullable
    Object field(@Nullable Cell cell, boolean isWithoutResult) {
        if (cell == null || (isBlank(cell) && !isWithoutResult)) {
            return null;
        }
        if (isWithoutResult) {
            return new InvalidField(
                    "is a formula whose result the file does not hold: open it in Excel and save it, or have the "
                            + "source write values",
                    "");
        }
        Object value = cell.getValue();
        if (cell.getType() == CellType.ERROR || (cell.getType() == CellType.FORMULA && isError(value))) {
            return invalid(
                    isError(cell.getRawValue())
                            ? "is an error of Excel (" + cell.getRawValue() + "), which hides what the value was"
                            : "is not written as its type in the workbook asks: open it in Excel and save it",
                    cell);
        }
        if (value == null) {
            return invalid("is not written as its type in the workbook asks: open it in Excel and save it", cell);
        }
        if (value instanceof BigDecimal number) {
            if (Math.abs((long) number.precision() - number.scale()) > MAX_EXPONENT) {
                return invalid("is a number that Excel cannot hold", cell);
            }
            return number(cell, number.round(DIGITS).stripTrailingZeros());
        }
        if (value instanceof Boolean bool) {
            return column.type() == Feed.Type.BOOLEAN ? bool : text(bool ? "TRUE" : "FALSE");
        }
        return text(decoded(value.toString()));
    }

    /** Whether a cell shows nothing, unless it is a formula without a result, of which nobody knows what it shows. */
    static boolean isBlank(@Nullable Cell cell) {
        if (cell == null || cell.getType() == CellType.EMPTY) {
            return true;
        }
        return cell.getValue() == null
                ? cell.getType() != CellType.ERROR
                : cell.getValue() instanceof String text && decoded(text).isBlank();
    }

    /** The text of a cell of the header. */
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
        boolean isTime = format == NumberFormat.DATE || format == NumberFormat.TIME;
        return switch (column.type()) {
            case TEXT -> isTime ? timeInText(cell) : digits(cell, number, format);
            case WHOLE -> isTime ? timeInNumber(cell) : wholeNumber(cell, number);
            case DECIMAL -> isTime ? timeInNumber(cell) : isCutOff(number) ? cutOff(cell) : number;
            case BOOLEAN -> text(plain(number));
            case DATE, LOCAL_TIME -> isTime ? time(cell, number, format) : numberInTime(cell, number);
            case INSTANT ->
                isTime
                        ? invalid(
                                "is a time without an offset, as all of Excel are: declare the type local_time "
                                        + "with its zone",
                                cell)
                        : numberInTime(cell, number);
        };
    }

    private Object time(Cell cell, BigDecimal number, NumberFormat format) {
        if (format == NumberFormat.TIME) {
            return invalid("is a time of day or a duration, and no date", cell);
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
                "is a date or time of Excel in a column of text, which could be written in many ways: declare the "
                        + "type date or local_time, or have the cells formatted as text before they are "
                        + "filled",
                cell);
    }

    private InvalidField timeInNumber(Cell cell) {
        return invalid("is a date or time of Excel, and no number", cell);
    }

    private @Nullable Object numberInTime(Cell cell, BigDecimal number) {
        if (!column.patterns().isEmpty() && number.scale() <= 0) {
            return text(plain(number));
        }
        return invalid(
                "is a number that is not formatted as a date: format the cells as dates, or give the pattern if "
                        + "its digits are one",
                cell);
    }

    private @Nullable Object digits(Cell cell, BigDecimal number, NumberFormat format) {
        if (format == NumberFormat.DECORATED) {
            return invalid(
                    "is shown by its number format otherwise than it is held: have the cells hold the text that "
                            + "they show",
                    cell);
        }
        if (number.scale() > 0) {
            return invalid(
                    "is a number with digits after the point in a column of text: declare the type decimal, or "
                            + "have the cells hold text",
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
                "is a number of more than 15 digits, of which Excel has lost the last ones: have the source write "
                        + "it as text",
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
