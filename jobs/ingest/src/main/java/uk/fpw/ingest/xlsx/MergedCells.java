package uk.fpw.ingest.xlsx;

import java.util.List;
import org.jspecify.annotations.Nullable;
import uk.fpw.ingest.file.FeedFile;
import uk.fpw.warehouse.force.feed.Feed;

/** Merged cells below a header. They have a value only in the first cell, so rows below it would silently have none. */
final class MergedCells {

    private final FeedFile file;
    private final int[] columns;
    private final List<SheetScan.Range> ranges;

    /**
     * Those in columns that are loaded.
     *
     * @param columns of the sheet, by column of the feed
     */
    MergedCells(FeedFile file, List<SheetScan.Range> all, int[] columns, long headerRow) {
        this.file = file;
        this.columns = columns;
        this.ranges = all.stream()
                .filter(range -> range.lastRow() >= headerRow && column(range) != null)
                .toList();
    }

    /** Fails the load of a row with such cells. */
    void refuse(long row) {
        for (SheetScan.Range range : ranges) {
            Feed.Column column = column(range);
            if (column != null && range.firstRow() < row && row <= range.lastRow() + 1) {
                throw file.badData(
                        ": row " + row + ", column \"" + column.from() + "\" (" + range.text() + ")",
                        "the cells are merged, so the value is only in the first of them",
                        "ask the source to deliver the sheet without merged cells below the header");
            }
        }
    }

    private Feed.@Nullable Column column(SheetScan.Range range) {
        for (int index = 0; index < columns.length; index++) {
            if (columns[index] >= range.firstColumn() && columns[index] <= range.lastColumn()) {
                return file.feed().columns().get(index);
            }
        }
        return null;
    }
}
