package uk.fpw.ingest;

import java.nio.file.Path;
import java.time.LocalDate;
import java.util.BitSet;
import java.util.List;
import java.util.Set;
import uk.fpw.ingest.bucket.ExtractedRows;
import uk.fpw.ingest.bucket.KnownRows;
import uk.fpw.warehouse.load.CurrentTable;
import uk.fpw.warehouse.load.FormerRowHash;
import uk.fpw.warehouse.load.KeyBucket;
import uk.fpw.warehouse.load.LastReconcile;
import uk.fpw.warehouse.load.LoadCounts;
import uk.fpw.warehouse.load.LoadStamp;
import uk.fpw.warehouse.load.RawAppend;
import uk.fpw.warehouse.load.RowChanges;
import uk.fpw.warehouse.load.RowVersion;

/**
 * An extract compared with the rows that are current, bucket by bucket, so that memory does not grow with the table: each row is loaded, unchanged, repeated, refused or deleted, and what is
 * new is written into data files that no one sees yet.
 */
final class Comparison implements LoadStage, AutoCloseable {

    private final LoadContext load;
    private final Extract extract;
    private final Refusals refusals;
    private final LaterKeys laterKeys;
    private final RawAppend append;
    private final RowTally tally;
    private final FormerRowHash formerRowHash;
    private final LostValues lostValues;
    private final LoadedValues loadedValues;
    private final KnownRows missing;
    private final KnownRows changed;
    private final KnownRows markedDeleted;
    private final long currentRows;

    private Comparison(LoadContext load, Extract extract, Refusals refusals) {
        LoadPreparation prepared = extract.prepared();
        Path folder = load.scratch();
        this.load = load;
        this.extract = extract;
        this.refusals = refusals;
        this.laterKeys = LaterKeys.of(load, prepared);
        this.append = prepared.raw().append(stamp(load, extract));
        this.tally = new RowTally();
        this.formerRowHash = new FormerRowHash(load.feed());
        this.lostValues = new LostValues(load.feed(), load.columnsInUse());
        this.loadedValues = new LoadedValues(load.feed(), load.columnsInUse());
        this.missing = new KnownRows(load.feed(), folder);
        this.changed = new KnownRows(load.feed(), folder);
        this.markedDeleted = new KnownRows(load.feed(), folder);
        this.currentRows = prepared.current().rowCount();
    }

    /**
     * Compares everything that was read.
     *
     * @throws uk.fpw.warehouse.run.NightFailure with {@code CONFIGURATION} if there is not memory enough for the keys of one bucket
     */
    static Comparison of(LoadContext load, Extract extract, Refusals refusals) {
        Comparison comparison = new Comparison(load, extract, refusals);
        try {
            comparison.compare();
            return comparison;
        } catch (RuntimeException failed) {
            comparison.close();
            throw failed;
        }
    }

    private static LoadStamp stamp(LoadContext load, Extract extract) {
        return new LoadStamp(
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
        ExtractedRows rows = extract.rows();
        boolean comparesAll = extract.prepared().plan().comparesAll();
        try (KnownRows known = known(comparesAll)) {
            for (int bucket = 0; bucket < KeyBucket.COUNT; bucket++) {
                if (rows.count(bucket) + known.count(bucket) > 0) {
                    compare(bucket, rows, known, comparesAll);
                }
            }
        }
    }

    private void compare(int bucket, ExtractedRows rows, KnownRows known, boolean comparesAll) {
        BucketComparison both = new BucketComparison(this, bucket, known.count(bucket));
        try {
            both.compare(rows, known, comparesAll);
        } finally {
            both.release();
        }
    }

    /** The rows of {@code current} that matter: all of them, or those whose keys the extract may have. Nothing is read if there are none. */
    private KnownRows known(boolean comparesAll) {
        ExtractedRows rows = extract.rows();
        KnownRows known = new KnownRows(load.feed(), load.scratch());
        try {
            BitSet wanted = new BitSet(KeyBucket.COUNT);
            for (int bucket = 0; bucket < KeyBucket.COUNT; bucket++) {
                wanted.set(bucket, comparesAll || rows.count(bucket) > 0);
            }
            extract.prepared().current().forEachRow(wanted, (key, item, rowHash) -> {
                if (comparesAll || rows.mayHold(key)) {
                    known.add(new KnownRows.KnownRow(key, item, rowHash));
                }
            });
            return known;
        } catch (RuntimeException failed) {
            known.close();
            throw failed;
        }
    }

    LoadContext load() {
        return load;
    }

    Refusals refusals() {
        return refusals;
    }

    LaterKeys laterKeys() {
        return laterKeys;
    }

    RowTally tally() {
        return tally;
    }

    /** The hash under which a version of this software before this one would have stored a row. */
    String formerRowHash(RowVersion version) {
        return formerRowHash.of(version.values(), load.feed().isItemPerRow() ? "" : version.item());
    }

    LostValues lostValues() {
        return lostValues;
    }

    LoadedValues loadedValues() {
        return loadedValues;
    }

    /** What was compared. */
    Extract extract() {
        return extract;
    }

    /** Current rows that a source which was read in full does not have. */
    KnownRows missing() {
        return missing;
    }

    /** Current rows in whose place new versions come. */
    KnownRows changed() {
        return changed;
    }

    /** Current rows that the source marks as deleted. */
    KnownRows markedDeleted() {
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
        return new LoadCounts(
                extract.received(),
                tally.loaded,
                tally.unchanged,
                tally.repeated,
                refusals.count(),
                markedDeleted.count() + deletedMissing,
                tally.flagged,
                refusals.emptyKey(),
                refusals.unreadableKey(),
                held);
    }

    /** What reading changes only would not have found, without the current rows that are gone from the source. */
    LastReconcile.Found missed(long deleted) {
        return new LastReconcile.Found(tally.missedNew, tally.missedChanged, deleted);
    }

    /**
     * What the load does to the rows of {@code current}, which are read once more if values may be lost. Rows without a key of their own cannot be followed from one version to the
     * next: a changed row is one that is missing and one that is new, so that as many may have changed as there are of both.
     *
     * @param missingRows current rows that the extract lacks
     */
    RowChanges changes(MissingRows missingRows) {
        return load.feed().isKeyedByRow()
                ? new RowChanges(
                        currentRows,
                        Math.min(missingRows.unexplained(), tally.newKeys),
                        lostValues.ofReplaced(valueCounts(missing), missingRows),
                        Set.of())
                : new RowChanges(currentRows, changed.count(), lostValues.ofChanged(valueCounts(changed)), Set.of());
    }

    /** Columns of which many new and changed rows have values that no row of {@code current} has. */
    List<LoadedValues.Unseen> unseen() {
        return loadedValues.unseen(extract.prepared().current());
    }

    /** Dates after that of a late file whose own file was loaded and is there no longer. */
    List<LocalDate> goneLaterFiles() {
        return laterKeys.gone();
    }

    /** Rows of {@code current} before this load. */
    long currentRows() {
        return currentRows;
    }

    /** Gives up what was not committed. */
    @Override
    public void close() {
        append.close();
        missing.close();
        changed.close();
        markedDeleted.close();
    }

    private LostValues.ValueCounts valueCounts(KnownRows chosen) {
        CurrentTable current = extract.prepared().current();
        return columns -> new ChosenKeys(load, chosen).count(isChosen -> current.valueCounts(columns, isChosen));
    }
}
