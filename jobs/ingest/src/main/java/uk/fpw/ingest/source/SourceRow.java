package uk.fpw.ingest.source;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One row of a source, as text.
 *
 * @param line line in the file, counted from 1; of a row over several lines, the first. Of a database, its number in the extract
 * @param fieldCount fields in the row
 * @param texts texts of the feed's columns in their order, trimmed, null where there is no value; empty if the row has not as many fields as the header
 * @param isMissedByCursor whether it would not have been read if only changes were
 */
public record SourceRow(long line, int fieldCount, List<@Nullable String> texts, boolean isMissedByCursor) {

    /** A row of a source without a cursor. */
    public SourceRow(long line, int fieldCount, List<@Nullable String> texts) {
        this(line, fieldCount, texts, false);
    }

    /** Whether the row has as many fields as the header; its texts cannot be told apart otherwise. */
    public boolean isComplete() {
        return !texts.isEmpty();
    }
}
