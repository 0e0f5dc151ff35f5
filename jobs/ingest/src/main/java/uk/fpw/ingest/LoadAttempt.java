package uk.fpw.ingest;

import org.jspecify.annotations.Nullable;
import uk.fpw.ingest.source.RowSource;
import uk.fpw.ingest.source.SourceRow;
import uk.fpw.warehouse.force.Feed;
import uk.fpw.warehouse.limit.Acceptance;
import uk.fpw.warehouse.limit.Limit;
import uk.fpw.warehouse.load.LastReconcile;
import uk.fpw.warehouse.load.LoadCounts;
import uk.fpw.warehouse.load.RowVersion;
import uk.fpw.warehouse.load.Watermark;
import uk.fpw.warehouse.run.ExitCode;
import uk.fpw.warehouse.run.NightFailure;

/**
 * One attempt at loading one feed: the order of its steps, and what they hand on to each other. Nothing of it outlives the attempt; a retry begins again from the beginning of
 * the source, under another load id.
 */
class LoadAttempt implements AutoCloseable {

    private final LoadContext load;
    private final RowSource source;
    private final Feed feed;
    private final Refusals refusals;

    private @Nullable LoadPreparation preparation;
    private @Nullable Inspection inspection;
    private @Nullable Extraction extraction;
    private @Nullable Reconciliation reconciliation;
    private boolean begun;

    LoadAttempt(LoadContext load) {
        this.load = load;
        this.source = load.source();
        this.feed = load.feed();
        this.refusals = new Refusals(load.ledger(), load.loadId(), feed.name(), source.name(), source.numbering());
    }

    /** Recovers what an earlier night left undone, and refuses what cannot be right before anything is read. */
    void prepare() {
        LoadPreparation prepared = LoadPreparation.recover(load);
        preparation = prepared;
        load.ledger()
                .begin(load.loadId(), load.runId(), feed.name(), load.businessDate(), load.sourceDate(), source.name());
        begun = true;
        prepared.check();
    }

    /** Reads everything once: whether it can be trusted, how many rows it has, which keys it repeats. */
    void inspect() {
        inspection = Inspection.of(load, preparation().plan());
    }

    /** Begins the second reading. */
    void beginExtract() {
        boolean mayHaveEmptyKeys = load.acceptances().find(feed.name(), Limit.EMPTY_KEYS, load.businessDate()) != null;
        refusals.expectAtMost(feed.limits(), mayHaveEmptyKeys, inspection().rows());
        extraction = Extraction.begin(load, preparation(), inspection(), refusals);
    }

    /** The next row; null at the end. */
    @Nullable
    SourceRow nextRow() {
        return extraction().next();
    }

    /** The version to store; null for a row that is unchanged, repeated, refused or deleted. */
    @Nullable
    RowVersion read(SourceRow row) {
        return extraction().read(row);
    }

    /** Writes versions, visible to no one yet. */
    void write(Iterable<? extends RowVersion> versions) {
        extraction().write(versions);
    }

    /** Accounts for every row, and stops the load if the source cannot be what it should be. */
    void reconcile() {
        refusals.flush();
        Extraction done = extraction();
        if (!done.digest().equals(inspection().digest())) {
            throw new NightFailure(ExitCode.UNAVAILABLE, source.place() + ": " + source.changed());
        }
        source.close();
        Reconciliation found = new Reconciliation(load, preparation(), inspection(), done, refusals);
        reconciliation = found;
        found.enforce(load);
        done.reserve(found.counts().deleted());
    }

    /** Commits to raw and current at once, which makes the load a fact, then notes it in ops. */
    LoadCounts commit() {
        LoadCounts counts = reconciliation().counts();
        Watermark watermark = inspection().watermark();
        LastReconcile reconciled =
                preparation().plan().after(load, reconciliation().missed());
        Long snapshotId = null;
        Acceptance restart = preparation().plan().restart();
        if (restart != null) {
            load.acceptances()
                    .used(
                            restart,
                            load.runId(),
                            load.loadId(),
                            "the cursor fell, and everything was read and compared from the beginning");
        }
        reconciliation().noteAcceptances(load);
        // A feed that begins anew is recorded in any case, so that its old watermark is gone.
        if (reconciliation().changesSomething() || restart != null) {
            reconciliation().writeDeletions();
            snapshotId = extraction()
                    .append()
                    .commit(counts, reconciliation().changes(), reconciliation().held(), watermark, reconciled)
                    .snapshotId();
            preparation().current().compactIfNeeded();
        }
        CursorReading cursor = inspection().cursor();
        if (cursor != null) {
            load.ledger().changesFound(load.loadId(), load.reconcile(), reconciled, cursor.aboveGap());
        }
        load.changes().record(load.loadId(), reconciliation().changes());
        load.ledger().loaded(load.loadId(), inspection().digest(), counts, snapshotId, watermark, note());
        return counts;
    }

    /** What a person should know of the load although it succeeded; null if nothing. */
    @Nullable
    String note() {
        return reconciliation().note();
    }

    /** Notes that the attempt failed, with what is known of the rows; the refused ones stay in ops for a person to see. */
    void failed(String message) {
        if (!begun) {
            return;
        }
        refusals.flush();
        load.ledger()
                .failed(
                        load.loadId(),
                        inspection == null ? null : inspection.digest(),
                        reconciliation == null ? null : reconciliation.counts(),
                        message);
        if (reconciliation != null && !reconciliation.excesses().counts().isEmpty()) {
            load.changes().exceeded(load.loadId(), reconciliation.excesses());
        }
    }

    /** Ends the reading and gives up what was not committed. */
    @Override
    public void close() {
        Extraction open = extraction;
        extraction = null;
        if (open != null) {
            open.close();
        }
        source.close();
    }

    private LoadPreparation preparation() {
        return after(preparation, "prepare");
    }

    private Inspection inspection() {
        return after(inspection, "inspect");
    }

    private Extraction extraction() {
        return after(extraction, "extract");
    }

    private Reconciliation reconciliation() {
        return after(reconciliation, "reconcile");
    }

    private static <T> T after(@Nullable T result, String step) {
        if (result == null) {
            throw new IllegalStateException("step '" + step + "' has not run");
        }
        return result;
    }
}
