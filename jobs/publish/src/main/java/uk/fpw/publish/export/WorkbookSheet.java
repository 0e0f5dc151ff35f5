package uk.fpw.publish.export;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.List;
import org.dhatim.fastexcel.Position;
import org.dhatim.fastexcel.Workbook;
import org.dhatim.fastexcel.Worksheet;
import org.jspecify.annotations.Nullable;

/** A sheet that is written row by row; only a few rows are in memory. */
public final class WorkbookSheet {

    static final String MARKING = "OFFICIAL-SENSITIVE";

    private static final int ROWS_IN_MEMORY = 500;

    /** Excel keeps 15 significant digits. */
    private static final long LARGEST_WHOLE = 999_999_999_999_999L;

    /** Excel counts a 29 February 1900; from the day after it, all programs agree. */
    private static final LocalDate FIRST_DAY = LocalDate.of(1900, 3, 1);

    private static final LocalDate LAST_DAY = LocalDate.of(9999, 12, 31);

    /** What the library writes as the size of every sheet, since it writes it before the rows. */
    private static final String ANY_SIZE = "<dimension ref=\"A1\"/>";

    /** The size is among the first bytes of a sheet. */
    private static final int BEGINNING = 4_096;

    private final Worksheet sheet;
    private int row;
    private int columns;

    private WorkbookSheet(Worksheet sheet) {
        this.sheet = sheet;
    }

    /**
     * Adds an empty sheet, with the protective marking in the header of its printed pages.
     *
     * @param widths of the columns, in characters
     * @param headerRows rows at the top that do not scroll; 0 for none
     */
    static WorkbookSheet add(Workbook workbook, String name, List<Integer> widths, int headerRows) {
        return add(workbook, name, widths, headerRows, MARKING);
    }

    /**
     * Adds an empty sheet with another marking.
     *
     * @param widths of the columns, in characters
     * @param headerRows rows at the top that do not scroll; 0 for none
     * @param marking in the header of the printed pages
     */
    public static WorkbookSheet add(
            Workbook workbook, String name, List<Integer> widths, int headerRows, String marking) {
        Worksheet sheet = workbook.newWorksheet(name);
        for (int column = 0; column < widths.size(); column++) {
            sheet.width(column, widths.get(column));
        }
        if (headerRows > 0) {
            sheet.freezePane(0, headerRows);
        }
        sheet.header(marking, Position.CENTER);
        return new WorkbookSheet(sheet);
    }

    /** Adds a row in bold. */
    public void addHeader(List<String> names) throws IOException {
        for (int column = 0; column < names.size(); column++) {
            sheet.style(row, column).bold().set();
        }
        add(names);
    }

    /** Adds a row; null is an empty cell. */
    public void add(List<? extends @Nullable Object> values) throws IOException {
        for (int column = 0; column < values.size(); column++) {
            set(column, values.get(column));
        }
        columns = Math.max(columns, values.size());
        row++;
        if (row % ROWS_IN_MEMORY == 0) {
            sheet.flush();
        }
    }

    /** Ends the sheet. */
    public void finish() throws IOException {
        sheet.finish();
    }

    /** Ends the sheet, with a filter on its first row. */
    public void finishWithFilter(int columns) throws IOException {
        sheet.setAutoFilter(0, 0, Math.max(row - 1, 0), columns - 1);
        sheet.finish();
    }

    /**
     * A part of a finished workbook as it is read, but with the true size of a sheet: programs that read a sheet row by
     * row, such as openpyxl with {@code read_only}, believe it and would see a single cell.
     *
     * @param part path in the workbook, such as {@code xl/worksheets/sheet1.xml}
     * @param sheets all sheets of the workbook in order
     */
    public static InputStream withSize(String part, InputStream content, List<WorkbookSheet> sheets)
            throws IOException {
        for (int place = 0; place < sheets.size(); place++) {
            if (part.equals("xl/worksheets/sheet" + (place + 1) + ".xml")) {
                String beginning = new String(content.readNBytes(BEGINNING), StandardCharsets.ISO_8859_1);
                if (!beginning.contains(ANY_SIZE)) {
                    throw new IOException(part + " of the workbook does not begin with its size");
                }
                byte[] sized = beginning
                        .replace(
                                ANY_SIZE,
                                "<dimension ref=\"" + sheets.get(place).size() + "\"/>")
                        .getBytes(StandardCharsets.ISO_8859_1);
                return new SequenceInputStream(new ByteArrayInputStream(sized), content);
            }
        }
        return content;
    }

    /** The cells that are used, such as {@code A1:D200}. */
    private String size() {
        return row == 0 || columns == 0
                ? "A1"
                : sheet.range(0, 0, row - 1, columns - 1).toString();
    }

    /** Writes a value by its type; a text never becomes a formula, whatever it begins with. */
    private void set(int column, @Nullable Object value) {
        if (value instanceof String text) {
            sheet.inlineString(row, column, CellText.of(text));
        } else if (value instanceof Boolean flag) {
            sheet.value(row, column, flag);
        } else if (value instanceof LocalDate day) {
            set(column, day);
        } else if (value instanceof LocalDateTime time) {
            set(column, time);
        } else if (value instanceof Long number && Math.abs(number) <= LARGEST_WHOLE) {
            sheet.value(row, column, number);
        } else if (value instanceof Double number && Double.isFinite(number)) {
            sheet.value(row, column, number);
        } else if (value != null) {
            sheet.inlineString(row, column, value.toString());
        }
    }

    private void set(int column, LocalDate day) {
        if (day.isBefore(FIRST_DAY) || day.isAfter(LAST_DAY)) {
            sheet.inlineString(row, column, day.toString());
        } else {
            sheet.value(row, column, day);
            sheet.style(row, column).format("yyyy-mm-dd").set();
        }
    }

    private void set(int column, LocalDateTime time) {
        if (time.toLocalDate().isBefore(FIRST_DAY) || time.toLocalDate().isAfter(LAST_DAY)) {
            sheet.inlineString(row, column, time.toString());
        } else {
            sheet.value(row, column, time);
            sheet.style(row, column).format("yyyy-mm-dd hh:mm:ss").set();
        }
    }
}
