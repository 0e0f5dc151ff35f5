package uk.fpw.ingest.file;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One row of a file, as text.
 *
 * @param line line in the file, counted from 1; of a row over several lines, the first
 * @param fieldCount fields in the row
 * @param texts texts of the feed's columns in their order, trimmed, null where a null marker stands; empty if the row has not as many fields as the header
 */
public record SourceRow(long line, int fieldCount, List<@Nullable String> texts) {

    /** Whether the row has as many fields as the header; its texts cannot be told apart otherwise. */
    public boolean isComplete() {
        return !texts.isEmpty();
    }
}
