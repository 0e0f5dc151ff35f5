package uk.fpw.ingest.xlsx;

import java.io.IOException;
import java.nio.file.FileSystemException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.dhatim.fastexcel.reader.Cell;
import org.dhatim.fastexcel.reader.ReadableWorkbook;
import org.dhatim.fastexcel.reader.ReadingOptions;
import org.dhatim.fastexcel.reader.Row;
import org.dhatim.fastexcel.reader.Sheet;
import org.dhatim.fastexcel.reader.SheetVisibility;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import uk.fpw.ingest.file.DigestedFile;
import uk.fpw.ingest.file.FeedFile;
import uk.fpw.ingest.file.FileHeader;
import uk.fpw.ingest.file.FileTooLarge;
import uk.fpw.ingest.source.Closing;
import uk.fpw.ingest.source.ContentHash;
import uk.fpw.ingest.source.DisplayText;
import uk.fpw.ingest.source.SourceRow;
import uk.fpw.ingest.source.SourceRows;
import uk.fpw.warehouse.failure.FpwException;
import uk.fpw.warehouse.force.feed.Feed;
import uk.fpw.warehouse.force.feed.FormatOptions;

/** The rows of a sheet below its header, with their row numbers. Empty rows are skipped. */
final class XlsxRows implements SourceRows {

    private static final Logger LOG = LoggerFactory.getLogger(XlsxRows.class);

    private static final int MAX_COLUMNS = 2000;

    /** Rows with values below the end of a table; more are no notes. */
    private static final int MAX_BELOW = 20;

    private static final String SAVE = "check what the source delivered, or open it in Excel and save it";

    private final FeedFile file;
    private final DigestedFile digested;
    private final ReadableWorkbook workbook;
    private final Sheet sheet;
    private final Stream<Row> stream;
    private final Iterator<Row> rows;
    private final SheetScan scan;
    private final Set<String> ends;
    private final MergedCells merged;
    private final ContentHash contentHash = new ContentHash();
    private final List<CellReader> readers = new ArrayList<>();
    private int[] columns = {};
    private Set<Integer> named = Set.of();
    private long lastRow;
    private int rowsRead;
    private long lastWithValues;
    private long hidden;
    private long below;

    private XlsxRows(
            FeedFile file,
            DigestedFile digested,
            ReadableWorkbook workbook,
            Sheet sheet,
            SheetScan scan,
            FormatOptions options)
            throws IOException {
        this.file = file;
        this.digested = digested;
        this.workbook = workbook;
        this.sheet = sheet;
        this.stream = sheet.openStream();
        this.rows = stream.iterator();
        this.scan = scan;
        this.ends = Set.copyOf(options.texts("ends_before"));
        readHeader(options.wholeNumber("header_row"), Objects.requireNonNull(options.wholeNumber("header_lines")));
        this.merged = new MergedCells(file, scan.merged(), columns, lastRow);
        Set<String> nullMarkers = Set.copyOf(options.texts("null_markers"));
        for (Feed.Column column : file.feed().columns()) {
            readers.add(new CellReader(column, nullMarkers, workbook.isDate1904(), file.isProfiled()));
        }
    }

    static XlsxRows open(FeedFile file, FormatOptions options) {
        DigestedFile digested = new DigestedFile(file);
        return opened(file, (parts, workbook) -> {
            Sheet sheet = sheet(file, workbook, options.text("sheet"));
            return new XlsxRows(file, digested, workbook, sheet, scan(file, parts, sheet), options);
        });
    }

    /** What reads an opened workbook. */
    interface Opening<T> {
        T read(WorkbookParts parts, ReadableWorkbook workbook) throws IOException, XMLStreamException;
    }

    /** Checks what can break in the sheet before its rows are read. */
    static SheetScan scan(FeedFile file, WorkbookParts parts, Sheet sheet) throws IOException, XMLStreamException {
        XMLStreamReader xml = sheet.getId() == null ? null : parts.sheet(sheet.getId());
        if (xml == null) {
            throw file.badData(
                    "",
                    "sheet '" + DisplayText.text(sheet.getName())
                            + "' is not in the usual place, as in the variant Strict Open XML",
                    "ask the source to save it as a standard workbook (xlsx)");
        }
        return SheetScan.of(file, xml, parts.sharedTexts(), parts.hasStaleResults());
    }

    /** Opens a workbook after checking its parts; closes it if that or the reading fails. */
    static <T> T opened(FeedFile file, Opening<T> opening) {
        ReadableWorkbook workbook = null;
        try (WorkbookParts parts = WorkbookParts.open(file)) {
            workbook = new ReadableWorkbook(file.path().toFile(), new ReadingOptions(parts.hasStyles(), true));
            return opening.read(parts, workbook);
        } catch (IOException | XMLStreamException failed) {
            Closing.quietly(workbook);
            // Everything has been decompressed before, so a library error cannot be caused by the storage.
            boolean isOfStorageOrXml = failed instanceof FileSystemException
                    || failed instanceof XMLStreamException
                    || failed.getCause() instanceof XMLStreamException;
            throw isOfStorageOrXml ? WorkbookParts.failure(file, failed) : corrupt(file, "", failed);
        } catch (FpwException failed) {
            Closing.quietly(workbook);
            throw failed;
        } catch (RuntimeException unsound) {
            Closing.quietly(workbook);
            throw corrupt(file, "", unsound);
        } catch (OutOfMemoryError tooLarge) {
            Closing.quietly(workbook);
            throw FileTooLarge.failure(file, tooLarge);
        }
    }

    @Override
    public @Nullable SourceRow next() {
        try {
            return nextWithValues();
        } catch (FpwException failed) {
            throw failed;
        } catch (RuntimeException unsound) {
            throw corrupt(file, ": row " + lastRow, unsound);
        } catch (OutOfMemoryError tooLarge) {
            throw FileTooLarge.failure(file, tooLarge);
        }
    }

    private @Nullable SourceRow nextWithValues() {
        for (Row row = nextRow(); row != null; row = nextRow()) {
            if (row.stream().allMatch(this::isEmpty)) {
                continue;
            }
            if (isEnd(row)) {
                refuseRowsBelow();
                return null;
            }
            lastWithValues = lastRow;
            merged.refuse(lastRow);
            if (row.isHidden()) {
                hidden++;
            }
            Cell stray = row.stream()
                    .filter(cell -> !isEmpty(cell) && !named.contains(cell.getColumnIndex()))
                    .findFirst()
                    .orElse(null);
            if (stray != null) {
                return new SourceRow(
                        lastRow,
                        row.getCellCount(),
                        List.of(),
                        0,
                        false,
                        "the cell " + SheetScan.letters(stray.getColumnIndex()) + lastRow
                                + " has a value, but no header above it");
            }
            List<@Nullable Object> fields = new ArrayList<>(columns.length);
            for (int index = 0; index < columns.length; index++) {
                Cell cell = row.getOptionalCell(columns[index]).orElse(null);
                fields.add(readers.get(index).field(cell, isWithoutResult(cell)));
            }
            return new SourceRow(
                    lastRow,
                    named.size(),
                    Collections.unmodifiableList(fields),
                    contentHash.of(fields).getAsLong(),
                    false);
        }
        return null;
    }

    @Override
    public int width() {
        return named.size();
    }

    @Override
    public List<String> cellColumns() {
        List<String> letters = new ArrayList<>();
        for (int column : columns) {
            letters.add(SheetScan.letters(column));
        }
        return letters;
    }

    @Override
    public String digest() {
        if (hidden > 0) {
            LOG.info(
                    "{}: rows of sheet '{}' that are hidden or filtered out in Excel were read like the others: {}",
                    file.feed().name(),
                    DisplayText.text(sheet.getName()),
                    hidden);
        }
        if (below > 0) {
            LOG.info(
                    "{}: rows of sheet '{}' below the end of the table were not read: {}",
                    file.feed().name(),
                    DisplayText.text(sheet.getName()),
                    below);
        }
        return digested.digest();
    }

    @Override
    public void close() {
        try (stream) {
            Closing.quietly(workbook);
        }
    }

    private @Nullable Row nextRow() {
        try {
            if (!rows.hasNext()) {
                return null;
            }
            Row row = rows.next();
            rowsRead++;
            // A row without a number follows the previous one.
            lastRow = Math.max(lastRow + 1, row.getRowNum());
            return row;
        } catch (RuntimeException unsound) {
            throw corrupt(file, ": row " + (lastRow + 1), unsound);
        }
    }

    /** Whether the table ends before a row with values. */
    private boolean isEnd(Row row) {
        boolean isAfterBlank = lastWithValues > 0 && lastRow > lastWithValues + 1;
        return !ends.isEmpty()
                && ((isAfterBlank && ends.contains(""))
                        || row.stream()
                                .filter(cell -> !isEmpty(cell))
                                .findFirst()
                                .map(CellReader::header)
                                .filter(ends::contains)
                                .isPresent());
    }

    /** Notes may follow a table; more rows are probably of it. */
    private void refuseRowsBelow() {
        long end = lastRow;
        below = 1;
        for (Row row = nextRow(); row != null; row = nextRow()) {
            below += row.stream().allMatch(this::isEmpty) ? 0 : 1;
            if (below > MAX_BELOW) {
                throw file.badData(
                        ": row " + end,
                        "the table of sheet '" + DisplayText.text(sheet.getName())
                                + "' ends here (format.ends_before), but more than " + MAX_BELOW
                                + " rows with values follow",
                        "check whether the table goes on, or correct format.ends_before");
            }
        }
    }

    private boolean isEmpty(@Nullable Cell cell) {
        return CellReader.isBlank(cell) && !isWithoutResult(cell);
    }

    private boolean isWithoutResult(@Nullable Cell cell) {
        return cell != null && scan.isWithoutResult(cell, rowsRead - 1);
    }

    /** Reads the first row with values, or the row named by the feed with those above it that belong to it. */
    private void readHeader(@Nullable Integer given, int headerLines) {
        List<WorkbookPreview.RowPreview> lines = new ArrayList<>();
        Row header = nextRow();
        while (header != null && (given == null ? header.stream().allMatch(this::isEmpty) : lastRow < given)) {
            if (given != null && lastRow > given - headerLines) {
                lines.add(WorkbookPreview.preview(header, (int) lastRow, new BitSet()));
            }
            header = nextRow();
        }
        if (header == null || (given != null && lastRow != given)) {
            throw file.badData(
                    given == null ? "" : ": row " + given,
                    "sheet '" + DisplayText.text(sheet.getName()) + "' is empty" + (given == null ? "" : " there")
                            + ", but the header must be "
                            + (given == null ? "in its first row with values" : "there"),
                    given == null
                            ? "check what the source delivered, or set another sheet in format.sheet"
                            : "correct format.header_row");
        }
        lines.add(WorkbookPreview.preview(header, (int) lastRow, new BitSet()));
        SortedMap<Integer, String> found = HeaderLines.names(lines, scan.merged());
        List<String> names = List.copyOf(found.values());
        List<Integer> places = List.copyOf(found.keySet());
        if (names.size() > MAX_COLUMNS) {
            throw file.badData(
                    ": row " + lastRow,
                    "the header has " + names.size() + " fields, more than the " + MAX_COLUMNS
                            + " columns that a file may have",
                    "check whether it is the sheet that the feed declares");
        }
        named = Set.copyOf(places);
        int[] positions = FileHeader.positions(
                file,
                names,
                new FileHeader.Words(
                        ": row " + lastRow,
                        "the header",
                        "the first row with values is not the header",
                        "set format.header_row to the header's row, or correct each column's 'from'",
                        "check this row of the sheet: if it is not the header, "
                                + "set format.header_row to the header's row; if these are new columns, list "
                                + "them under 'columns' or 'ignored'",
                        true));
        columns = new int[positions.length];
        for (int index = 0; index < positions.length; index++) {
            columns[index] = places.get(positions[index]);
        }
    }

    private static Sheet sheet(FeedFile file, ReadableWorkbook workbook, @Nullable String name) {
        List<Sheet> visible = workbook.getSheets()
                .filter(sheet -> sheet.getVisibility() == SheetVisibility.VISIBLE)
                .toList();
        String names = workbook.getSheets()
                .map(sheet -> "'" + DisplayText.text(sheet.getName()) + "'"
                        + (sheet.getVisibility() == SheetVisibility.VISIBLE ? "" : " (hidden)"))
                .collect(Collectors.joining(", "));
        if (name != null) {
            return workbook.getSheets()
                    .filter(sheet -> name.equalsIgnoreCase(sheet.getName()))
                    .findFirst()
                    .orElseThrow(() -> file.badData(
                            "",
                            "there is no sheet '" + name + "', which " + file.definition()
                                    + " requires; the sheets are "
                                    + names,
                            "correct format.sheet, or ask the source to deliver the workbook as agreed"));
        }
        if (visible.size() != 1) {
            throw file.badData(
                    "",
                    "the workbook has " + (visible.isEmpty() ? "no sheet that is visible" : visible.size() + " sheets")
                            + ", and " + file.definition() + " does not specify which one to read: " + names,
                    "set it in format.sheet");
        }
        return visible.get(0);
    }

    /** The library's messages may contain values and are not shown. */
    private static FpwException corrupt(FeedFile file, String place, Exception failed) {
        // The library rebuilds shared formulas, and mistakes the 2 of ATAN2 for a row number.
        boolean isFormula = Arrays.stream(failed.getStackTrace())
                .anyMatch(frame -> frame.getMethodName().equals("parseSharedFormula"));
        if (isFormula) {
            return file.badData(
                    place,
                    "the row has a formula that cannot be read",
                    "ask the source to deliver values instead of formulas (in Excel: copy the cells, then paste "
                            + "them as values)");
        }
        return file.badData(
                place,
                "the workbook does not follow the xlsx format ("
                        + failed.getClass().getSimpleName() + ")",
                SAVE);
    }
}
