package uk.fpw.query;

import java.io.IOException;
import java.io.Writer;
import java.util.List;

/** Writes a result in one format. */
public interface ResultWriter {

    /**
     * Writes the rows.
     *
     * @param maxRows most rows to write
     */
    Written write(QueryResult result, long maxRows, Writer out) throws IOException;

    /**
     * What was written.
     *
     * @param hasMore whether the result had more rows than were written
     * @param isCut whether some values were shortened
     * @param omitted columns that did not fit
     */
    record Written(long rowCount, boolean hasMore, boolean isCut, List<String> omitted) {

        Written(long rowCount, boolean hasMore, boolean isCut) {
            this(rowCount, hasMore, isCut, List.of());
        }
    }
}
