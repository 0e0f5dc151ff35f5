package uk.fpw.ingest;

import java.time.LocalDate;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import uk.fpw.ingest.row.RowKeys;
import uk.fpw.ingest.row.RowReader;
import uk.fpw.ingest.source.RowSource;
import uk.fpw.ingest.source.SourceRow;
import uk.fpw.ingest.source.SourceRows;
import uk.fpw.warehouse.load.CurrentTable;
import uk.fpw.warehouse.load.KeyIndex;
import uk.fpw.warehouse.load.LastReconcile;
import uk.fpw.warehouse.load.LoadCounts;
import uk.fpw.warehouse.load.LoadStamp;
import uk.fpw.warehouse.load.RawAppend;
import uk.fpw.warehouse.load.Refusal;
import uk.fpw.warehouse.load.RowChanges;
import uk.fpw.warehouse.load.RowHash;
import uk.fpw.warehouse.load.RowVersion;

/** The second reading of a source: takes each row as loaded, unchanged, repeated, refused or deleted, and writes what is new into data files that no one sees yet. */
final class Extraction implements AutoCloseable {

    private static final long SEEN = 1;
    private static final long CHANGED = 2;

    private final Inspection inspection;
    private final Refusals refusals;
    private final SourceRows rows;
    private final RowReader reader;
    private final KeyIndex index;
    private final @Nullable RowKeys rowKeys;
    private final LaterKeys laterKeys;
    private final RawAppend append;
    private final Progress progress;
    private final Set<String> deletedKeys = new HashSet<>();
    private final LostValues lostValues;
    private final LoadedValues loadedValues;
    private long received;
    private long loaded;
    private long unchanged;
    private long repeated;
    private long flagged;
    private long seen;
    private long newKeys;
    private long missedNew;
    private long missedChanged;
    private long changed;

    private Extraction(
            Inspection inspection,
            Refusals refusals,
            SourceRows rows,
            RowReader reader,
            @Nullable RowKeys rowKeys,
            KeyIndex index,
            LaterKeys laterKeys,
            RawAppend append,
            Progress progress,
            LoadedValues loadedValues,
            LostValues lostValues) {
        this.loadedValues = loadedValues;
        this.lostValues = lostValues;
        this.inspection = inspection;
        this.refusals = refusals;
        this.rows = rows;
        this.reader = reader;
        this.rowKeys = rowKeys;
        this.index = index;
        this.laterKeys = laterKeys;
        this.append = append;
        this.progress = progress;
    }

    /** Opens the source again and knows every current key. */
    static Extraction begin(LoadContext load, LoadPreparation prepared, Inspection inspection, Refusals refusals) {
        RowSource source = load.source();
        SourceRows rows = source.open();
        LoadStamp stamp = new LoadStamp(
                load.loadId(),
                load.businessDate(),
                load.sourceDate(),
                load.clock().instant(),
                source.name(),
                inspection.digest(),
                load.keyFingerprint(),
                load.feed().keyText());
        RowKeys rowKeys = load.feed().isKeyedByRow() ? new RowKeys(load.pseudonyms(), load.memory()) : null;
        return new Extraction(
                inspection,
                refusals,
                rows,
                new RowReader(load.feed(), load.pseudonyms(), rows.width(), rowKeys),
                rowKeys,
                prepared.current().index(),
                LaterKeys.of(load, prepared),
                prepared.raw().append(stamp),
                new Progress(load.feed().name() + ": extracting " + source.name()),
                new LoadedValues(load.feed(), load.columnsInUse()),
                new LostValues(load.feed(), load.columnsInUse()));
    }

    /** The next row; null at the end. */
    @Nullable
    SourceRow next() {
        SourceRow row = rows.next();
        if (row != null) {
            received++;
            progress.row();
        }
        return row;
    }

    /** The version to store; null for a row that is unchanged, repeated, refused or deleted. */
    @Nullable
    RowVersion read(SourceRow row) {
        String key = reader.key(row);
        int place = key == null ? -1 : see(key);
        LocalDate later = key == null ? null : laterKeys.date(key);
        if (later != null) {
            refusals.add(new Refusal(
                    row.line(),
                    key,
                    null,
                    Refusal.Code.SUPERSEDED,
                    "the file of " + later + ", which was loaded before, has the same key; its newer version stays",
                    null));
            return null;
        }
        if (key != null && reader.isDeleted(row)) {
            readDeleted(row, key, place);
            return null;
        }
        Refusal contradicted = key == null ? null : inspection.repeated().refusal(key, row);
        if (contradicted != null) {
            refusals.add(contradicted);
            return null;
        }
        RowReader.Outcome outcome = reader.read(row, key);
        RowVersion version = outcome.version();
        if (version == null) {
            if (outcome.refusal() != null) {
                refusals.add(outcome.refusal());
            }
            return null;
        }
        // a repeat of a row that cannot be stored is refused like the first
        if (key != null && inspection.repeated().isRepeat(key, row)) {
            repeated++;
            return null;
        }
        if (rowKeys != null) {
            place = see(version.key());
        }
        if (place >= 0 && isUnchanged(place, String.valueOf(version.rowHash()))) {
            unchanged++;
            return null;
        }
        loaded++;
        loadedValues.add(version);
        if (place < 0) {
            newKeys++;
        } else {
            index.second(place, index.second(place) | CHANGED);
            append.supersede(version.key());
            changed++;
        }
        if (place >= 0 || rowKeys != null) {
            lostValues.add(version);
        }
        countIfMissed(row, place);
        if (version.flags() != null) {
            flagged++;
        }
        return version;
    }

    /** Writes versions, visible to no one yet. */
    void write(Iterable<? extends RowVersion> versions) {
        versions.forEach(append::add);
    }

    /**
     * Where the rows went.
     *
     * @param deletedMissing current rows that the extract does not have and that count as deleted
     * @param held those that are not deleted yet
     */
    LoadCounts counts(long deletedMissing, long held) {
        return new LoadCounts(
                received,
                loaded,
                unchanged,
                repeated,
                refusals.count(),
                deletedKeys.size() + deletedMissing,
                flagged,
                refusals.emptyKey(),
                refusals.unreadableKey(),
                held);
    }

    /** What reading changes only would not have found, without the current rows that are gone from the source. */
    LastReconcile.Found missed(long deleted) {
        return new LastReconcile.Found(missedNew, missedChanged, deleted);
    }

    /**
     * Takes the memory for the keys of rows that are deleted, so that it cannot be wanting at the commit. To be called when everything was read.
     *
     * @throws uk.fpw.warehouse.run.NightFailure with {@code CONFIGURATION} if there is not enough
     */
    void reserve(long deleted) {
        inspection.repeated().release();
        if (rowKeys != null) {
            rowKeys.release();
        }
        append.reserveSuperseded(deleted);
    }

    /**
     * What the load does to the rows of {@code current}, which are read once more if values may be lost. Rows without a key of their own cannot be followed from one version to the
     * next: a changed row is one that is missing and one that is new, so that as many may have changed as there are of both.
     *
     * @param missing current rows that the extract lacks
     */
    RowChanges changes(MissingRows missing, CurrentTable current) {
        return rowKeys == null
                ? new RowChanges(
                        currentRows(), changed, lostValues.ofChanged(current::valueCounts, this::isChanged), Set.of())
                : new RowChanges(
                        currentRows(),
                        Math.min(missing.unexplained(), newKeys),
                        lostValues.ofReplaced(current::valueCounts, this::isMissing, missing),
                        Set.of());
    }

    /** Columns of which many new and changed rows have values that no row of {@code current} has. */
    List<LoadedValues.Unseen> unseen(CurrentTable current) {
        return loadedValues.unseen(current);
    }

    /** Rows of {@code current} before this load. */
    long currentRows() {
        return index.size();
    }

    /** Current rows whose key was not read in this extract. */
    long missing() {
        return index.size() - seen;
    }

    /** Dates after that of a late file whose own file was loaded and is there no longer. */
    List<LocalDate> goneLaterFiles() {
        return laterKeys.gone();
    }

    /** Whether the key is current and was not read in this extract. */
    boolean isMissing(String key) {
        int place = index.find(key);
        return place >= 0 && (index.second(place) & SEEN) == 0;
    }

    /** Whether the key is current and the source marks its row as deleted. */
    boolean isMarkedDeleted(String key) {
        return deletedKeys.contains(key);
    }

    /** Current rows that the source marks as deleted. */
    long markedDeleted() {
        return deletedKeys.size();
    }

    /** SHA-256 (hex) of what was read. */
    String digest() {
        return rows.digest();
    }

    /** The data files, to be completed and committed. */
    RawAppend append() {
        return append;
    }

    /** Ends the reading and gives up what was not committed. */
    @Override
    public void close() {
        append.close();
        rows.close();
    }

    /** The place of a key in the index of current rows, now marked as seen; -1 if it is not current. */
    private int see(String key) {
        int place = index.find(key);
        if (place >= 0 && (index.second(place) & SEEN) == 0) {
            index.second(place, index.second(place) | SEEN);
            seen++;
        }
        return place;
    }

    private boolean isChanged(String key) {
        int place = index.find(key);
        return place >= 0 && (index.second(place) & CHANGED) != 0;
    }

    private boolean isUnchanged(int place, String rowHash) {
        return index.first(place) == RowHash.first(rowHash)
                && (index.second(place) & ~(SEEN | CHANGED)) == RowHash.second(rowHash);
    }

    /** A row that the source marks as deleted: nothing new, unless its key is current and no living row of this extract has it. Its other values are not looked at. */
    private void readDeleted(SourceRow row, String key, int place) {
        if (place < 0 || inspection.repeated().holds(key) || !deletedKeys.add(key)) {
            unchanged++;
        } else {
            loaded++;
            countIfMissed(row, place);
        }
    }

    /** A row that is news, but that reading changes only would not have found. */
    private void countIfMissed(SourceRow row, int place) {
        if (!row.isMissedByCursor()) {
            return;
        }
        if (place < 0) {
            missedNew++;
        } else {
            missedChanged++;
        }
    }
}
