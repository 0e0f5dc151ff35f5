package uk.fpw.ingest.xlsx;

import java.io.IOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Iterator;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.dhatim.fastexcel.reader.Cell;
import org.dhatim.fastexcel.reader.Row;
import org.dhatim.fastexcel.reader.Sheet;
import org.dhatim.fastexcel.reader.SheetVisibility;
import org.jspecify.annotations.Nullable;
import uk.fpw.ingest.file.FeedFile;
import uk.fpw.ingest.source.Closing;

/** The beginning and end of the visible sheets of a workbook, from which a profile proposes how a feed reads it. */
public final class WorkbookPreview {

    private static final int FIRST_ROWS = 60;
    private static final int LAST_ROWS = 20;

    private WorkbookPreview() {}

    /**
     * A sheet.
     *
     * @param first its first rows with values, at most 60, in order
     * @param last the rows with values at its end, at most 20
     * @param rowCount rows with values
     * @param timed columns, from 0, in which a date has a time of day
     * @param merged its merged cells
     */
    public record SheetPreview(
            String name,
            List<RowPreview> first,
            List<RowPreview> last,
            long rowCount,
            BitSet timed,
            List<SheetScan.Range> merged) {

        /**
         * The names of columns if the header were some of the first rows.
         *
         * @param position of the upper of them in {@code first}
         * @param lines how many
         * @return by column from 0; null if the rows are not one below the other
         */
        public @Nullable SortedMap<Integer, String> names(int position, int lines) {
            int last = position + lines - 1;
            return last < first.size()
                            && first.get(last).number() == first.get(position).number() + lines - 1
                    ? HeaderLines.names(first.subList(position, last + 1), merged)
                    : null;
        }
    }

    /**
     * A row.
     *
     * @param number as Excel counts
     * @param texts its cells that are not empty, by column from 0; numbers and dates as their digits
     * @param typed which of them are numbers, dates or truth values and not texts
     */
    public record RowPreview(int number, SortedMap<Integer, String> texts, BitSet typed) {}

    /**
     * Reads all visible sheets once; those without a value are left out.
     *
     * @param file whose feed may declare anything
     * @throws uk.fpw.warehouse.failure.FpwException with {@code BAD_DATA} if it is no workbook, is damaged or too
     *     large, {@code UNAVAILABLE} if the disk fails
     */
    public static List<SheetPreview> of(FeedFile file) {
        return XlsxRows.opened(file, (parts, workbook) -> {
            try {
                List<SheetPreview> sheets = new ArrayList<>();
                for (Sheet sheet : workbook.getSheets()
                        .filter(each -> each.getVisibility() == SheetVisibility.VISIBLE)
                        .toList()) {
                    SheetScan scan = XlsxRows.scan(file, parts, sheet);
                    SheetPreview preview = preview(sheet, scan.merged());
                    if (preview.rowCount() > 0) {
                        sheets.add(preview);
                    }
                }
                return List.copyOf(sheets);
            } finally {
                Closing.quietly(workbook);
            }
        });
    }

    private static SheetPreview preview(Sheet sheet, List<SheetScan.Range> merged) throws IOException {
        List<RowPreview> first = new ArrayList<>();
        List<RowPreview> last = new ArrayList<>();
        BitSet timed = new BitSet();
        long count = 0;
        try (Stream<Row> stream = sheet.openStream()) {
            int number = 0;
            for (Iterator<Row> rows = stream.iterator(); rows.hasNext(); ) {
                Row row = rows.next();
                number = Math.max(number + 1, row.getRowNum());
                RowPreview preview = preview(row, number, timed);
                if (preview.texts().isEmpty()) {
                    continue;
                }
                count++;
                if (first.size() < FIRST_ROWS) {
                    first.add(preview);
                }
                last.add(preview);
                if (last.size() > LAST_ROWS) {
                    last.remove(0);
                }
            }
        }
        return new SheetPreview(sheet.getName(), List.copyOf(first), List.copyOf(last), count, timed, merged);
    }

    static RowPreview preview(Row row, int number, BitSet timed) {
        SortedMap<Integer, String> texts = new TreeMap<>();
        BitSet typed = new BitSet();
        row.stream().filter(cell -> !CellReader.isBlank(cell)).forEach(cell -> {
            int column = cell.getColumnIndex();
            texts.put(column, CellReader.header(cell));
            if (cell.getValue() instanceof BigDecimal || cell.getValue() instanceof Boolean) {
                typed.set(column);
            }
            if (hasTimeOfDay(cell)) {
                timed.set(column);
            }
        });
        return new RowPreview(number, texts, typed);
    }

    private static boolean hasTimeOfDay(Cell cell) {
        return cell.getValue() instanceof BigDecimal serial
                && serial.stripTrailingZeros().scale() > 0
                && CellReader.isTime(cell);
    }
}
