package uk.fpw.model;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.util.List;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.QuoteMode;
import org.jspecify.annotations.Nullable;

/**
 * CSV as written by all commands, following RFC 4180: comma, double quotes where needed, CR LF. Null is an empty field,
 * an empty text is {@code ""}. A text that a spreadsheet would read as a formula gets a leading apostrophe. Numbers are
 * written in full.
 */
public final class Csv {

    /** Put at the start of a file so that Excel reads it as UTF-8. */
    public static final String BYTE_ORDER_MARK = "\uFEFF";

    private static final String FORMULA_STARTS = "=+-@\t\r";

    /**
     * The library's default would also quote a first field that starts with a non-ASCII letter, and would not quote an
     * empty text.
     */
    private static final CSVFormat QUOTED =
            CSVFormat.RFC4180.builder().setQuoteMode(QuoteMode.ALL_NON_NULL).get();

    private static final CSVFormat PLAIN =
            CSVFormat.RFC4180.builder().setQuote(null).get();

    private Csv() {}

    /** Appends one line including its line end. */
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

    /** One line including its line end. */
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
