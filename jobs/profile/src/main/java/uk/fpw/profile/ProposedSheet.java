package uk.fpw.profile;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import uk.fpw.ingest.xlsx.WorkbookPreview.RowPreview;
import uk.fpw.ingest.xlsx.WorkbookPreview.SheetPreview;
import uk.fpw.text.Plural;

/**
 * Where in a workbook a feed would find a table.
 *
 * @param name of the sheet
 * @param otherSheets visible sheets with values beside it
 * @param nameless those of them that have more rows, but no header
 * @param headerRow last row of the header, as Excel counts
 * @param headerLines rows of the header
 * @param rowsAbove rows with values above the header, such as titles
 * @param ends texts by which the table ends, such as {@code Total}; the empty one ends it at an empty row
 * @param rowsBelow rows with values below its end, such as totals and notes
 */
record ProposedSheet(
        String name,
        List<String> otherSheets,
        List<String> nameless,
        int headerRow,
        int headerLines,
        int rowsAbove,
        Set<String> ends,
        int rowsBelow) {

    /** A row that may be the header is compared with so many below it. */
    private static final int COMPARED = 20;

    private static final int MAX_LINES = 3;

    /** What the first text of a row of totals is, or begins with. */
    private static final Pattern TOTAL =
            Pattern.compile("(?:(?:grand |sub ?)?totals?|sum|overall)\\b.*", Pattern.CASE_INSENSITIVE | Pattern.DOTALL);

    /**
     * A header in a sheet.
     *
     * @param row of its last line, by position among the first rows
     * @param names of the columns, by column from 0
     */
    private record Header(int row, int lines, SortedMap<Integer, String> names) {}

    /** The sheet with the most rows; null if none has a row of names above rows. */
    static @Nullable ProposedSheet of(List<SheetPreview> sheets) {
        List<String> nameless = new ArrayList<>();
        for (SheetPreview sheet : sheets.stream()
                .sorted(Comparator.comparingLong(SheetPreview::rowCount).reversed())
                .toList()) {
            Header header = header(sheet);
            if (header != null) {
                RowPreview last = sheet.first().get(header.row());
                List<RowPreview> below =
                        below(sheet, last.number(), header.names().size());
                return new ProposedSheet(
                        sheet.name(),
                        sheets.stream()
                                .map(SheetPreview::name)
                                .filter(name -> !name.equals(sheet.name()))
                                .toList(),
                        List.copyOf(nameless),
                        last.number(),
                        header.lines(),
                        header.row() + 1 - header.lines(),
                        ends(below, header.names().size()),
                        below.size());
            }
            nameless.add(sheet.name());
        }
        return null;
    }

    /** The names of the columns in a sheet that was proposed. */
    SortedMap<Integer, String> names(SheetPreview sheet) {
        SortedMap<Integer, String> names = sheet.names(rowsAbove, headerLines);
        if (names == null) {
            throw new IllegalStateException("sheet " + name + " has no header where one was found");
        }
        return names;
    }

    /**
     * The first rows of different texts that name all columns which the rows below them use, with as few lines as
     * possible; of two such rows above numbers or dates the lower.
     */
    private static @Nullable Header header(SheetPreview sheet) {
        Header best = null;
        for (int lines = 1; lines <= MAX_LINES; lines++) {
            int end = best == null ? sheet.first().size() : best.row();
            for (int row = lines - 1; row < end; row++) {
                Header found = header(sheet, row, lines);
                if (found != null) {
                    best = found;
                    break;
                }
            }
            if (lines == 1 && best != null) {
                Header next = header(sheet, best.row() + 1, 1);
                best = next != null && next.row() + 1 < sheet.first().size() && differs(sheet.first(), next.row())
                        ? next
                        : best;
            }
        }
        return best;
    }

    /** A header whose last line is at a position; null if it is none. */
    private static @Nullable Header header(SheetPreview sheet, int row, int lines) {
        List<RowPreview> rows = sheet.first();
        SortedMap<Integer, String> names = row + 1 < rows.size() ? sheet.names(row + 1 - lines, lines) : null;
        return names != null
                        && names.size() > 1
                        && rows.subList(row + 1 - lines, row + 1).stream()
                                .allMatch(line -> line.typed().isEmpty())
                        && new HashSet<>(names.values()).size() == names.size()
                        && below(rows, row).stream().allMatch(each -> names.keySet()
                                .containsAll(each.texts().keySet()))
                ? new Header(row, lines, names)
                : null;
    }

    /** Whether most rows below hold numbers or dates. */
    private static boolean differs(List<RowPreview> rows, int row) {
        List<RowPreview> below = below(rows, row);
        return below.stream().map(RowPreview::typed).filter(BitSet::isEmpty).count() * 2 < below.size();
    }

    private static List<RowPreview> below(List<RowPreview> rows, int row) {
        return rows.subList(row + 1, Math.min(rows.size(), row + 1 + COMPARED));
    }

    /**
     * The rows at the end of a sheet that are not of its table: from a total on, or from an empty row on if all rows
     * below it have values in less than half of the columns.
     */
    private static List<RowPreview> below(SheetPreview sheet, int headerRow, int columns) {
        List<RowPreview> rows =
                sheet.last().stream().filter(row -> row.number() > headerRow).toList();
        for (int at = 0; at < rows.size(); at++) {
            boolean isAfterBlank =
                    at > 0 && rows.get(at).number() > rows.get(at - 1).number() + 1;
            List<RowPreview> rest = rows.subList(at, rows.size());
            boolean areSparse = rest.stream().allMatch(row -> row.texts().size() * 2 < columns);
            if (isTotal(rows.get(at), columns) || (isAfterBlank && areSparse)) {
                return rest;
            }
        }
        return List.of();
    }

    private static Set<String> ends(List<RowPreview> below, int columns) {
        Set<String> ends = new LinkedHashSet<>();
        below.stream().filter(row -> isTotal(row, columns)).forEach(row -> ends.add(first(row)));
        if (!below.isEmpty() && !isTotal(below.get(0), columns)) {
            ends.add("");
        }
        return ends;
    }

    private static String first(RowPreview row) {
        return row.texts().values().iterator().next();
    }

    /** A row with a value in each column is of the table, whatever its first one is. */
    private static boolean isTotal(RowPreview row, int columns) {
        return row.texts().size() < columns && TOTAL.matcher(first(row)).matches();
    }

    /** The same for programs. */
    Map<String, Object> fields() {
        return Map.of(
                "name",
                name,
                "header_row",
                headerRow,
                "header_lines",
                headerLines,
                "other_sheets",
                otherSheets,
                "ends_before",
                List.copyOf(ends),
                "rows_below_count",
                rowsBelow);
    }

    /** What is read and what is left out, as sentences. */
    String described() {
        return "Sheet " + ProfileText.quoted(name) + ", header in "
                + (headerLines == 1 ? "row " : "rows " + (headerRow + 1 - headerLines) + " to ") + headerRow
                + (rowsAbove == 0
                        ? ""
                        : ", below " + Plural.of(rowsAbove, "row") + " that " + (rowsAbove == 1 ? "is" : "are")
                                + " skipped")
                + "."
                + (rowsBelow == 0
                        ? ""
                        : " The table ends before "
                                + ends.stream()
                                        .map(text -> text.isEmpty() ? "an empty row" : ProfileText.quoted(text))
                                        .collect(Collectors.joining(" or "))
                                + ": " + Plural.of(rowsBelow, "row") + " below " + (rowsBelow == 1 ? "is" : "are")
                                + " not read.")
                + (otherSheets.isEmpty() ? "" : " Not read: " + quoted(otherSheets) + ".")
                + (nameless.isEmpty()
                        ? ""
                        : " No rows name the columns of " + quoted(nameless) + ", although "
                                + (nameless.size() == 1 ? "it has" : "they have") + " more rows.");
    }

    private static String quoted(List<String> names) {
        return names.stream().map(ProfileText::quoted).collect(Collectors.joining(", "));
    }
}
