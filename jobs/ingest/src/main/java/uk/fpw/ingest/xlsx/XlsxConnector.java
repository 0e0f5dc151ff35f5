package uk.fpw.ingest.xlsx;

import uk.fpw.ingest.file.FeedFile;
import uk.fpw.ingest.file.FileConnector;
import uk.fpw.ingest.source.SourceRows;
import uk.fpw.warehouse.force.feed.FormatCheck;

/** A sheet of an Excel workbook. */
public final class XlsxConnector implements FileConnector {

    @Override
    public String kind() {
        return "xlsx";
    }

    @Override
    public void check(FormatCheck feed) {
        FileConnector.refuseGzip(feed, "a workbook is already compressed");
        Integer row = feed.options().wholeNumber("header_row");
        Integer lines = feed.options().wholeNumber("header_lines");
        if (lines != null && lines > 1 && (row == null || row < lines)) {
            feed.report(
                    "format.header_lines",
                    "is " + lines + (row == null ? ", without header_row" : ", more than header_row"),
                    "set header_row to the last line of the header");
        }
    }

    @Override
    public SourceRows open(FeedFile file) {
        return XlsxRows.open(file, options(file.dropped().format()));
    }
}
