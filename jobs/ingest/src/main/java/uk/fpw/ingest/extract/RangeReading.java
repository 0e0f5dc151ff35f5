package uk.fpw.ingest.extract;

import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import uk.fpw.ingest.bucket.ExtractedRow;
import uk.fpw.ingest.bucket.ExtractedRows;
import uk.fpw.ingest.row.RowParser;
import uk.fpw.ingest.source.SourceRow;
import uk.fpw.ingest.source.SourceRows;
import uk.fpw.warehouse.store.load.row.RowVersion;

/**
 * Reads one range of a source row by row, without looking at others: each row is readable or refused. For one thread,
 * which may be another than those of other ranges.
 */
final class RangeReading implements ParallelTasks.Piece {

    private static final int PROGRESS_ROWS = 1000;

    private final SourceRows rows;
    private final RowParser parser;
    private final boolean isKeyedByRow;
    private final ExtractedRows extracted;
    private final @Nullable ItemSpellings spellings;
    private final @Nullable NewestDate newest;
    private final ReadProgress progress;
    private final Map<String, Long> unreadable = new TreeMap<>();
    private long count;

    /**
     * Nothing was read yet.
     *
     * @param extracted takes the rows of this range
     * @param progress of all ranges
     */
    RangeReading(LoadContext load, SourceRows rows, ExtractedRows extracted, ReadProgress progress) {
        this.rows = rows;
        this.parser = new RowParser(load.feed(), load.pseudonymiser(), rows);
        this.isKeyedByRow = load.feed().isKeyedByRow();
        this.extracted = extracted;
        this.newest = NewestDate.of(load.feed(), load.businessDate());
        this.spellings = ItemSpellings.of(load.feed());
        this.progress = progress;
    }

    /** Reads to the end. */
    @Override
    public void run() {
        for (SourceRow row = rows.next(); row != null; row = rows.next()) {
            count++;
            if (count % PROGRESS_ROWS == 0) {
                progress.add(PROGRESS_ROWS);
            }
            extracted.add(read(row));
        }
    }

    @Override
    public void cancel() {
        rows.cancel();
    }

    /** Takes what the range behind this one has read. */
    void include(RangeReading next) {
        extracted.append(next.extracted, count);
        rows.include(next.rows);
        if (spellings != null && next.spellings != null) {
            spellings.include(next.spellings);
        }
        count += next.count;
        next.unreadable.forEach((column, values) -> unreadable.merge(column, values, Long::sum));
    }

    SourceRows rows() {
        return rows;
    }

    /** Rows that were read. */
    long count() {
        return count;
    }

    /** By column, values that could not be read and are stored as empty. */
    Map<String, Long> unreadable() {
        return unreadable;
    }

    /** The newest date of its rows; null if no column dates them. Files are read in one range. */
    @Nullable
    NewestDate newest() {
        return newest;
    }

    /** How its items are written; null if they are no texts. */
    @Nullable
    ItemSpellings spellings() {
        return spellings;
    }

    private ExtractedRow read(SourceRow row) {
        String key = parser.key(row);
        if (key != null && parser.isDeleted(row)) {
            return new ExtractedRow(count, row.line(), key, 0, row.isMissedByCursor(), null, null, parser.order(row));
        }
        RowParser.Outcome outcome = parser.read(row, key);
        RowVersion version = outcome.version();
        if (spellings != null && version != null) {
            spellings.add(row, version);
        }
        if (newest != null && version != null) {
            newest.add(version);
        }
        if (version != null && version.flags() != null) {
            for (String flag : version.flags().split(",", -1)) {
                if (flag.endsWith(RowVersion.UNREADABLE)) {
                    unreadable.merge(flag.substring(0, flag.indexOf(':')), 1L, Long::sum);
                }
            }
        }
        String known = isKeyedByRow ? contentKey(outcome) : key;
        return new ExtractedRow(
                count,
                row.line(),
                known,
                row.contentHash(),
                row.isMissedByCursor(),
                outcome.version(),
                outcome.refused(),
                parser.order(row));
    }

    /** In a feed keyed by row; null if the row's content could not be read. */
    private static @Nullable String contentKey(RowParser.Outcome outcome) {
        if (outcome.version() != null) {
            return outcome.version().key();
        }
        return outcome.refused() == null ? null : outcome.refused().key();
    }
}
