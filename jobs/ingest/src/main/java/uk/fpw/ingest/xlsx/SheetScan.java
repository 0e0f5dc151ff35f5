package uk.fpw.ingest.xlsx;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;
import org.jspecify.annotations.Nullable;
import uk.fpw.ingest.file.FeedFile;

/**
 * A look through a sheet before its rows are read: what stands behind them in the file, and whether its cells have addresses and texts that a sheet can have.
 *
 * @param merged ranges of merged cells
 */
record SheetScan(List<Range> merged) {

    private static final int MAX_ROW = 1_048_576;
    private static final int MAX_TEXT = 1_000_000;

    /** The library looks for each cell through all array formulas, which newer versions of Excel write for many functions; this many take half a minute. */
    private static final long MAX_COMPARISONS = 2_000_000_000L;

    private static final int MAX_RANGES = 100_000;
    private static final Pattern ADDRESS = Pattern.compile("\\$?([A-Z]{1,3})\\$?([0-9]{1,7})");

    /**
     * A range of cells, all counted from 0, its ends included.
     */
    record Range(int firstColumn, int firstRow, int lastColumn, int lastRow, String text) {}

    /**
     * Reads the sheet to its end.
     *
     * @param sharedTexts texts that cells may refer to
     */
    static SheetScan of(FeedFile file, XMLStreamReader xml, int sharedTexts) throws XMLStreamException {
        List<Range> merged = new ArrayList<>();
        boolean isShared = false;
        long cells = 0;
        long arrayFormulas = 0;
        StringBuilder index = null;
        long textLength = 0;
        while (xml.hasNext()) {
            int event = xml.next();
            if (event == XMLStreamReader.START_ELEMENT) {
                switch (xml.getLocalName()) {
                    case "c" -> {
                        cells++;
                        isShared = "s".equals(xml.getAttributeValue(null, "t"));
                        textLength = 0;
                        checkAddress(file, xml.getAttributeValue(null, "r"));
                    }
                    case "row" -> checkRow(file, xml.getAttributeValue(null, "r"));
                    case "f" -> arrayFormulas += "array".equals(xml.getAttributeValue(null, "t")) ? 1 : 0;
                    case "v" -> index = isShared ? new StringBuilder() : null;
                    case "mergeCell" -> {
                        Range range = range(xml.getAttributeValue(null, "ref"));
                        if (range == null || merged.size() == MAX_RANGES) {
                            throw unsound(file, "its merged cells");
                        }
                        merged.add(range);
                    }
                    default -> {}
                }
            } else if (event == XMLStreamReader.CHARACTERS || event == XMLStreamReader.CDATA) {
                textLength += xml.getTextLength();
                if (textLength > MAX_TEXT) {
                    throw unsound(file, "the length of a text");
                }
                if (index != null) {
                    index.append(xml.getText());
                }
            } else if (event == XMLStreamReader.END_ELEMENT
                    && index != null
                    && xml.getLocalName().equals("v")) {
                checkIndex(file, index.toString(), sharedTexts);
                index = null;
            }
        }
        if (cells * arrayFormulas > MAX_COMPARISONS) {
            throw file.badData(
                    "",
                    "the sheet has " + arrayFormulas + " array formulas for " + cells
                            + " cells, each of which would be looked up among all of them",
                    "have the source deliver it with values in place of formulas");
        }
        return new SheetScan(List.copyOf(merged));
    }

    /** Letters of a column that is counted from 0. */
    static String letters(int column) {
        StringBuilder letters = new StringBuilder();
        for (int rest = column + 1; rest > 0; rest = (rest - 1) / 26) {
            letters.insert(0, (char) ('A' + (rest - 1) % 26));
        }
        return letters.toString();
    }

    private static void checkAddress(FeedFile file, @Nullable String address) {
        if (address != null && range(address) == null) {
            throw unsound(file, "the address of a cell");
        }
    }

    private static void checkRow(FeedFile file, @Nullable String row) {
        if (row != null && (!row.matches("[0-9]{1,7}") || Integer.parseInt(row) > MAX_ROW)) {
            throw unsound(file, "the number of a row");
        }
    }

    private static void checkIndex(FeedFile file, String index, int sharedTexts) {
        if (!index.isEmpty() && (!index.matches("[0-9]{1,9}") || Integer.parseInt(index) >= sharedTexts)) {
            throw unsound(file, "a reference to a shared text");
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

    private static RuntimeException unsound(FeedFile file, String what) {
        return file.badData(
                "",
                "the sheet is damaged: " + what + " is none that a sheet can have",
                "see what the source delivered, or open it in Excel and save it");
    }
}
