package uk.fpw.ingest;

import java.time.Clock;
import java.time.LocalDate;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import uk.fpw.ingest.row.RepeatedKeys;
import uk.fpw.ingest.row.RowReader;
import uk.fpw.ingest.source.RowSource;
import uk.fpw.ingest.source.SourceRow;
import uk.fpw.ingest.source.SourceRows;
import uk.fpw.warehouse.catalog.WarehouseCatalog;
import uk.fpw.warehouse.force.Feed;
import uk.fpw.warehouse.load.CurrentTable;
import uk.fpw.warehouse.load.KeyIndex;
import uk.fpw.warehouse.load.Load;
import uk.fpw.warehouse.load.LoadCounts;
import uk.fpw.warehouse.load.LoadLedger;
import uk.fpw.warehouse.load.LoadStamp;
import uk.fpw.warehouse.load.RawAppend;
import uk.fpw.warehouse.load.RawTable;
import uk.fpw.warehouse.load.Refusal;
import uk.fpw.warehouse.load.RowHash;
import uk.fpw.warehouse.load.RowVersion;
import uk.fpw.warehouse.load.Watermark;
import uk.fpw.warehouse.lock.LockGuard;
import uk.fpw.warehouse.privacy.Pseudonyms;
import uk.fpw.warehouse.run.ExitCode;
import uk.fpw.warehouse.run.NightFailure;

/**
 * One attempt at loading one feed: what its steps do, and what they hand on to each other. Nothing of it outlives the attempt; a retry begins again from the beginning of
 * the source, under another load id.
 */
class LoadAttempt implements AutoCloseable {

    private static final Logger LOG = LoggerFactory.getLogger(LoadAttempt.class);
    private static final long SEEN = 1;

    private final RowSource source;
    private final Feed feed;
    private final LocalDate sourceDate;
    private final LocalDate businessDate;
    private final String runId;
    private final String loadId;
    private final WarehouseCatalog catalog;
    private final LoadLedger ledger;
    private final LockGuard guard;
    private final Clock clock;
    private final Pseudonyms pseudonyms;
    private final Refusals refusals;

    private @Nullable RawTable raw;
    private @Nullable CurrentTable current;
    private @Nullable Inspection inspection;
    private @Nullable Extraction extraction;
    private @Nullable LoadCounts counts;
    private @Nullable Watermark watermark;
    private boolean begun;
    private boolean missingIsDeleted;
    private @Nullable String note;

    LoadAttempt(
            RowSource source,
            LocalDate sourceDate,
            LocalDate businessDate,
            String runId,
            String loadId,
            WarehouseCatalog catalog,
            LoadLedger ledger,
            LockGuard guard,
            Clock clock,
            Pseudonyms pseudonyms) {
        this.source = source;
        this.feed = source.feed();
        this.sourceDate = sourceDate;
        this.businessDate = businessDate;
        this.runId = runId;
        this.loadId = loadId;
        this.catalog = catalog;
        this.ledger = ledger;
        this.guard = guard;
        this.clock = clock;
        this.pseudonyms = pseudonyms;
        this.refusals = new Refusals(ledger, loadId, feed.name(), source.name(), source.numbering());
    }

    /** What the second reading holds while it runs. */
    private static final class Extraction {
        final SourceRows rows;
        final RowReader reader;
        final KeyIndex index;
        final RawAppend append;
        final Progress progress;
        long received;
        long loaded;
        long unchanged;
        long flagged;
        long seen;

        /** Keys of current rows that the source marks as deleted. */
        final Set<String> deletedKeys = new HashSet<>();

        Extraction(SourceRows rows, RowReader reader, KeyIndex index, RawAppend append, Progress progress) {
            this.rows = rows;
            this.reader = reader;
            this.index = index;
            this.append = append;
            this.progress = progress;
        }
    }

    /** Makes up what an earlier night left undone, and refuses what cannot be right before anything is read. */
    void heal() {
        RawTable rawTable = RawTable.open(catalog, feed, guard);
        CurrentTable currentTable = CurrentTable.open(catalog, feed, guard);
        int applied = currentTable.applyPending(rawTable);
        int mended = ledger.heal(feed.name(), rawTable.loads());
        if (applied + mended > 0) {
            LOG.info(
                    "{}: made up for an interrupted night: {} loads applied to current, {} mended in ops",
                    feed.name(),
                    applied,
                    mended);
        }
        raw = rawTable;
        current = currentTable;
        ledger.begin(loadId, runId, feed.name(), businessDate, sourceDate, source.name());
        begun = true;
        refuseOtherDate();
        Load last = rawTable.lastLoad();
        refuseOtherKey(last);
        knowChanges(last);
    }

    /** Changes are read from where the last load ended, unless another column tells of them now. */
    private void knowChanges(@Nullable Load last) {
        Feed.Cursor cursor = cursor();
        Watermark before = last == null ? null : last.watermark();
        if (cursor != null && before != null && before.column().equals(cursor.column())) {
            watermark = before;
            source.changedSince(before.value());
        }
    }

    /** Reads everything once: whether it can be trusted, how many rows it has, which keys it repeats. */
    void inspect() {
        RepeatedKeys repeated = new RepeatedKeys(source.numbering());
        Progress progress = new Progress(feed.name() + ": inspecting " + source.name());
        long count = 0;
        try (SourceRows rows = source.open()) {
            RowReader reader = new RowReader(feed, pseudonyms, rows.width());
            for (SourceRow row = rows.next(); row != null; row = rows.next()) {
                count++;
                progress.row();
                String key = reader.key(row);
                if (key != null && !reader.isDeleted(row)) {
                    repeated.note(key, row);
                }
            }
            inspection = new Inspection(count, rows.digest(), repeated);
        }
    }

    /** Begins the second reading. */
    void beginExtract() {
        refusals.expectAtMost(
                (long) (feed.limits().maxRefusedShare() * inspection().rows()));
        SourceRows rows = source.open();
        LoadStamp stamp = new LoadStamp(
                loadId,
                businessDate,
                sourceDate,
                clock.instant(),
                source.name(),
                inspection().digest(),
                keyFingerprint());
        extraction = new Extraction(
                rows,
                new RowReader(feed, pseudonyms, rows.width()),
                current().index(),
                raw().append(stamp),
                new Progress(feed.name() + ": extracting " + source.name()));
    }

    /** The next row; null at the end. */
    @Nullable
    SourceRow nextRow() {
        SourceRow row = extraction().rows.next();
        if (row != null) {
            extraction().received++;
            extraction().progress.row();
        }
        return row;
    }

    /** The version to store; null for a row that is unchanged or refused. */
    @Nullable
    RowVersion read(SourceRow row) {
        Extraction now = extraction();
        String key = now.reader.key(row);
        int place = key == null ? -1 : now.index.find(key);
        if (place >= 0 && (now.index.second(place) & SEEN) == 0) {
            now.index.second(place, now.index.second(place) | SEEN);
            now.seen++;
        }
        if (key != null && now.reader.isDeleted(row)) {
            readDeleted(now, key, place);
            return null;
        }
        Refusal repeated = key == null ? null : inspection().repeated().refusal(key, row);
        if (repeated != null) {
            refusals.add(repeated);
            return null;
        }
        RowReader.Outcome outcome = now.reader.read(row, key);
        RowVersion version = outcome.version();
        if (version == null) {
            if (outcome.refusal() != null) {
                refusals.add(outcome.refusal());
            }
            return null;
        }
        String rowHash = String.valueOf(version.rowHash());
        if (place >= 0
                && now.index.first(place) == RowHash.first(rowHash)
                && (now.index.second(place) & ~SEEN) == RowHash.second(rowHash)) {
            now.unchanged++;
            return null;
        }
        now.loaded++;
        if (version.flags() != null) {
            now.flagged++;
        }
        return version;
    }

    /** A row that the source marks as deleted: nothing new, unless its key is current and no living row of this extract has it. Its other values are not looked at. */
    private void readDeleted(Extraction now, String key, int place) {
        if (place < 0 || inspection().repeated().holds(key) || !now.deletedKeys.add(key)) {
            now.unchanged++;
        } else {
            now.loaded++;
        }
    }

    /** Writes versions, visible to no one yet. */
    void write(Iterable<? extends RowVersion> versions) {
        versions.forEach(extraction().append::add);
    }

    /** Accounts for every row, and stops the load if the source cannot be what it should be. */
    void reconcile() {
        refusals.flush();
        Extraction done = extraction();
        if (!done.rows.digest().equals(inspection().digest())) {
            throw new NightFailure(ExitCode.UNAVAILABLE, source.place() + ": " + source.changed());
        }
        watermark = highest(done.rows.highest());
        source.close();
        long missing = feed.extract() == Feed.Extract.FULL ? done.index.size() - done.seen : 0;
        boolean heldBack = missing > 0 && refusals.withoutKey() > 0;
        missingIsDeleted = missing > 0 && !heldBack;
        LoadCounts found = new LoadCounts(
                done.received,
                done.loaded,
                done.unchanged,
                refusals.count(),
                done.deletedKeys.size() + (missingIsDeleted ? missing : 0),
                done.flagged);
        counts = found;
        if (!found.addUp() || found.received() != inspection().rows()) {
            throw new IllegalStateException(source.place() + ": rows do not add up: " + found + ", counted before: "
                    + inspection().rows());
        }
        new Limits(source, refusals).keep(found, missing, done.index.size());
        if (heldBack) {
            note = Limits.rows(missing) + " that " + source.what() + " lacks " + (missing == 1 ? "stays" : "stay")
                    + " in current, since the keys of " + refusals.withoutKey() + " refused "
                    + (refusals.withoutKey() == 1 ? "row" : "rows") + " could not be read and may be among them";
            LOG.warn("{}: {}", feed.name(), note);
        }
    }

    /** Commits to raw, which makes the load a fact, then to current, then notes it in ops. */
    LoadCounts commit() {
        LoadCounts found = counts();
        Long snapshotId = null;
        if (found.changesSomething()) {
            if (found.deleted() > 0) {
                writeDeleted();
            }
            snapshotId = extraction().append.commit(found, watermark).snapshotId();
            current().applyPending(raw());
        }
        ledger.loaded(loadId, inspection().digest(), found, snapshotId, watermark, note);
        return found;
    }

    /** What a person should know of the load although it succeeded; null if nothing. */
    @Nullable
    String note() {
        return note;
    }

    /** Notes that the attempt failed, with what is known of the rows; the refused ones stay in ops for a person to see. */
    void failed(String message) {
        if (!begun) {
            return;
        }
        refusals.flush();
        ledger.failed(loadId, inspection == null ? null : inspection.digest(), counts, message);
    }

    /** Ends the reading and gives up what was not committed. */
    @Override
    public void close() {
        Extraction open = extraction;
        extraction = null;
        if (open != null) {
            open.append.close();
            open.rows.close();
        }
        source.close();
    }

    private @Nullable Watermark highest(@Nullable String seen) {
        Feed.Cursor cursor = cursor();
        return cursor == null || seen == null ? watermark : new Watermark(cursor.column(), seen);
    }

    private Feed.@Nullable Cursor cursor() {
        return feed.origin() instanceof Feed.DatabaseRows rows ? rows.cursor() : null;
    }

    private void writeDeleted() {
        Extraction done = extraction();
        current().forEachKey((key, item) -> {
            int place = done.index.find(key);
            boolean isMissing = missingIsDeleted && place >= 0 && (done.index.second(place) & SEEN) == 0;
            if (isMissing || done.deletedKeys.contains(key)) {
                done.append.add(RowVersion.deleted(key, item));
            }
        });
    }

    private void refuseOtherDate() {
        LocalDate committed = ledger.latestCommittedDate(feed.name());
        if (committed != null && businessDate.isBefore(committed)) {
            throw new NightFailure(
                    ExitCode.CONFIGURATION,
                    "feed " + feed.name() + ": the business date " + businessDate + " is earlier than " + committed
                            + ", that of its last load; what is known on a date never decreases: choose " + committed
                            + " or later");
        }
    }

    private void refuseOtherKey(@Nullable Load last) {
        for (Feed.Column column : feed.columns()) {
            if (column.privacy() == Feed.Privacy.PSEUDONYMISE) {
                pseudonyms.require(source.definition() + ": column '" + column.name() + "'");
            }
        }
        String now = keyFingerprint();
        String before = last == null ? null : last.keyFingerprint();
        if (now != null && before != null && !now.equals(before)) {
            throw new NightFailure(
                    ExitCode.CONFIGURATION,
                    "feed " + feed.name() + ": the pseudonym key is another (fingerprint " + now
                            + ") than that of the last load (" + before
                            + "), so no row would be recognised; give the key that was used before");
        }
    }

    private @Nullable String keyFingerprint() {
        return feed.pseudonymises() ? pseudonyms.fingerprint() : null;
    }

    private RawTable raw() {
        return after(raw, "heal");
    }

    private CurrentTable current() {
        return after(current, "heal");
    }

    private Inspection inspection() {
        return after(inspection, "inspect");
    }

    private Extraction extraction() {
        return after(extraction, "extract");
    }

    private LoadCounts counts() {
        return after(counts, "reconcile");
    }

    private static <T> T after(@Nullable T result, String step) {
        if (result == null) {
            throw new IllegalStateException("step '" + step + "' has not run");
        }
        return result;
    }
}
