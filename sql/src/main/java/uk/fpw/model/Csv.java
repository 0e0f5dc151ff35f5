package uk.fpw.model;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.util.List;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.QuoteMode;
import org.jspecify.annotations.Nullable;

/**
 * CSV as every command of fpw writes it, after RFC 4180: comma, double quotes where they are needed, CR LF. Null is an
 * empty field, an empty text is {@code ""}. A text that a spreadsheet would take for a formula gets a leading
 * apostrophe; numbers are written in full, dates and booleans as they are.
 */
public final class Csv {

    /** With this in front of a file Excel reads it as UTF-8. */
    public static final String BYTE_ORDER_MARK = "\uFEFF";

    private static final String FORMULA_STARTS = "=+-@\t\r";

    /**
     * The library's default would also quote a first field that starts with a non-ASCII letter, and leave
     * an empty text without quotes.
     */
    private static final CSVFormat QUOTED =
            CSVFormat.RFC4180.builder().setQuoteMode(QuoteMode.ALL_NON_NULL).get();

    private static final CSVFormat PLAIN =
            CSVFormat.RFC4180.builder().setQuote(null).get();

    private Csv() {}

    /** Appends one line with its end. */
    public static void append(List<? extends @Nullable Object> values, Appendable out) throws IOException {
        boolean isFirst = true;
        for (Object value : values) {
            if (value instanceof String text) {
                String safe = safe(text);
                (needsQuotes(safe) ? QUOTED : PLAIN).print(safe, out, isFirst);
            } else {
                PLAIN.print(value instanceof BigDecimal decimal ? decimal.toPlainString() : value, out, isFirst);
            }
            isFirst = false;
        }
        PLAIN.println(out);
    }

    /** One line with its end. */
    public static String line(List<? extends @Nullable Object> values) {
        StringBuilder line = new StringBuilder();
        try {
            append(values, line);
        } catch (IOException impossible) {
            throw new UncheckedIOException(impossible);
        }
        return line.toString();
    }

    private static String safe(String text) {
        return !text.isEmpty() && FORMULA_STARTS.indexOf(text.charAt(0)) >= 0 ? "'" + text : text;
    }

    private static boolean needsQuotes(String text) {
        return text.isEmpty()
                || text.charAt(0) == ' '
                || text.charAt(text.length() - 1) == ' '
                || text.chars().anyMatch(letter -> letter == ',' || letter == '"' || letter == '\r' || letter == '\n');
    }
}
