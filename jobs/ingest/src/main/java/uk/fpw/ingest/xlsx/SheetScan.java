package uk.fpw.ingest.xlsx;

import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.dhatim.fastexcel.reader.Cell;
import org.jspecify.annotations.Nullable;
import uk.fpw.ingest.file.FeedFile;

/**
 * Scans a sheet before its rows are read: parts after the rows, results of formulas, and validity of cell addresses and
 * texts.
 */
final class SheetScan {

    private static final int MAX_ROW = 1_048_576;

    /** Excel's limit, with every character escaped as {@code _x000D_}. */
    static final int MAX_TEXT = 32_767 * 7;

    /** Excel's limit, doubled for the prefixes of newer functions in files. */
    private static final int MAX_FORMULA = 2 * 8_192;

    /** Numbers have 17 digits, but some programs write out numbers like 1E308. */
    private static final int MAX_NUMBER = 400;

    static final int MAX_DEPTH = 100;

    /**
     * For each cell, the library searches all array formulas, which newer versions of Excel write for many functions;
     * this many comparisons take half a minute.
     */
    private static final long MAX_COMPARISONS = 2_000_000_000L;

    private static final int MAX_RANGES = 100_000;
    private static final Pattern ADDRESS = Pattern.compile("\\$?([A-Z]{1,3})\\$?([0-9]{1,7})");

    private final FeedFile file;
    private final int sharedTexts;
    private final boolean isStale;
    private final List<Range> merged = new ArrayList<>();

    /** By position of the row in the file, the columns whose formula has an empty result. */
    private final Map<Integer, BitSet> emptyResults = new HashMap<>();

    private long cells;
    private long arrayFormulas;
    private boolean isInSheetData;
    private boolean isInRow;
    private int rows;
    private int rowNumber;
    private final BitSet columnsOfRow = new BitSet();
    private int column = -1;
    private @Nullable String type;
    private boolean hasFormula;
    private boolean hasEmptyValue;
    private @Nullable String part;
    private int partLength;
    private final StringBuilder index = new StringBuilder();

    private SheetScan(FeedFile file, int sharedTexts, boolean isStale) {
        this.file = file;
        this.sharedTexts = sharedTexts;
        this.isStale = isStale;
    }

    /** A range of cells with 0-based, inclusive bounds. */
    record Range(int firstColumn, int firstRow, int lastColumn, int lastRow, String text) {}

    /**
     * Scans the whole sheet.
     *
     * @param sharedTexts number of shared texts
     * @param isStale whether stored results of formulas may be outdated
     */
    static SheetScan of(FeedFile file, XMLStreamReader xml, int sharedTexts, boolean isStale)
            throws XMLStreamException {
        SheetScan scan = new SheetScan(file, sharedTexts, isStale);
        scan.read(xml);
        return scan;
    }

    /** Merged cells. */
    List<Range> merged() {
        return List.copyOf(merged);
    }

    /**
     * Whether a cell has a formula without a stored result.
     *
     * @param row 0-based position of its row in the file
     */
    boolean isWithoutResult(Cell cell, int row) {
        if (cell.getFormula() == null) {
            return false;
        }
        BitSet empty = emptyResults.get(cell.getColumnIndex());
        return isStale || cell.getRawValue() == null || (empty != null && empty.get(row));
    }

    private void read(XMLStreamReader xml) throws XMLStreamException {
        int depth = 0;
        while (xml.hasNext()) {
            switch (xml.next()) {
                case XMLStreamReader.START_ELEMENT -> {
                    if (++depth > MAX_DEPTH) {
                        throw corrupt(file, "the nesting of its elements");
                    }
                    start(xml, xml.getLocalName());
                }
                case XMLStreamReader.CHARACTERS, XMLStreamReader.CDATA, XMLStreamReader.SPACE -> text(xml);
                case XMLStreamReader.END_ELEMENT -> {
                    depth--;
                    end(xml.getLocalName());
                }
                default -> {}
            }
        }
        if (cells * arrayFormulas > MAX_COMPARISONS) {
            throw file.badData(
                    "",
                    "the sheet has " + arrayFormulas + " array formulas for " + cells
                            + " cells, and each cell would be looked up in all of them",
                    "ask the source to deliver it with values instead of formulas");
        }
    }

    private void start(XMLStreamReader xml, String element) {
        switch (element) {
            case "sheetData" -> isInSheetData = true;
            case "mergeCell" -> addMerged(xml.getAttributeValue(null, "ref"));
            default -> {
                if (isInSheetData) {
                    startInRows(xml, element);
                }
            }
        }
    }

    private void startInRows(XMLStreamReader xml, String element) {
        switch (element) {
            case "row" -> startRow(xml.getAttributeValue(null, "r"));
            case "c" -> startCell(xml.getAttributeValue(null, "r"), xml.getAttributeValue(null, "t"));
            case "f" -> {
                hasFormula = true;
                arrayFormulas += "array".equals(xml.getAttributeValue(null, "t")) ? 1 : 0;
                startPart(element);
            }
            case "v", "is" -> startPart(element);
            case "rPh" -> {
                if ("is".equals(part)) {
                    throw file.badData(
                            "",
                            "the cell " + letters(column) + rowNumber
                                    + " contains the pronunciation of its text within the text",
                            "ask the source to leave it out, or open the workbook in Excel and save it");
                }
            }
            default -> {}
        }
    }

    private void startRow(@Nullable String number) {
        if (isInRow) {
            throw corrupt(file, "a row within a row");
        }
        isInRow = true;
        int before = rowNumber;
        rowNumber = number == null ? before + 1 : number(number);
        if (rowNumber < 1 || rowNumber > MAX_ROW) {
            throw corrupt(file, "the number of a row");
        }
        if (rowNumber <= before) {
            throw damaged(file, "row " + rowNumber + " comes after row " + before);
        }
        rows++;
        columnsOfRow.clear();
        column = -1;
    }

    private void startCell(@Nullable String address, @Nullable String cellType) {
        cells++;
        type = cellType;
        hasFormula = false;
        hasEmptyValue = false;
        Range place = address == null ? null : range(address);
        if (address != null && place == null) {
            throw corrupt(file, "the address of a cell");
        }
        column = place == null ? column + 1 : place.firstColumn();
        if (columnsOfRow.get(column)) {
            throw damaged(file, "the cell " + letters(column) + rowNumber + " occurs twice");
        }
        columnsOfRow.set(column);
    }

    private void startPart(String element) {
        part = element;
        partLength = 0;
        index.setLength(0);
    }

    private void text(XMLStreamReader xml) {
        if (part == null) {
            return;
        }
        partLength += xml.getTextLength();
        int limit =
                switch (part) {
                    case "f" -> MAX_FORMULA;
                    case "v" -> "str".equals(type) ? MAX_TEXT : MAX_NUMBER;
                    default -> MAX_TEXT;
                };
        if (partLength > limit) {
            throw corrupt(file, "the length of a text, number or formula");
        }
        if ("s".equals(type) && "v".equals(part)) {
            index.append(xml.getText());
        }
    }

    private void end(String element) {
        if (element.equals("sheetData")) {
            isInSheetData = false;
        } else if (element.equals("row") && isInSheetData) {
            isInRow = false;
        } else if (element.equals("c") && isInSheetData) {
            boolean mayBeFormula = hasFormula || arrayFormulas > 0;
            if (mayBeFormula && hasEmptyValue && !"str".equals(type)) {
                emptyResults.computeIfAbsent(column, any -> new BitSet()).set(rows - 1);
            }
        } else if (element.equals(part)) {
            hasEmptyValue |= element.equals("v") && partLength == 0;
            if (!index.isEmpty()) {
                checkIndex(file, index.toString(), sharedTexts);
                index.setLength(0);
            }
            part = null;
        }
    }

    private void addMerged(@Nullable String ref) {
        Range range = range(ref);
        if (range == null || merged.size() == MAX_RANGES) {
            throw corrupt(file, "its merged cells");
        }
        merged.add(range);
    }

    /** Letters of a 0-based column. */
    static String letters(int column) {
        StringBuilder letters = new StringBuilder();
        for (int rest = column + 1; rest > 0; rest = (rest - 1) / 26) {
            letters.insert(0, (char) ('A' + (rest - 1) % 26));
        }
        return letters.toString();
    }

    /** The number of a row; 0 if invalid. */
    private static int number(String row) {
        return row.matches("[0-9]{1,7}") ? Integer.parseInt(row) : 0;
    }

    private static void checkIndex(FeedFile file, String index, int sharedTexts) {
        if (!index.isEmpty() && (!index.matches("[0-9]{1,9}") || Integer.parseInt(index) >= sharedTexts)) {
            throw corrupt(file, "a reference to a shared text");
        }
    }

    private static @Nullable Range range(@Nullable String text) {
        if (text == null) {
            return null;
        }
        String[] ends = text.split(":", 2);
        Matcher first = ADDRESS.matcher(ends[0]);
        Matcher last = ADDRESS.matcher(ends[ends.length - 1]);
        if (!first.matches() || !last.matches()) {
            return null;
        }
        Range range = new Range(
                column(first.group(1)),
                Integer.parseInt(first.group(2)) - 1,
                column(last.group(1)),
                Integer.parseInt(last.group(2)) - 1,
                text);
        return range.lastRow() >= MAX_ROW || range.firstRow() < 0 || range.lastColumn() >= 16_384 ? null : range;
    }

    private static int column(String letters) {
        int column = 0;
        for (int position = 0; position < letters.length(); position++) {
            column = column * 26 + letters.charAt(position) - 'A' + 1;
        }
        return column - 1;
    }

    private static RuntimeException corrupt(FeedFile file, String what) {
        return damaged(file, what + " is not possible in a sheet");
    }

    private static RuntimeException damaged(FeedFile file, String what) {
        return file.badData(
                "",
                "the sheet is damaged: " + what,
                "check what the source delivered, or open it in Excel and save it");
    }
}
