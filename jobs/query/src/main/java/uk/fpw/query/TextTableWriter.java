package uk.fpw.query;

import java.io.IOException;
import java.io.Writer;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Aligned columns for people. Null is {@code (null)}; fractions are rounded to six decimal places; long texts are cut,
 * numbers never. On a terminal lines fit its width: headings wrap, texts are cut further, and the last columns are left
 * out if that is not enough. Everything cut or left out is marked.
 *
 * <p>No library for text tables does this: picocli's {@code TextTable} only aligns to the left, and none that we found
 * leaves out columns to fit a terminal. Other programs of fpw print lines of one form each, not tables.
 */
final class TextTableWriter implements ResultWriter {

    static final int WIDEST = 60;
    private static final int DIGITS = 6;

    private static final String MARK = "…";

    private final int widest;
    private final int lineWidth;
    private final boolean wraps;

    TextTableWriter() {
        this(WIDEST);
    }

    /** A table whose texts are cut at another width. */
    TextTableWriter(int widest) {
        this(widest, Integer.MAX_VALUE);
    }

    /** The same for a terminal of that width. */
    TextTableWriter(int widest, int lineWidth) {
        this(widest, lineWidth, false);
    }

    private TextTableWriter(int widest, int lineWidth, boolean wraps) {
        this.widest = widest;
        this.lineWidth = lineWidth;
        this.wraps = wraps;
    }

    /** For descriptions: texts longer than their column continue on the next line instead of being cut. */
    static TextTableWriter ofDescriptions(int widest, int lineWidth) {
        return new TextTableWriter(widest, lineWidth, true);
    }

    @Override
    public Written write(QueryResult result, long maxRows, Writer out) throws IOException {
        List<QueryResult.Heading> headings = result.headings();
        List<List<String>> lines = new ArrayList<>();
        boolean isCut = false;
        boolean hasMore = false;
        while (result.rows().hasNext()) {
            if (lines.size() == maxRows) {
                hasMore = true;
                break;
            }
            List<String> line = new ArrayList<>();
            for (Object value : result.rows().next()) {
                String cell = cell(value);
                boolean isWide = !QueryResult.isNumber(value) && length(cell) > widest;
                isCut |= isWide;
                line.add(isWide ? cut(cell, widest) : cell);
            }
            lines.add(line);
        }
        TableLayout layout = TableLayout.of(
                headings.stream().map(heading -> printable(heading.name())).toList(),
                lines,
                numeric(headings),
                lineWidth);
        for (List<String> heading : layout.headings()) {
            line(heading, headings, layout, out);
        }
        line(layout.widths().stream().map("-"::repeat).toList(), headings, layout, out);
        for (List<String> line : lines) {
            for (List<String> part : wraps ? wrapped(line, layout) : List.of(line)) {
                isCut |= line(part, headings, layout, out);
            }
        }
        return new Written(
                lines.size(),
                hasMore,
                isCut,
                headings.stream()
                        .skip(layout.widths().size())
                        .map(heading -> printable(heading.name()))
                        .toList());
    }

    private static List<Boolean> numeric(List<QueryResult.Heading> headings) {
        return headings.stream().map(QueryResult.Heading::isNumeric).toList();
    }

    /** Writes the cells that fit; returns whether one of them was cut. */
    private static boolean line(List<String> cells, List<QueryResult.Heading> headings, TableLayout layout, Writer out)
            throws IOException {
        StringBuilder line = new StringBuilder();
        boolean isCut = false;
        for (int column = 0; column < layout.widths().size(); column++) {
            int width = layout.widths().get(column);
            String cell = cells.get(column);
            if (length(cell) > width) {
                cell = cut(cell, width);
                isCut = true;
            }
            String padding = " ".repeat(width - length(cell));
            line.append(column == 0 ? "" : "  ");
            if (headings.get(column).isNumeric()) {
                line.append(padding).append(cell);
            } else {
                line.append(cell).append(padding);
            }
        }
        if (layout.widths().size() < headings.size()) {
            line.append("  ").append(MARK);
        }
        out.append(line.toString().stripTrailing()).append('\n');
        return isCut;
    }

    /**
     * The lines of one row. Cells that are longer than their column are broken between words; a longer word is
     * truncated later.
     */
    private static List<List<String>> wrapped(List<String> cells, TableLayout layout) {
        List<List<String>> columns = new ArrayList<>();
        int height = 1;
        for (int column = 0; column < cells.size(); column++) {
            int width = column < layout.widths().size() ? layout.widths().get(column) : Integer.MAX_VALUE;
            List<String> parts = new ArrayList<>(List.of(""));
            for (String word : cells.get(column).split(" ", -1)) {
                String last = parts.get(parts.size() - 1);
                String longer = last.isEmpty() ? word : last + " " + word;
                if (length(longer) <= width || last.isEmpty()) {
                    parts.set(parts.size() - 1, longer);
                } else {
                    parts.add(word);
                }
            }
            columns.add(parts);
            height = Math.max(height, parts.size());
        }
        List<List<String>> lines = new ArrayList<>();
        for (int line = 0; line < height; line++) {
            List<String> parts = new ArrayList<>();
            for (List<String> column : columns) {
                parts.add(line < column.size() ? column.get(line) : "");
            }
            lines.add(parts);
        }
        return lines;
    }

    private static String cut(String text, int width) {
        return text.substring(0, text.offsetByCodePoints(0, width - 1)) + MARK;
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

    /** Without line breaks, and without control characters that a terminal would interpret. */
    private static String printable(String text) {
        return text.replaceAll("\\R|\\t", " ").replaceAll("\\p{Cc}", "?");
    }

    static int length(String text) {
        return text.codePointCount(0, text.length());
    }
}
