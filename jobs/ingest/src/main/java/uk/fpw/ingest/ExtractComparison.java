package uk.fpw.ingest;

import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import uk.fpw.ingest.bucket.CurrentRowBuckets;
import uk.fpw.ingest.bucket.ExtractedRows;
import uk.fpw.warehouse.load.BucketDigests;
import uk.fpw.warehouse.load.CurrentRows;
import uk.fpw.warehouse.load.CurrentTable;
import uk.fpw.warehouse.load.KeyBucket;
import uk.fpw.warehouse.load.KeyIndex;
import uk.fpw.warehouse.load.LastReconcile;
import uk.fpw.warehouse.load.LoadCounts;
import uk.fpw.warehouse.load.LoadMetadata;
import uk.fpw.warehouse.load.RawAppend;
import uk.fpw.warehouse.load.RowChanges;

/**
 * An extract compared with the rows that are current, bucket by bucket, so that memory does not grow with the table:
 * each row is loaded, unchanged, repeated, superseded, refused or deleted, and what is new is written into data files that no one
 * sees yet.
 */
final class ExtractComparison implements LoadStage, AutoCloseable {

    private static final int THREADS = 2;

    private final LoadContext load;
    private final FullExtract extract;
    private final RefusedRowBuffer refusedRows;
    private final LaterFileKeys laterFileKeys;
    private final RawAppend append;
    private final boolean comparesAll;
    private final BitSet equal;
    private final CurrentRows current;
    private final List<ComparisonPart> parts = new ArrayList<>();
    private final CurrentRowBuckets missing;
    private final CurrentRowBuckets changed;
    private final CurrentRowBuckets markedDeleted;
    private final long currentRows;

    private ExtractComparison(LoadContext load, FullExtract extract, RefusedRowBuffer refusedRows) {
        LoadPreparation prepared = extract.prepared();
        Path folder = load.scratch();
        this.load = load;
        this.extract = extract;
        this.refusedRows = refusedRows;
        this.laterFileKeys = LaterFileKeys.of(load, prepared);
        this.comparesAll = prepared.plan().comparesAll();
        CurrentRows all = prepared.current().rows();
        this.currentRows = all.count();
        this.equal = equal(all.digests());
        this.current = all.in(wanted());
        this.append = prepared.raw().append(metadata(load, extract), current);
        this.missing = new CurrentRowBuckets(load.feed(), folder, THREADS);
        this.changed = new CurrentRowBuckets(load.feed(), folder, THREADS);
        this.markedDeleted = new CurrentRowBuckets(load.feed(), folder, THREADS);
    }

    /**
     * Compares everything that was read.
     *
     * @throws uk.fpw.warehouse.run.FpwException with {@code CONFIGURATION} if there is not memory enough for the keys
     *     of one bucket
     */
    static ExtractComparison of(LoadContext load, FullExtract extract, RefusedRowBuffer refusedRows) {
        ExtractComparison comparison = new ExtractComparison(load, extract, refusedRows);
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
        try (CurrentRowBuckets known = new CurrentRowBuckets(load.feed(), load.scratch(), THREADS)) {
            addCurrent(known);
            BitSet buckets = toCompare(known);
            long maxBytes = maxBytes(buckets, known);
            load.memory().reserve(maxBytes);
            // as much again as the keys of every thread's bucket is left for what else a thread holds
            boolean fitsAtOnce = load.memory().has(2 * THREADS * maxBytes);
            int count = isLarge(buckets, known) && fitsAtOnce ? THREADS : 1;
            for (int thread = 0; thread < count; thread++) {
                BitSet share = share(buckets, thread, count);
                parts.add(new ComparisonPart(this, thread, share, known, append.writer()));
            }
            ParallelTasks.run(parts);
        }
        ComparisonPart all = parts.get(0);
        parts.subList(1, parts.size()).forEach(all::add);
        equal.stream().forEach(bucket -> all.tally().unchanged += extract.rows().count(bucket));
    }

    /**
     * The buckets in which current rows matter: all of them but those that are equal, or those of the rows that were
     * read.
     */
    private BitSet wanted() {
        BitSet wanted = new BitSet(KeyBucket.COUNT);
        for (int bucket = 0; bucket < KeyBucket.COUNT; bucket++) {
            wanted.set(
                    bucket, !equal.get(bucket) && (comparesAll || extract.rows().count(bucket) > 0));
        }
        return wanted;
    }

    /**
     * The buckets in which the source, read in full, has what is current, as far as that is known without reading it.
     */
    private BitSet equal(@Nullable BucketDigests known) {
        BitSet equal = new BitSet(KeyBucket.COUNT);
        if (comparesAll && known != null) {
            for (int bucket = 0; bucket < KeyBucket.COUNT; bucket++) {
                equal.set(bucket, extract.rows().isEqual(bucket, known));
            }
        }
        return equal;
    }

    /**
     * Reads the current rows that matter: all of them in the wanted buckets, or those whose keys the extract may have.
     */
    private void addCurrent(CurrentRowBuckets known) {
        ExtractedRows rows = extract.rows();
        boolean areDigestsWanted = comparesAll && current.digests() == null;
        List<ParallelTasks.Piece> pieces = new ArrayList<>();
        List<BucketDigests> digests = new ArrayList<>();
        for (int thread = 0; thread < THREADS; thread++) {
            int part = thread;
            BucketDigests read = new BucketDigests(load.feed());
            digests.add(read);
            pieces.add(() -> current.forEach(part, THREADS, row -> {
                if (areDigestsWanted) {
                    read.add(KeyBucket.of(load.feed(), row.key()), row.key(), row.rowHash());
                }
                if (comparesAll || rows.mayHold(row.key())) {
                    known.add(part, row);
                }
            }));
        }
        ParallelTasks.run(pieces);
        if (areDigestsWanted) {
            digests.subList(1, digests.size()).forEach(digests.get(0)::addAll);
            append.before(digests.get(0));
        }
    }

    private BitSet toCompare(CurrentRowBuckets known) {
        BitSet buckets = new BitSet(KeyBucket.COUNT);
        for (int bucket = 0; bucket < KeyBucket.COUNT; bucket++) {
            buckets.set(bucket, !equal.get(bucket) && extract.rows().count(bucket) + known.count(bucket) > 0);
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

    /** Whether two threads are worth it. */
    private boolean isLarge(BitSet buckets, CurrentRowBuckets known) {
        long rows = buckets.stream()
                .mapToLong(bucket -> known.count(bucket) + extract.rows().count(bucket))
                .sum();
        return rows >= load.sideBySide().leastRows();
    }

    /** Memory for the keys of the bucket that needs the most. */
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

    /** Whether the source was read in full, so that current rows that it does not have are missing. */
    boolean comparesAll() {
        return comparesAll;
    }

    /** What was compared. */
    FullExtract extract() {
        return extract;
    }

    /** Current rows that a source which was read in full does not have. */
    CurrentRowBuckets missing() {
        return missing;
    }

    /** Current rows in whose place new versions come. */
    CurrentRowBuckets changed() {
        return changed;
    }

    /** Current rows that the source marks as deleted. */
    CurrentRowBuckets markedDeleted() {
        return markedDeleted;
    }

    /** The data files, to be completed and committed. */
    RawAppend append() {
        return append;
    }

    @Override
    public String digest() {
        return extract.digest();
    }

    /**
     * Where the rows went.
     *
     * @param deletedMissing current rows that the extract does not have and that count as deleted
     * @param held those that are not deleted yet
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
                markedDeleted.count() + deletedMissing,
                tally.flagged,
                refusedRows.emptyKey(),
                refusedRows.unreadableKey(),
                held);
    }

    /** Rows of a late file that are older than what is known. */
    long late() {
        return parts.get(0).tally().late;
    }

    /** What reading changes only would not have found, without the current rows that are gone from the source. */
    LastReconcile.Found missed(long deleted) {
        RowTally tally = parts.get(0).tally();
        return new LastReconcile.Found(tally.missedNew, tally.missedChanged, deleted);
    }

    /**
     * What the load does to the rows of {@code current}, which are read again if values may be lost. Rows without a
     * key of their own cannot be followed from one version to the next: a changed row is one that is missing and one
     * that is new, so that as many may have changed as there are of both.
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

    /** Columns of which many new and changed rows have values that no row of {@code current} has. */
    List<LoadedValues.Unseen> unseen() {
        return parts.get(0).loadedValues().unseen(extract.prepared().current());
    }

    /** Dates after that of a late file whose own file was loaded and is there no longer. */
    List<LocalDate> goneLaterFiles() {
        return laterFileKeys.gone();
    }

    /** Discards what was not committed. */
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
