package uk.fpw.profile;

import java.util.BitSet;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
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
 * @param headerRow as Excel counts
 * @param rowsAbove rows with values above the header, such as titles
 * @param totals texts by which rows at the end are totals, such as {@code Total}; as a null marker such a row has no
 *     key, and is refused
 */
record ProposedSheet(String name, List<String> otherSheets, int headerRow, int rowsAbove, Set<String> totals) {

    /** A row that may be the header is compared with so many below it. */
    private static final int COMPARED = 20;

    private static final Set<String> TOTALS = Set.of("total", "totals", "grand total", "sum", "subtotal", "overall");

    /** The sheet with the most rows; null if none has a row of names above rows. */
    static @Nullable ProposedSheet of(List<SheetPreview> sheets) {
        for (SheetPreview sheet : sheets.stream()
                .sorted(Comparator.comparingLong(SheetPreview::rowCount).reversed())
                .toList()) {
            int header = header(sheet.first());
            if (header >= 0) {
                return new ProposedSheet(
                        sheet.name(),
                        sheets.stream()
                                .map(SheetPreview::name)
                                .filter(name -> !name.equals(sheet.name()))
                                .toList(),
                        sheet.first().get(header).number(),
                        header,
                        totals(sheet, sheet.first().get(header).number()));
            }
        }
        return null;
    }

    /**
     * The first row of different texts that names all columns which the rows below it use; of two such rows above
     * numbers or dates the lower, since a header may have two lines.
     */
    private static int header(List<RowPreview> rows) {
        for (int row = 0; row + 1 < rows.size(); row++) {
            if (mayBeHeader(rows, row)) {
                return row + 2 < rows.size() && mayBeHeader(rows, row + 1) && differs(rows, row + 1) ? row + 1 : row;
            }
        }
        return -1;
    }

    private static boolean mayBeHeader(List<RowPreview> rows, int row) {
        Map<Integer, String> names = rows.get(row).texts();
        return names.size() > 1
                && rows.get(row).typed().isEmpty()
                && new HashSet<>(names.values()).size() == names.size()
                && below(rows, row).stream().allMatch(each -> names.keySet()
                        .containsAll(each.texts().keySet()));
    }

    /** Whether most rows below hold numbers or dates. */
    private static boolean differs(List<RowPreview> rows, int row) {
        List<RowPreview> below = below(rows, row);
        return below.stream().map(RowPreview::typed).filter(BitSet::isEmpty).count() * 2 < below.size();
    }

    private static List<RowPreview> below(List<RowPreview> rows, int row) {
        return rows.subList(row + 1, Math.min(rows.size(), row + 1 + COMPARED));
    }

    private static Set<String> totals(SheetPreview sheet, int headerRow) {
        Set<String> totals = new TreeSet<>();
        for (RowPreview row : sheet.last()) {
            String first = row.texts().values().iterator().next();
            if (row.number() > headerRow
                    && TOTALS.contains(first.toLowerCase(Locale.ROOT).replaceAll(":$", ""))) {
                totals.add(first);
            }
        }
        return totals;
    }

    /** The same for programs. */
    Map<String, Object> fields() {
        return Map.of(
                "name", name, "header_row", headerRow, "other_sheets", otherSheets, "totals", List.copyOf(totals));
    }

    /** What is read and what is left out, as sentences. */
    String described() {
        return "Sheet " + ProfileText.quoted(name) + ", header in row " + headerRow
                + (rowsAbove == 0
                        ? ""
                        : ", below " + Plural.of(rowsAbove, "row") + " that " + (rowsAbove == 1 ? "is" : "are")
                                + " skipped")
                + "."
                + (totals.isEmpty() ? "" : " Totals at the end are refused, since they have no key.")
                + (otherSheets.isEmpty()
                        ? ""
                        : " Not read: "
                                + otherSheets.stream().map(ProfileText::quoted).collect(Collectors.joining(", "))
                                + ".");
    }
}
