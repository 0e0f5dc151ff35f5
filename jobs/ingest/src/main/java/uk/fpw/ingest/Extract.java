package uk.fpw.ingest;

import org.jspecify.annotations.Nullable;
import uk.fpw.ingest.bucket.ExtractedRow;
import uk.fpw.ingest.bucket.ExtractedRows;
import uk.fpw.ingest.row.RowReader;
import uk.fpw.ingest.source.RowSource;
import uk.fpw.ingest.source.SourceRow;
import uk.fpw.ingest.source.SourceRows;
import uk.fpw.warehouse.force.Feed;
import uk.fpw.warehouse.load.Watermark;

/**
 * Everything that a source holds, read once.
 *
 * @param prepared what was known before
 * @param received rows that were read
 * @param digest SHA-256 (hex) of the file, or of the sum of the hashes of its rows in a database
 * @param cursor what it told of the feed's cursor; null if the feed has none
 * @param rows every row, each readable or refused; open until the load ends
 */
record Extract(
        LoadPreparation prepared,
        long received,
        String digest,
        @Nullable CursorReading cursor,
        ExtractedRows rows) implements LoadStage {

    /**
     * Reads everything once.
     *
     * @param rows takes the rows
     * @throws uk.fpw.warehouse.run.NightFailure with {@code BAD_DATA} if the source is not what the feed declares or the cursor does not go on where the last load ended,
     *     {@code UNAVAILABLE} if it cannot be read to its end or changes meanwhile
     */
    static Extract read(LoadContext load, LoadPreparation prepared, ExtractedRows rows) {
        Extract extract = readAll(load, prepared, rows);
        if (extract.cursor() != null) {
            extract.cursor().check();
        }
        return extract;
    }

    private static Extract readAll(LoadContext load, LoadPreparation prepared, ExtractedRows extracted) {
        RowSource source = load.source();
        CursorReading cursor = load.cursor() == null
                ? null
                : new CursorReading(load, load.cursor(), prepared.plan().watermark());
        Progress progress = new Progress(load.feed().name() + ": reading " + source.name());
        long count = 0;
        try (SourceRows rows = source.open()) {
            OneRow reader = new OneRow(load.feed(), new RowReader(load.feed(), load.pseudonyms(), rows.width()));
            for (SourceRow row = rows.next(); row != null; row = rows.next()) {
                count++;
                progress.row();
                ExtractedRow read = reader.read(row, count);
                if (cursor != null) {
                    cursor.note(read.key(), rows);
                }
                extracted.add(read);
            }
            if (cursor != null) {
                cursor.end(rows);
            }
            return new Extract(prepared, count, rows.digest(), cursor, extracted);
        }
    }

    /** Up to where changes are known after the load; null if they are not found by a cursor. */
    @Nullable
    Watermark watermark() {
        return cursor == null ? null : cursor.watermark();
    }

    /** Reads row by row, without looking at others. */
    private static final class OneRow {

        private final RowReader reader;
        private final boolean isKeyedByRow;

        OneRow(Feed feed, RowReader reader) {
            this.reader = reader;
            this.isKeyedByRow = feed.isKeyedByRow();
        }

        ExtractedRow read(SourceRow row, long number) {
            String key = reader.key(row);
            if (key != null && reader.isDeleted(row)) {
                return new ExtractedRow(number, row.line(), key, 0, row.isMissedByCursor(), null, null);
            }
            RowReader.Outcome outcome = reader.read(row, key);
            String known = isKeyedByRow && outcome.version() != null
                    ? outcome.version().key()
                    : key;
            return new ExtractedRow(
                    number,
                    row.line(),
                    known,
                    row.contentHash(),
                    row.isMissedByCursor(),
                    outcome.version(),
                    outcome.refusal());
        }
    }
}
