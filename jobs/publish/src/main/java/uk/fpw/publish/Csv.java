package uk.fpw.publish;

import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** CSV that a spreadsheet reads as data: a text that it would take for a formula gets an apostrophe in front. */
public final class Csv {

    /** With this in front of a file Excel reads it as UTF-8. */
    public static final String BYTE_ORDER_MARK = "\uFEFF";

    private Csv() {}

    /** One line without its end; null is an empty field. Numbers, dates and booleans are written as they are. */
    public static String line(List<? extends @Nullable Object> values) {
        return values.stream().map(Csv::field).collect(Collectors.joining(","));
    }

    private static String field(@Nullable Object value) {
        if (value == null) {
            return "";
        }
        String text = value.toString();
        String safe = value instanceof String && !text.isEmpty() && "=+-@\t\r".indexOf(text.charAt(0)) >= 0
                ? "'" + text
                : text;
        boolean quoted =
                safe.chars().anyMatch(letter -> letter == ',' || letter == '"' || letter == '\n' || letter == '\r');
        return quoted ? '"' + safe.replace("\"", "\"\"") + '"' : safe;
    }
}
