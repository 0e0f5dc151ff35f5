package uk.fpw.ingest;

import org.jspecify.annotations.Nullable;
import uk.fpw.ingest.row.RepeatedKeys;
import uk.fpw.ingest.row.RowReader;
import uk.fpw.ingest.source.RowSource;
import uk.fpw.ingest.source.SourceRow;
import uk.fpw.ingest.source.SourceRows;
import uk.fpw.warehouse.load.Watermark;

/**
 * What a first reading of a whole source found.
 *
 * @param rows rows after the header
 * @param digest SHA-256 (hex) of the file
 * @param repeated keys that the file holds more than once
 * @param cursor what it told of the feed's cursor; null if the feed has none
 */
record Inspection(
        long rows,
        String digest,
        RepeatedKeys repeated,
        @Nullable CursorReading cursor) {

    /**
     * Reads everything once.
     *
     * @throws uk.fpw.warehouse.run.NightFailure with {@code BAD_DATA} if the cursor does not go on where the last load ended
     */
    static Inspection of(LoadContext load, ChangePlan plan) {
        Inspection found = read(load, plan);
        if (found.cursor() != null) {
            found.cursor().check();
        }
        return found;
    }

    private static Inspection read(LoadContext load, ChangePlan plan) {
        RowSource source = load.source();
        RepeatedKeys repeated = new RepeatedKeys(source.numbering(), load.memory());
        CursorReading cursor = load.cursor() == null ? null : new CursorReading(load, load.cursor(), plan.watermark());
        Progress progress = new Progress(load.feed().name() + ": inspecting " + source.name());
        long count = 0;
        try (SourceRows rows = source.open()) {
            RowReader reader = new RowReader(load.feed(), load.pseudonyms(), rows.width());
            for (SourceRow row = rows.next(); row != null; row = rows.next()) {
                count++;
                progress.row();
                String key = reader.key(row);
                if (cursor != null) {
                    cursor.note(key, rows);
                }
                if (key != null && !reader.isDeleted(row)) {
                    repeated.note(key, row);
                }
            }
            if (cursor != null) {
                cursor.end(rows);
            }
            return new Inspection(count, rows.digest(), repeated, cursor);
        }
    }

    /** Up to where changes are known after the load; null if they are not found by a cursor. */
    @Nullable
    Watermark watermark() {
        return cursor == null ? null : cursor.watermark();
    }
}
