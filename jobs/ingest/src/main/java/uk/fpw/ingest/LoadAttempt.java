package uk.fpw.ingest;

import java.time.LocalDate;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;
import uk.fpw.ingest.bucket.ExtractedRows;
import uk.fpw.ingest.compare.ExtractComparison;
import uk.fpw.ingest.compare.RangeComparison;
import uk.fpw.ingest.compare.Reconciliation;
import uk.fpw.ingest.compare.RefusedRowBuffer;
import uk.fpw.ingest.extract.FullExtract;
import uk.fpw.ingest.extract.LoadContext;
import uk.fpw.ingest.extract.LoadPreparation;
import uk.fpw.ingest.extract.LoadStage;
import uk.fpw.ingest.source.RowSource;
import uk.fpw.warehouse.force.feed.Feed;
import uk.fpw.warehouse.store.catalog.WarehouseCatalog;
import uk.fpw.warehouse.store.limit.AcceptableLimit;
import uk.fpw.warehouse.store.load.LoadCounts;

/**
 * One attempt to load a feed. Each of its steps produces the next {@link LoadStage}. Nothing is kept across attempts: a
 * retry reads the source from the beginning, with a new load id.
 */
class LoadAttempt implements AutoCloseable {

    private LoadContext load;
    private final Feed feed;
    private final RefusedRowBuffer refusedRows;
    private final Deque<Runnable> toClose = new ArrayDeque<>();

    private @Nullable LoadStage stage;
    private boolean begun;
    private boolean complete;

    LoadAttempt(LoadContext load) {
        RowSource source = load.source();
        this.load = load;
        this.feed = load.feed();
        this.refusedRows =
                new RefusedRowBuffer(load.ledger(), load.loadId(), feed.name(), source.name(), source.numbering());
        toClose.push(source::close);
    }

    /** The tables that it reads and writes. */
    WarehouseCatalog catalog() {
        return load.catalog();
    }

    /** Recovers from an interrupted run, and rejects invalid input before reading. */
    void prepare() {
        LoadPreparation prepared = LoadPreparation.recover(load);
        stage = prepared;
        load.ledger()
                .begin(
                        load.loadId(),
                        load.runId(),
                        feed.name(),
                        load.businessDate(),
                        load.sourceDate(),
                        load.source().name());
        begun = true;
        prepared.check();
    }

    /** Reads the source once. */
    void extract() {
        LoadPreparation prepared = stage(LoadPreparation.class);
        ExtractedRows rows = prepared.newRows();
        toClose.push(rows::close);
        FullExtract extract = FullExtract.read(load, prepared, rows);
        stage = extract;
        LocalDate date = extract.delivery().date();
        if (!date.equals(load.sourceDate())) {
            load = load.of(date);
            load.ledger().dated(load.loadId(), date);
        }
    }

    /**
     * Compares the extract with the current rows, ends the session with the source, and writes new versions, which are
     * not visible yet.
     */
    void compare() {
        FullExtract extract = stage(FullExtract.class);
        boolean mayHaveEmptyKeys =
                load.acceptances().find(feed.name(), AcceptableLimit.EMPTY_KEYS, load.businessDate()) != null;
        try (RangeComparison ranges = RangeComparison.of(load, extract)) {
            load.source().close();
            refusedRows.limit(feed.limits(), mayHaveEmptyKeys, ranges.extract().received());
            ExtractComparison comparison = ExtractComparison.of(load, ranges, refusedRows);
            toClose.push(comparison::close);
            stage = comparison;
        }
        extract.rows().close();
    }

    /** Accounts for every row, and stops the load if the source is implausible. */
    void reconcile() {
        refusedRows.flush();
        Reconciliation reconciliation = new Reconciliation(load, stage(ExtractComparison.class), refusedRows);
        stage = reconciliation;
        reconciliation.enforce(load);
    }

    /** Commits to raw and current in one transaction, which makes the load permanent, then records it in ops. */
    LoadCounts commit() {
        LoadCommit commit = new LoadCommit(load, stage(Reconciliation.class));
        LoadCounts counts = commit.commit();
        complete = true;
        commit.compactIfNeeded();
        return counts;
    }

    /** Note for the operator on a successful load; null if there is none. */
    @Nullable
    String note() {
        return stage(Reconciliation.class).note();
    }

    /**
     * Records a failed attempt with what is known of its rows, unless the load was already complete. Refused rows are
     * kept in ops for examination.
     */
    void failed(String message) {
        if (!begun || complete) {
            return;
        }
        refusedRows.flush();
        LoadStage reached = stage;
        if (reached == null) {
            load.ledger().failed(load.loadId(), null, null, message);
            return;
        }
        load.ledger().failed(load.loadId(), reached.digest(), reached.counts(), message);
        if (!reached.breaches().counts().isEmpty()) {
            load.changes().exceeded(load.loadId(), reached.breaches());
        }
    }

    /** Closes the reader and discards uncommitted files. */
    @Override
    public void close() {
        try {
            while (!toClose.isEmpty()) {
                toClose.pop().run();
            }
        } finally {
            load.memory().release();
        }
    }

    private <T extends LoadStage> T stage(Class<T> expected) {
        LoadStage reached = stage;
        if (!expected.isInstance(reached)) {
            throw new IllegalStateException("the step that makes a " + expected.getSimpleName() + " has not run");
        }
        return expected.cast(reached);
    }
}
