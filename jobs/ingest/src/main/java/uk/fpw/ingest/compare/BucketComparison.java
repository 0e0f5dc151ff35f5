package uk.fpw.ingest.compare;

import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import uk.fpw.ingest.bucket.CurrentRowBuckets;
import uk.fpw.ingest.bucket.ExtractedRow;
import uk.fpw.ingest.bucket.ExtractedRows;
import uk.fpw.ingest.row.RepeatedKeys;
import uk.fpw.ingest.row.RowKeys;
import uk.fpw.warehouse.store.load.RefusedRow;
import uk.fpw.warehouse.store.load.current.CurrentRow;
import uk.fpw.warehouse.store.load.key.IndexMemory;
import uk.fpw.warehouse.store.load.key.KeyIndex;
import uk.fpw.warehouse.store.load.key.RowHash;
import uk.fpw.warehouse.store.load.row.RowVersion;

/**
 * Compares extracted and current rows of one bucket. All rows with the same key are in the same bucket, so buckets are
 * independent.
 */
final class BucketComparison {

    private static final long SEEN = 1;
    private static final long CHANGED = 2;
    private static final long FORMER_HASH = 4;
    private static final long MARKS = SEEN | CHANGED | FORMER_HASH;

    private final ComparisonPart part;
    private final ExtractComparison whole;
    private final RowTally tally;
    private final RefusedRowBuffer refusedRows;
    private final boolean isKeyedByRow;
    private final boolean isItemPerRow;
    private final @Nullable String order;
    private final IndexMemory memory;
    private final int bucket;
    private final Set<String> deletedKeys = new HashSet<>();
    private final KeyIndex index;

    BucketComparison(ComparisonPart part, ExtractComparison whole, int bucket, long knownRows) {
        this.part = part;
        this.whole = whole;
        this.tally = part.tally();
        this.refusedRows = whole.refusedRows();
        this.isKeyedByRow = whole.load().feed().isKeyedByRow();
        this.isItemPerRow = whole.load().feed().isItemPerRow();
        this.order = whole.load().feed().order();
        this.memory = whole.load().memory();
        this.bucket = bucket;
        this.index = new KeyIndex(memory, knownRows);
    }

    /** Compares, writes new versions and records which current rows they affect. */
    void compare(ExtractedRows rows, CurrentRowBuckets known) {
        known.forEach(bucket, this::addCurrent);
        if (isKeyedByRow) {
            matchByContent(rows);
        } else {
            matchByKey(rows);
        }
        known.forEach(bucket, this::sort);
    }

    /** Releases the memory. */
    void release() {
        index.release();
    }

    private void addCurrent(CurrentRow row) {
        long mark = RowHash.isFormer(row.rowHash()) ? FORMER_HASH : 0;
        index.put(row.key(), RowHash.first(row.rowHash()), RowHash.second(row.rowHash()) | mark);
    }

    private void matchByContent(ExtractedRows rows) {
        RowKeys keys = new RowKeys(memory, rows.count(bucket));
        try {
            rows.forEach(bucket, row -> matchByContent(row, keys));
        } finally {
            keys.release();
        }
    }

    private void matchByContent(ExtractedRow row, RowKeys keys) {
        RowVersion version = row.version();
        if (version == null || row.key() == null) {
            refuse(row.refused());
            return;
        }
        String key = keys.next(row.key());
        acceptVersion(row, version.keyed(key, isItemPerRow ? key : version.item()), countKey(key));
    }

    private void matchByKey(ExtractedRows rows) {
        RepeatedKeys repeated = new RepeatedKeys(whole.load().source().numbering(), order, memory, rows.count(bucket));
        try {
            rows.forEach(bucket, row -> {
                // Without an order column, a row that the source still has is later than a row marked as deleted.
                if (row.key() != null && (order != null || !row.isMarkedDeleted())) {
                    repeated.note(row.key(), row.line(), row.contentHash(), row.order());
                }
            });
            rows.forEach(bucket, row -> matchByKey(row, repeated));
        } finally {
            repeated.release();
        }
    }

    private void matchByKey(ExtractedRow row, RepeatedKeys repeated) {
        String key = row.key();
        if (key == null) {
            refuse(row.refused());
            return;
        }
        int place = countKey(key);
        RefusedRow contradicted = row.isMarkedDeleted() && order == null ? null : repeated.refused(key, row.line());
        if (whole.laterFileKeys().holds(key)) {
            tally.late++;
        } else if (repeated.isSuperseded(key, row.order())) {
            tally.superseded++;
        } else if (contradicted != null) {
            refuse(contradicted);
        } else if (row.isMarkedDeleted()) {
            acceptDeleted(row, key, place, order == null && repeated.holds(key));
        } else if (row.version() == null) {
            refuse(row.refused());
        } else if (repeated.isRepeat(key, row.line())) {
            tally.repeated++;
        } else {
            acceptVersion(row, row.version(), place);
        }
    }

    private void acceptVersion(ExtractedRow row, RowVersion version, int place) {
        if (place >= 0 && isUnchanged(place, version)) {
            tally.unchanged++;
            return;
        }
        tally.loaded++;
        part.loadedValues().add(version);
        if (place < 0) {
            tally.newKeys++;
        } else {
            index.second(place, index.second(place) | CHANGED);
        }
        if (place >= 0 || isKeyedByRow) {
            part.lostValues().add(version);
        }
        countIfMissed(row, place);
        if (version.isAmbiguous()) {
            tally.flagged++;
        }
        part.write(version, row.number());
    }

    /**
     * A row marked as deleted in the source. It has an effect only if its key is current and no other row of this
     * extract has it. Its other values are not examined.
     */
    private void acceptDeleted(ExtractedRow row, String key, int place, boolean isAlive) {
        if (place < 0 || isAlive || !deletedKeys.add(key)) {
            tally.unchanged++;
        } else {
            tally.loaded++;
            countIfMissed(row, place);
        }
    }

    /** Classifies a current row by the effect of the extract. */
    private void sort(CurrentRow row) {
        long marks = index.second(index.find(row.key()));
        if (deletedKeys.contains(row.key())) {
            whole.markedDeleted().add(part.number(), row);
        } else if ((marks & CHANGED) != 0) {
            whole.changed().add(part.number(), row);
        } else if ((marks & SEEN) == 0 && whole.isCompared(row)) {
            whole.missing().add(part.number(), row);
        }
    }

    /** The place of a key in the index of current rows, marking it as seen; -1 if it is not current. */
    private int countKey(String key) {
        int place = index.find(key);
        if (place >= 0) {
            index.second(place, index.second(place) | SEEN);
        }
        return place;
    }

    private boolean isUnchanged(int place, RowVersion version) {
        String rowHash = (index.second(place) & FORMER_HASH) == 0
                ? String.valueOf(version.rowHash())
                : part.formerRowHash(version);
        return index.first(place) == RowHash.first(rowHash)
                && (index.second(place) & ~MARKS) == RowHash.second(rowHash);
    }

    /** Counts a changed row that an incremental read would have missed. */
    private void countIfMissed(ExtractedRow row, int place) {
        if (!row.isMissedByCursor()) {
            return;
        }
        if (place < 0) {
            tally.missedNew++;
        } else {
            tally.missedChanged++;
        }
    }

    private void refuse(@Nullable RefusedRow refused) {
        if (refused == null) {
            throw new IllegalStateException("a row that is not loaded was refused without a reason");
        }
        refusedRows.add(refused);
    }
}
