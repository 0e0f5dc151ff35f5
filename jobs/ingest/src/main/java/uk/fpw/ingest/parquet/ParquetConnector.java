package uk.fpw.ingest.parquet;

import java.util.Set;
import uk.fpw.ingest.file.FeedFile;
import uk.fpw.ingest.file.FileConnector;
import uk.fpw.ingest.source.SourceRows;
import uk.fpw.warehouse.force.feed.FormatCheck;

/** Parquet files. */
public final class ParquetConnector implements FileConnector {

    @Override
    public String kind() {
        return "parquet";
    }

    @Override
    public void check(FormatCheck feed) {
        FileConnector.refuseGzip(feed, "Parquet has its own compression");
    }

    @Override
    public SourceRows open(FeedFile file) {
        return ParquetRows.open(
                file, Set.copyOf(options(file.dropped().format()).texts("null_markers")));
    }
}
