package uk.fpw.query;

import java.io.IOException;
import java.io.Writer;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Aligned columns for people. Null is {@code (null)}; fractions are rounded to six digits after the point; long texts are cut, numbers never. */
final class TableWriter implements AnswerWriter {

    static final int WIDEST = 60;
    private static final int DIGITS = 6;

    private final int widest;

    TableWriter() {
        this(WIDEST);
    }

    /** A table whose texts are cut at another width. */
    TableWriter(int widest) {
        this.widest = widest;
    }

    @Override
    public Written write(Answer answer, long mostRows, Writer out) throws IOException {
        List<Answer.Heading> headings = answer.headings();
        List<List<String>> lines = new ArrayList<>();
        boolean isCut = false;
        boolean hasMore = false;
        while (answer.rows().hasNext()) {
            if (lines.size() == mostRows) {
                hasMore = true;
                break;
            }
            List<String> line = new ArrayList<>();
            for (Object value : answer.rows().next()) {
                String cell = cell(value);
                boolean tooLong = length(cell) > widest && !Answer.isNumber(value);
                isCut |= tooLong;
                line.add(tooLong ? cell.substring(0, cell.offsetByCodePoints(0, widest - 1)) + "…" : cell);
            }
            lines.add(line);
        }
        int[] widths = new int[headings.size()];
        for (int column = 0; column < widths.length; column++) {
            widths[column] = length(printable(headings.get(column).name()));
            for (List<String> line : lines) {
                widths[column] = Math.max(widths[column], length(line.get(column)));
            }
        }
        line(headings.stream().map(heading -> printable(heading.name())).toList(), headings, widths, out);
        List<String> rule = new ArrayList<>();
        for (int width : widths) {
            rule.add("-".repeat(width));
        }
        line(rule, headings, widths, out);
        for (List<String> line : lines) {
            line(line, headings, widths, out);
        }
        return new Written(lines.size(), hasMore, isCut);
    }

    private static void line(List<String> cells, List<Answer.Heading> headings, int[] widths, Writer out)
            throws IOException {
        StringBuilder line = new StringBuilder();
        for (int column = 0; column < cells.size(); column++) {
            String cell = cells.get(column);
            String padding = " ".repeat(widths[column] - length(cell));
            line.append(column == 0 ? "" : "  ");
            if (headings.get(column).isNumeric()) {
                line.append(padding).append(cell);
            } else {
                line.append(cell).append(padding);
            }
        }
        out.append(line.toString().stripTrailing()).append('\n');
    }

    static String cell(@Nullable Object value) {
        if (value == null) {
            return "(null)";
        }
        if (value instanceof Double || value instanceof Float) {
            return rounded(((Number) value).doubleValue());
        }
        return printable(JsonText.of(value));
    }

    private static String rounded(double value) {
        if (!Double.isFinite(value)) {
            return Double.toString(value);
        }
        BigDecimal exact = BigDecimal.valueOf(value);
        BigDecimal rounded = Math.abs(value) < 1e-3
                ? exact.round(new MathContext(DIGITS))
                : exact.setScale(DIGITS, RoundingMode.HALF_EVEN);
        return rounded.signum() == 0 ? "0" : rounded.stripTrailingZeros().toPlainString();
    }

    /** Without line breaks, and without control characters that a terminal would obey. */
    private static String printable(String text) {
        return text.replaceAll("\\R|\\t", " ").replaceAll("\\p{Cntrl}", "?");
    }

    private static int length(String text) {
        return text.codePointCount(0, text.length());
    }
}
