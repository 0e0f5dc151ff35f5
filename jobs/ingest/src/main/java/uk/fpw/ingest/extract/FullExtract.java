package uk.fpw.ingest.extract;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import uk.fpw.ingest.bucket.ExtractedRows;
import uk.fpw.ingest.source.ReadAheadRows;
import uk.fpw.ingest.source.RowSource;
import uk.fpw.ingest.source.SourceRows;
import uk.fpw.warehouse.store.load.Watermark;

/**
 * The complete content of a source, read once.
 *
 * @param prepared preparation of the load
 * @param received number of rows read
 * @param keptOut number of these that are not in the rows, because they were removed from the warehouse
 * @param unreadable by column, the number of values that could not be read and are stored as null
 * @param digest SHA-256 (hex) of the file, or of the sum of row hashes of a database
 * @param delivery date of the data
 * @param cursor cursor of the feed; null if there is none
 * @param spellings spellings of items; null if they are not texts
 * @param rows all other rows, readable or refused; open until the load ends
 */
public record FullExtract(
        LoadPreparation prepared,
        long received,
        long keptOut,
        Map<String, Long> unreadable,
        String digest,
        DeliveryDate delivery,
        @Nullable CursorReading cursor,
        @Nullable ItemSpellings spellings,
        ExtractedRows rows)
        implements LoadStage {

    /**
     * Reads the source once.
     *
     * @param rows receives the rows
     * @throws uk.fpw.warehouse.failure.FpwException with {@code BAD_DATA} if the source does not match the feed or the
     *     cursor does not continue where the last load ended, {@code UNAVAILABLE} if it cannot be read completely,
     *     changes meanwhile or is too old
     */
    public static FullExtract read(LoadContext load, LoadPreparation prepared, ExtractedRows rows) {
        FullExtract extract = readAll(load, prepared, rows);
        if (extract.cursor() != null) {
            extract.cursor().check();
        }
        return extract;
    }

    private static FullExtract readAll(LoadContext load, LoadPreparation prepared, ExtractedRows extracted) {
        CursorReading cursor = load.cursor() == null
                ? null
                : new CursorReading(load, load.cursor(), prepared.plan().watermark());
        if (cursor != null) {
            cursor.checkIdentity();
        }
        ReadProgress progress = new ReadProgress(
                load.feed().name() + ": reading " + load.source().name());
        List<SourceRows> opened = opened(load.source(), cursor != null);
        List<RangeReading> ranges = new ArrayList<>();
        List<ExtractedRows> parts = new ArrayList<>();
        try {
            for (SourceRows rows : opened) {
                ExtractedRows part = ranges.isEmpty() ? extracted : prepared.newRows();
                parts.add(part);
                ranges.add(new RangeReading(load, prepared, rows, part, progress));
            }
            ParallelTasks.run(ranges);
            RangeReading all = ranges.get(0);
            ranges.subList(1, ranges.size()).forEach(all::include);
            if (cursor != null) {
                cursor.end(all.rows());
            }
            parts.clear();
            String digest = all.rows().digest();
            DeliveryDate delivery = DeliveryDate.of(load, all.count(), digest, all.newest());
            return new FullExtract(
                    prepared,
                    all.count(),
                    all.keptOut(),
                    all.unreadable(),
                    digest,
                    delivery,
                    cursor,
                    all.spellings(),
                    extracted);
        } finally {
            parts.forEach(ExtractedRows::close);
            opened.forEach(SourceRows::close);
        }
    }

    /**
     * The readers of the source. A single reader uses read-ahead, unless there is a cursor, which needs the last row
     * read.
     */
    private static List<SourceRows> opened(RowSource source, boolean hasCursor) {
        List<SourceRows> ranges = source.openRanges();
        return ranges.size() > 1 || hasCursor ? ranges : List.of(ReadAheadRows.of(ranges.get(0)));
    }

    /** The same with additional rows of the source, which are read completely and closed. */
    public FullExtract with(LoadContext load, SourceRows more) {
        ReadProgress progress = new ReadProgress(
                load.feed().name() + ": reading " + load.source().name() + " again, where it differs");
        ExtractedRows further = prepared.newRows();
        try (more) {
            RangeReading reading = new RangeReading(load, prepared, more, further, progress);
            reading.run();
            rows.append(further, received);
            Map<String, Long> values = new TreeMap<>(unreadable);
            reading.unreadable().forEach((column, count) -> values.merge(column, count, Long::sum));
            return new FullExtract(
                    prepared,
                    received + reading.count(),
                    keptOut + reading.keptOut(),
                    values,
                    digest,
                    delivery,
                    cursor,
                    spellings,
                    rows);
        } catch (RuntimeException failed) {
            further.close();
            throw failed;
        }
    }

    /** The watermark after the load; null if changes are not found by a cursor. */
    @Nullable
    public Watermark watermark() {
        return cursor == null ? null : cursor.watermark();
    }
}
