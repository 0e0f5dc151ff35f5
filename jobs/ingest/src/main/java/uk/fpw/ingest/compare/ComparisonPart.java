package uk.fpw.ingest.compare;

import java.util.BitSet;
import uk.fpw.ingest.bucket.CurrentRowBuckets;
import uk.fpw.ingest.bucket.ExtractedRows;
import uk.fpw.ingest.extract.LoadContext;
import uk.fpw.ingest.extract.ParallelTasks;
import uk.fpw.warehouse.store.load.RawWriter;
import uk.fpw.warehouse.store.load.key.LegacyRowHash;
import uk.fpw.warehouse.store.load.row.RowVersion;

/**
 * The buckets that one thread compares, one after the other. It counts and writes independently; results about current
 * rows go to the shared {@link ExtractComparison}.
 */
final class ComparisonPart implements ParallelTasks.Piece {

    private final ExtractComparison whole;
    private final int number;
    private final BitSet buckets;
    private final CurrentRowBuckets known;
    private final RawWriter writer;
    private final RowTally tally = new RowTally();
    private final LegacyRowHash legacyRowHash;
    private final LostValues lostValues;
    private final LoadedValues loadedValues;
    private volatile boolean isCancelled;

    /**
     * Creates a part without comparing yet.
     *
     * @param number 0-based number of the part
     */
    ComparisonPart(ExtractComparison whole, int number, BitSet buckets, CurrentRowBuckets known, RawWriter writer) {
        LoadContext load = whole.load();
        this.whole = whole;
        this.number = number;
        this.buckets = buckets;
        this.known = known;
        this.writer = writer;
        this.legacyRowHash = new LegacyRowHash(load.feed());
        this.lostValues = new LostValues(load.feed(), load.columnsInUse());
        this.loadedValues = new LoadedValues(load.feed(), load.columnsInUse());
    }

    @Override
    public void run() {
        ExtractedRows rows = whole.extract().rows();
        buckets.stream().takeWhile(bucket -> !isCancelled).forEach(bucket -> {
            BucketComparison both = new BucketComparison(this, whole, bucket, known.count(bucket));
            try {
                both.compare(rows, known);
            } finally {
                both.release();
            }
        });
    }

    @Override
    public void cancel() {
        isCancelled = true;
    }

    /** 0-based number of the part. */
    int number() {
        return number;
    }

    /** Writes a new or changed row. */
    void write(RowVersion version, long number) {
        writer.add(version, number);
    }

    /** The hash under which earlier versions stored a row. */
    String formerRowHash(RowVersion version) {
        String item = whole.load().feed().isItemPerRow() ? "" : version.item();
        return legacyRowHash.of(version.values(), item + RowVersion.unreadable(version.flags()));
    }

    RowTally tally() {
        return tally;
    }

    LostValues lostValues() {
        return lostValues;
    }

    LoadedValues loadedValues() {
        return loadedValues;
    }

    /** Adds the counts of another part. */
    void add(ComparisonPart other) {
        tally.add(other.tally);
        lostValues.add(other.lostValues);
        loadedValues.add(other.loadedValues);
    }
}
