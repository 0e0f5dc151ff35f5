package uk.fpw.ingest;

import uk.fpw.ingest.row.RepeatedKeys;
import uk.fpw.ingest.row.RowReader;
import uk.fpw.ingest.source.RowSource;
import uk.fpw.ingest.source.SourceRow;
import uk.fpw.ingest.source.SourceRows;

/**
 * What a first reading of a whole source found.
 *
 * @param rows rows after the header
 * @param digest SHA-256 (hex) of the file
 * @param repeated keys that the file holds more than once
 */
record Inspection(long rows, String digest, RepeatedKeys repeated) {

    /** Reads everything once. */
    static Inspection of(LoadContext load) {
        RowSource source = load.source();
        RepeatedKeys repeated = new RepeatedKeys(source.numbering());
        Progress progress = new Progress(load.feed().name() + ": inspecting " + source.name());
        long count = 0;
        try (SourceRows rows = source.open()) {
            RowReader reader = new RowReader(load.feed(), load.pseudonyms(), rows.width());
            for (SourceRow row = rows.next(); row != null; row = rows.next()) {
                count++;
                progress.row();
                String key = reader.key(row);
                if (key != null && !reader.isDeleted(row)) {
                    repeated.note(key, row);
                }
            }
            return new Inspection(count, rows.digest(), repeated);
        }
    }
}
