package uk.fpw.ingest.xlsx;

import java.util.Locale;
import uk.fpw.ingest.file.FeedFile;
import uk.fpw.ingest.file.FileConnector;
import uk.fpw.ingest.source.SourceRows;
import uk.fpw.warehouse.force.feed.FormatCheck;

/** One sheet of an Excel workbook. */
public final class XlsxConnector implements FileConnector {

    @Override
    public String kind() {
        return "xlsx";
    }

    @Override
    public void check(FormatCheck feed) {
        String file = feed.file();
        if (file != null && file.toLowerCase(Locale.ROOT).endsWith(".gz")) {
            feed.report(
                    "file",
                    "'" + file + "' ends in .gz, but a workbook is packed already and is read as it is",
                    "have the source deliver it without gzip");
        }
    }

    @Override
    public SourceRows open(FeedFile file) {
        return XlsxRows.open(file, options(file.dropped().format()));
    }
}
