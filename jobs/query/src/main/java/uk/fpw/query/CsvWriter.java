package uk.fpw.query;

import java.io.IOException;
import java.io.Writer;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * CSV after RFC 4180: comma, double quotes, CR LF, a header. Null is an empty field, an empty text is {@code ""}. A text that a spreadsheet would take for a formula gets a leading
 * apostrophe; numbers are left alone.
 */
final class CsvWriter implements AnswerWriter {

    private static final String FORMULA_STARTS = "=+-@\t\r";

    @Override
    public Written write(Answer answer, long mostRows, Writer out) throws IOException {
        line(answer.headings().stream().map(Answer.Heading::name).toList(), out);
        long count = 0;
        while (answer.rows().hasNext()) {
            if (count == mostRows) {
                return new Written(count, true, false);
            }
            line(answer.rows().next(), out);
            count++;
        }
        return new Written(count, false, false);
    }

    private static void line(List<? extends @Nullable Object> cells, Writer out) throws IOException {
        String separator = "";
        for (Object cell : cells) {
            out.append(separator).append(field(cell));
            separator = ",";
        }
        out.append("\r\n");
    }

    static String field(@Nullable Object cell) {
        if (cell == null) {
            return "";
        }
        String text = JsonText.of(cell);
        if (Answer.isNumber(cell) || cell instanceof Boolean) {
            return text;
        }
        if (!text.isEmpty() && FORMULA_STARTS.indexOf(text.charAt(0)) >= 0) {
            text = "'" + text;
        }
        return needsQuotes(text) ? "\"" + text.replace("\"", "\"\"") + "\"" : text;
    }

    private static boolean needsQuotes(String text) {
        return text.isEmpty()
                || text.charAt(0) == ' '
                || text.charAt(text.length() - 1) == ' '
                || text.chars().anyMatch(letter -> letter == ',' || letter == '"' || letter == '\r' || letter == '\n');
    }
}
