package uk.fpw.ingest.parquet;

import java.util.Locale;
import java.util.Set;
import uk.fpw.ingest.file.FeedFile;
import uk.fpw.ingest.file.FileConnector;
import uk.fpw.ingest.source.SourceRows;
import uk.fpw.warehouse.force.feed.FormatCheck;

/** A Parquet file. */
public final class ParquetConnector implements FileConnector {

    @Override
    public String kind() {
        return "parquet";
    }

    @Override
    public void check(FormatCheck feed) {
        String file = feed.file();
        if (file != null && file.toLowerCase(Locale.ROOT).endsWith(".gz")) {
            feed.report(
                    "file",
                    "'" + file + "' ends in .gz, but a Parquet file is packed inside and is read as it is",
                    "have the source deliver it without gzip");
        }
    }

    @Override
    public SourceRows open(FeedFile file) {
        return ParquetRows.open(
                file, Set.copyOf(options(file.dropped().format()).texts("null_markers")));
    }
}
