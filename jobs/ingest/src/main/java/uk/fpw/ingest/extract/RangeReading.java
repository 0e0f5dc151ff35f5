package uk.fpw.ingest.extract;

import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import uk.fpw.ingest.bucket.ExtractedRow;
import uk.fpw.ingest.bucket.ExtractedRows;
import uk.fpw.ingest.row.RowParser;
import uk.fpw.ingest.source.SourceRow;
import uk.fpw.ingest.source.SourceRows;
import uk.fpw.warehouse.privacy.KeptOut;
import uk.fpw.warehouse.store.load.row.RowVersion;

/**
 * Reads one range of a source row by row, independently of others; each row is readable, refused or kept out. For
 * a single thread.
 */
final class RangeReading implements ParallelTasks.Piece {

    private static final int PROGRESS_ROWS = 1000;

    private final SourceRows rows;
    private final RowParser parser;
    private final KeptOut.Matcher keptOutRows;
    private final @Nullable ClosedEarlier closedEarlier;
    private final boolean isKeyedByRow;
    private final ExtractedRows extracted;
    private final @Nullable ItemSpellings spellings;
    private final @Nullable NewestDate newest;
    private final ReadProgress progress;
    private final Map<String, Long> unreadable = new TreeMap<>();
    private long count;
    private long keptOut;

    /**
     * A reading before it starts.
     *
     * @param prepared says which rows are kept out
     * @param extracted receives the rows of this range
     * @param progress progress over all ranges
     */
    RangeReading(
            LoadContext load,
            LoadPreparation prepared,
            SourceRows rows,
            ExtractedRows extracted,
            ReadProgress progress) {
        this.rows = rows;
        this.parser = new RowParser(load.feed(), load.pseudonymiser(), rows);
        this.keptOutRows = prepared.keptOut().matcher();
        this.closedEarlier = prepared.closedEarlier();
        this.isKeyedByRow = load.feed().isKeyedByRow();
        this.extracted = extracted;
        this.newest = NewestDate.of(load.feed(), load.businessDate());
        this.spellings = ItemSpellings.of(load.feed());
        this.progress = progress;
    }

    /** Reads the range to its end. */
    @Override
    public void run() {
        for (SourceRow row = rows.next(); row != null; row = rows.next()) {
            count++;
            if (count % PROGRESS_ROWS == 0) {
                progress.add(PROGRESS_ROWS);
            }
            if (parser.isKeptOut(row, keptOutRows) || (closedEarlier != null && closedEarlier.isKeptOut(row, parser))) {
                keepOut(row);
            } else {
                extracted.add(read(row));
            }
        }
    }

    @Override
    public void cancel() {
        rows.cancel();
    }

    /** Adds the result of the next range. */
    void include(RangeReading next) {
        extracted.append(next.extracted, count);
        rows.include(next.rows);
        if (spellings != null && next.spellings != null) {
            spellings.include(next.spellings);
        }
        count += next.count;
        keptOut += next.keptOut;
        next.unreadable.forEach((column, values) -> unreadable.merge(column, values, Long::sum));
    }

    SourceRows rows() {
        return rows;
    }

    /** Number of rows read. */
    long count() {
        return count;
    }

    /** Number of these that were removed from the warehouse and are not in the extract. */
    long keptOut() {
        return keptOut;
    }

    /** By column, the number of values that could not be read and are stored as null. */
    Map<String, Long> unreadable() {
        return unreadable;
    }

    /** The newest date in the rows; null if the feed is not dated by a column. Files are read as a single range. */
    @Nullable
    NewestDate newest() {
        return newest;
    }

    /** Spellings of items; null if they are not texts. */
    @Nullable
    ItemSpellings spellings() {
        return spellings;
    }

    /** Of a row that is kept out, only its date remains: that of the delivery. */
    private void keepOut(SourceRow row) {
        keptOut++;
        if (newest != null) {
            RowVersion version = parser.read(row, parser.key(row)).version();
            if (version != null) {
                newest.add(version);
            }
        }
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

    /** The key in a feed keyed by row; null if the content of the row could not be read. */
    private static @Nullable String contentKey(RowParser.Outcome outcome) {
        if (outcome.version() != null) {
            return outcome.version().key();
        }
        return outcome.refused() == null ? null : outcome.refused().key();
    }
}
