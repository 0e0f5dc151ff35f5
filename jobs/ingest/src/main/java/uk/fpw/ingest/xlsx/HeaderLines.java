package uk.fpw.ingest.xlsx;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import uk.fpw.ingest.xlsx.WorkbookPreview.RowPreview;

/** The names of columns whose header has several lines, such as groups of columns above their names. */
final class HeaderLines {

    private HeaderLines() {}

    /**
     * The names, by column from 0: the texts of a column from top to bottom, joined by a blank. A text in merged cells
     * is that of all of them; one that comes twice in a column counts once.
     *
     * @param lines of the header, in order
     */
    static SortedMap<Integer, String> names(List<RowPreview> lines, List<SheetScan.Range> merged) {
        if (lines.size() == 1) {
            return lines.get(0).texts();
        }
        SortedMap<Integer, Set<String>> texts = new TreeMap<>();
        for (RowPreview line : lines) {
            SortedMap<Integer, String> whole = new TreeMap<>(line.texts());
            for (SheetScan.Range range : merged) {
                String text = line.texts().get(range.firstColumn());
                if (text != null && range.firstRow() == line.number() - 1) {
                    for (int column = range.firstColumn(); column <= range.lastColumn(); column++) {
                        whole.putIfAbsent(column, text);
                    }
                }
            }
            whole.forEach((column, text) -> texts.computeIfAbsent(column, first -> new LinkedHashSet<>())
                    .add(text));
        }
        SortedMap<Integer, String> names = new TreeMap<>();
        for (Map.Entry<Integer, Set<String>> column : texts.entrySet()) {
            names.put(column.getKey(), String.join(" ", column.getValue()));
        }
        return names;
    }
}
