package uk.fpw.ingest.compare;

import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Set;
import uk.fpw.ingest.bucket.CurrentRowBuckets;
import uk.fpw.ingest.extract.FullExtract;
import uk.fpw.ingest.extract.LoadContext;
import uk.fpw.ingest.extract.LoadPreparation;
import uk.fpw.ingest.extract.LoadStage;
import uk.fpw.ingest.extract.ParallelTasks;
import uk.fpw.warehouse.store.load.CurrentTable;
import uk.fpw.warehouse.store.load.LastReconcile;
import uk.fpw.warehouse.store.load.LoadCounts;
import uk.fpw.warehouse.store.load.RawAppend;
import uk.fpw.warehouse.store.load.RowChanges;
import uk.fpw.warehouse.store.load.current.BucketDigests;
import uk.fpw.warehouse.store.load.current.CurrentRow;
import uk.fpw.warehouse.store.load.key.KeyBucket;
import uk.fpw.warehouse.store.load.key.KeyIndex;
import uk.fpw.warehouse.store.load.row.LoadMetadata;

/**
 * Compares an extract with the current rows, bucket by bucket, so that memory does not grow with the table. Each row is
 * loaded, unchanged, repeated, superseded, refused or deleted; new versions are written to data files that are not
 * visible yet. Rows that are kept out are not in the extract.
 */
public final class ExtractComparison implements LoadStage, AutoCloseable {

    private static final int THREADS = KnownRows.THREADS;

    private final LoadContext load;
    private final FullExtract extract;
    private final RefusedRowBuffer refusedRows;
    private final LaterFileKeys laterFileKeys;
    private final RawAppend append;
    private final boolean comparesAll;
    private final RangeComparison ranges;
    private final KnownRows known;
    private final List<ComparisonPart> parts = new ArrayList<>();
    private final CurrentRowBuckets missing;
    private final CurrentRowBuckets changed;
    private final CurrentRowBuckets markedDeleted;
    private final long currentRows;

    private ExtractComparison(LoadContext load, RangeComparison ranges, RefusedRowBuffer refusedRows) {
        FullExtract extract = ranges.extract();
        LoadPreparation prepared = extract.prepared();
        Path folder = load.scratch();
        this.load = load;
        this.extract = extract;
        this.refusedRows = refusedRows;
        this.laterFileKeys = LaterFileKeys.of(load, prepared);
        this.comparesAll = prepared.plan().comparesAll();
        this.ranges = ranges;
        this.known = ranges.known();
        this.currentRows = known.all().count();
        this.append = prepared.raw().append(metadata(load, extract), known.current());
        BucketDigests before = known.digests();
        if (before != null) {
            append.before(before);
        }
        this.missing = new CurrentRowBuckets(load.feed(), folder, THREADS);
        this.changed = new CurrentRowBuckets(load.feed(), folder, THREADS);
        this.markedDeleted = new CurrentRowBuckets(load.feed(), folder, THREADS);
    }

    /**
     * Compares the whole extract.
     *
     * @throws uk.fpw.warehouse.failure.FpwException with {@code CONFIGURATION} if there is not enough memory for the
     *     keys of one bucket
     */
    public static ExtractComparison of(LoadContext load, RangeComparison ranges, RefusedRowBuffer refusedRows) {
        ExtractComparison comparison = new ExtractComparison(load, ranges, refusedRows);
        try {
            comparison.compare();
            return comparison;
        } catch (RuntimeException failed) {
            comparison.close();
            throw failed;
        }
    }

    private static LoadMetadata metadata(LoadContext load, FullExtract extract) {
        return new LoadMetadata(
                load.loadId(),
                load.businessDate(),
                load.sourceDate(),
                load.clock().instant(),
                load.source().name(),
                extract.digest(),
                load.keyFingerprint(),
                load.feed().keyText());
    }

    private void compare() {
        CurrentRowBuckets rows = known.rows();
        BitSet buckets = toCompare(rows);
        long maxBytes = maxBytes(buckets, rows);
        load.memory().reserve(maxBytes);
        // Reserve as much again as the keys of all threads' buckets for other data of the threads.
        boolean fitsAtOnce = load.memory().has(2 * THREADS * maxBytes);
        int count = isLarge(buckets, rows) && fitsAtOnce ? THREADS : 1;
        for (int thread = 0; thread < count; thread++) {
            BitSet share = share(buckets, thread, count);
            parts.add(new ComparisonPart(this, thread, share, rows, append.writer()));
        }
        ParallelTasks.run(parts);
        ComparisonPart all = parts.get(0);
        parts.subList(1, parts.size()).forEach(all::add);
        known.equal().stream()
                .forEach(bucket -> all.tally().unchanged += extract.rows().count(bucket));
    }

    private BitSet toCompare(CurrentRowBuckets known) {
        BitSet buckets = new BitSet(KeyBucket.COUNT);
        for (int bucket = 0; bucket < KeyBucket.COUNT; bucket++) {
            buckets.set(
                    bucket, !this.known.equal().get(bucket) && extract.rows().count(bucket) + known.count(bucket) > 0);
        }
        return buckets;
    }

    /** An equal share of some buckets. */
    private static BitSet share(BitSet buckets, int part, int parts) {
        int[] all = buckets.stream().toArray();
        BitSet share = new BitSet(KeyBucket.COUNT);
        for (int index = all.length * part / parts; index < all.length * (part + 1) / parts; index++) {
            share.set(all[index]);
        }
        return share;
    }

    /** Whether two threads pay off. */
    private boolean isLarge(BitSet buckets, CurrentRowBuckets known) {
        long rows = buckets.stream()
                .mapToLong(bucket -> known.count(bucket) + extract.rows().count(bucket))
                .sum();
        return rows >= load.sideBySide().leastRows();
    }

    /** Memory for the keys of the largest bucket. */
    private long maxBytes(BitSet buckets, CurrentRowBuckets known) {
        int indexes = load.feed().order() == null ? 1 : 2;
        return buckets.stream()
                .mapToLong(bucket -> KeyIndex.bytesFor(known.count(bucket))
                        + indexes * KeyIndex.bytesFor(extract.rows().count(bucket)))
                .max()
                .orElse(0);
    }

    LoadContext load() {
        return load;
    }

    RefusedRowBuffer refusedRows() {
        return refusedRows;
    }

    LaterFileKeys laterFileKeys() {
        return laterFileKeys;
    }

    /** The comparison by ranges of the cursor. */
    public RangeComparison ranges() {
        return ranges;
    }

    /** Whether a current row is missing from the source if it is missing from the extract. */
    boolean isCompared(CurrentRow row) {
        return comparesAll || known.isCompared(row);
    }

    /** The compared extract. */
    public FullExtract extract() {
        return extract;
    }

    /** Current rows missing from the source, as far as its rows were compared. */
    CurrentRowBuckets missing() {
        return missing;
    }

    /** Current rows that are replaced by new versions. */
    CurrentRowBuckets changed() {
        return changed;
    }

    /** Current rows that the source marks as deleted. */
    CurrentRowBuckets markedDeleted() {
        return markedDeleted;
    }

    /** The written data files, to be completed and committed. */
    public RawAppend append() {
        return append;
    }

    @Override
    public String digest() {
        return extract.digest();
    }

    /**
     * Counts of the rows.
     *
     * @param deletedMissing number of missing current rows that count as deleted
     * @param held number of missing current rows that are held
     */
    LoadCounts counts(long deletedMissing, long held) {
        RowTally tally = parts.get(0).tally();
        return new LoadCounts(
                extract.received(),
                tally.loaded,
                tally.unchanged,
                tally.repeated,
                tally.superseded + tally.late,
                refusedRows.count(),
                extract.keptOut(),
                markedDeleted.count() + deletedMissing,
                tally.flagged,
                refusedRows.emptyKey(),
                refusedRows.unreadableKey(),
                held);
    }

    /** Number of rows of a late file that are older than known versions. */
    long late() {
        return parts.get(0).tally().late;
    }

    /** Changes that an incremental read would have missed, except for rows deleted from the source. */
    LastReconcile.Found missed(long deleted) {
        RowTally tally = parts.get(0).tally();
        return new LastReconcile.Found(tally.missedNew, tally.missedChanged, deleted);
    }

    /**
     * The effect of the load on {@code current}, which is read again if values may have been lost. Rows without a key
     * cannot be followed from version to version: a change appears as one missing and one new row, so the number of
     * changed rows is at most the smaller of both.
     *
     * @param missingRows current rows missing from the extract
     */
    RowChanges changes(MissingRows missingRows) {
        LostValues lostValues = parts.get(0).lostValues();
        return load.feed().isKeyedByRow()
                ? new RowChanges(
                        currentRows,
                        Math.min(missingRows.unexplained(), parts.get(0).tally().newKeys),
                        lostValues.ofReplaced(valueCounts(missing), missingRows),
                        Set.of())
                : new RowChanges(currentRows, changed.count(), lostValues.ofChanged(valueCounts(changed)), Set.of());
    }

    /** Columns in which many new and changed rows have values that no row of {@code current} has. */
    List<LoadedValues.Unseen> unseen() {
        return parts.get(0).loadedValues().unseen(extract.prepared().current());
    }

    /** Dates after that of a late file whose own file was loaded but no longer exists. */
    List<LocalDate> goneLaterFiles() {
        return laterFileKeys.gone();
    }

    /** Discards uncommitted files. */
    @Override
    public void close() {
        append.close();
        missing.close();
        changed.close();
        markedDeleted.close();
    }

    private LostValues.ValueCounts valueCounts(CurrentRowBuckets chosen) {
        CurrentTable table = extract.prepared().current();
        return columns -> new SelectedKeyCounts(load, chosen).count(isChosen -> table.valueCounts(columns, isChosen));
    }
}
