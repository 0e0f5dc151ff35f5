package uk.fpw.query;

import java.util.ArrayList;
import java.util.List;

/**
 * The layout of a table.
 *
 * @param headings one or more lines of headings
 * @param widths widths of the columns that fit; the others are left out
 */
record TableLayout(List<List<String>> headings, List<Integer> widths) {

    /** Text columns are never narrower than this. */
    private static final int NARROWEST = 12;

    private static final int GAP = 2;

    /** Width of the mark for what is left out. */
    private static final int MARK = 1;

    /**
     * A layout that fits a line width: the longest texts are cut first, then headings wrap after an underscore, then
     * columns are left out, starting with the last. The first column always stays, and numbers are never cut.
     *
     * @param numeric which columns hold numbers
     */
    static TableLayout of(List<String> names, List<List<String>> rows, List<Boolean> numeric, int lineWidth) {
        List<Integer> cells = new ArrayList<>();
        for (int column = 0; column < names.size(); column++) {
            int width = 0;
            for (List<String> row : rows) {
                width = Math.max(width, TextTableWriter.length(row.get(column)));
            }
            cells.add(width);
        }
        List<Integer> widths = widths(cells, names.stream().map(List::of).toList());
        if (sum(widths) <= lineWidth) {
            return new TableLayout(List.of(names), widths);
        }
        shrink(widths, names.stream().map(TextTableWriter::length).toList(), numeric, lineWidth);
        if (sum(widths) <= lineWidth) {
            return new TableLayout(List.of(names), widths);
        }
        List<List<String>> wrapped = names.stream().map(TableLayout::parts).toList();
        widths = widths(cells, wrapped);
        shrink(widths, wrapped.stream().map(TableLayout::longest).toList(), numeric, lineWidth);
        while (widths.size() > 1 && sum(widths) + (widths.size() < names.size() ? GAP + MARK : 0) > lineWidth) {
            widths.remove(widths.size() - 1);
        }
        return new TableLayout(lines(fill(wrapped, widths)), List.copyOf(widths));
    }

    private static List<Integer> widths(List<Integer> cells, List<List<String>> headings) {
        List<Integer> widths = new ArrayList<>();
        for (int column = 0; column < cells.size(); column++) {
            widths.add(Math.max(cells.get(column), longest(headings.get(column))));
        }
        return widths;
    }

    private static int longest(List<String> parts) {
        return parts.stream().mapToInt(TextTableWriter::length).max().orElse(0);
    }

    private static int sum(List<Integer> widths) {
        return widths.stream().mapToInt(width -> width + GAP).sum() - GAP;
    }

    /** Shrinks the widest text column repeatedly, as far as its heading and {@link #NARROWEST} allow. */
    private static void shrink(List<Integer> widths, List<Integer> headings, List<Boolean> numeric, int lineWidth) {
        while (sum(widths) > lineWidth) {
            int widest = -1;
            for (int column = 0; column < widths.size(); column++) {
                boolean mayShrink = !numeric.get(column)
                        && widths.get(column) > NARROWEST
                        && widths.get(column) > headings.get(column);
                if (mayShrink && (widest < 0 || widths.get(column) > widths.get(widest))) {
                    widest = column;
                }
            }
            if (widest < 0) {
                return;
            }
            widths.set(widest, widths.get(widest) - 1);
        }
    }

    /** Splits a name after its underscores. */
    private static List<String> parts(String name) {
        return List.of(name.split("(?<=_)(?=[^_])", -1));
    }

    /** Joins parts of a name on one line again if the column is wide enough. */
    private static List<List<String>> fill(List<List<String>> wrapped, List<Integer> widths) {
        List<List<String>> filled = new ArrayList<>();
        for (int column = 0; column < wrapped.size(); column++) {
            List<String> lines = new ArrayList<>();
            int width = column < widths.size() ? widths.get(column) : Integer.MAX_VALUE;
            for (String part : wrapped.get(column)) {
                int last = lines.size() - 1;
                if (last >= 0 && TextTableWriter.length(lines.get(last) + part) <= width) {
                    lines.set(last, lines.get(last) + part);
                } else {
                    lines.add(part);
                }
            }
            filled.add(lines);
        }
        return filled;
    }

    /** Aligns the headings at the bottom. */
    private static List<List<String>> lines(List<List<String>> headings) {
        int height = headings.stream().mapToInt(List::size).max().orElse(1);
        List<List<String>> lines = new ArrayList<>();
        for (int line = 0; line < height; line++) {
            List<String> cells = new ArrayList<>();
            for (List<String> heading : headings) {
                int part = line - (height - heading.size());
                cells.add(part < 0 ? "" : heading.get(part));
            }
            lines.add(cells);
        }
        return lines;
    }
}
