package uk.fpw.ingest.extract;

import java.time.LocalDate;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import uk.fpw.ingest.bucket.ExtractedRows;
import uk.fpw.warehouse.failure.FpwException;
import uk.fpw.warehouse.force.feed.Feed;
import uk.fpw.warehouse.privacy.KeptOut;
import uk.fpw.warehouse.store.ledger.feed.RetentionLedger;
import uk.fpw.warehouse.store.load.CurrentTable;
import uk.fpw.warehouse.store.load.Load;
import uk.fpw.warehouse.store.load.RawTable;
import uk.fpw.warehouse.store.recovery.LoadRecovery;

/** The first step of a load, before reading: recovers from an interrupted run, and rejects invalid input. */
public final class LoadPreparation implements LoadStage {

    private static final Logger LOG = LoggerFactory.getLogger(LoadPreparation.class);

    private final LoadContext load;
    private final Feed feed;
    private final RawTable raw;
    private final CurrentTable current;
    private @Nullable Load lastLoad;
    private @Nullable ChangePlan plan;
    private KeptOut keptOut = KeptOut.nothing();
    private @Nullable ClosedEarlier closedEarlier;

    private LoadPreparation(LoadContext load, RawTable raw, CurrentTable current) {
        this.load = load;
        this.feed = load.feed();
        this.raw = raw;
        this.current = current;
    }

    /** Opens the feed's table and adds to {@code ops} any loads that are only in {@code raw}. */
    public static LoadPreparation recover(LoadContext load) {
        Feed feed = load.feed();
        RawTable raw = RawTable.open(load.catalog(), feed, load.guard(), load.memory());
        CurrentTable current = CurrentTable.open(load.catalog(), feed, load.guard());
        int mended = new LoadRecovery(load.ledger()).recover(raw);
        load.changes().complete(feed.name(), raw.loads());
        load.acceptances().forgetFailed(feed.name());
        if (mended > 0) {
            LOG.info("{}: recovered from an interrupted run: {} loads corrected in ops", feed.name(), mended);
        }
        return new LoadPreparation(load, raw, current);
    }

    /**
     * Rejects a business date, row key or pseudonym key that does not match previous loads, and passes the watermark to
     * the source.
     */
    public void check() {
        checkBusinessDate();
        lastLoad = raw.lastLoad();
        checkKey();
        checkPseudonymKey();
        load.ledger().tombstones().requireSameReading(feed, load.businessDate());
        keptOut = load.ledger().tombstones().of(feed.name(), load.businessDate(), load.pseudonymiser());
        RetentionLedger.Horizon horizon = load.ledger().retention().of(feed.name());
        closedEarlier = horizon == null ? null : ClosedEarlier.of(feed, horizon, current);
        initChanges();
    }

    /** All versions of the feed's rows. */
    public RawTable raw() {
        return raw;
    }

    /** The latest version of each row. */
    public CurrentTable current() {
        return current;
    }

    /** The rows that were erased and must not be loaded again; after {@link #check}. */
    KeptOut keptOut() {
        return keptOut;
    }

    /** The rows that are kept out because their items were closed long ago, after {@link #check}; null if none is. */
    @Nullable
    ClosedEarlier closedEarlier() {
        return closedEarlier;
    }

    /**
     * Which changes of removed rows the extract, which has been read, has that are not loaded. A full extract is
     * compared with the last one that was noted.
     *
     * @return null if none, or it is not known
     */
    @Nullable
    public String removedRowsNote() {
        ClosedEarlier rows = closedEarlier;
        if (rows == null) {
            return null;
        }
        return load.source().readsChangesOnly()
                ? rows.changesNote()
                : rows.correctionsNote(load.ledger().retention().lastSent(feed.name()), rows.sent(load));
    }

    /** Records what a full extract had of removed rows, after the load is complete. */
    public void noteRemovedRows() {
        if (closedEarlier != null && !load.source().readsChangesOnly()) {
            load.ledger().retention().note(feed.name(), closedEarlier.sent(load));
        }
    }

    /** The load that wrote last; null before the first. */
    @Nullable
    public Load lastLoad() {
        return lastLoad;
    }

    /** A collection for the rows of the extract. */
    public ExtractedRows newRows() {
        return new ExtractedRows(feed, load.scratch(), !plan().comparesAll() && current.rowCount() > 0);
    }

    /** How this load finds the changes of its feed. */
    public ChangePlan plan() {
        if (plan == null) {
            throw new IllegalStateException("nothing has been checked yet");
        }
        return plan;
    }

    private void checkBusinessDate() {
        LocalDate committed = load.ledger().latestCommittedDate(feed.name());
        if (committed != null && load.businessDate().isBefore(committed)) {
            throw FpwException.configuration(
                    "feed " + feed.name() + ": the business date " + load.businessDate() + " is earlier than "
                            + committed
                            + ", the date of its last load; business dates must not decrease: choose " + committed
                            + " or later");
        }
    }

    private void checkKey() {
        Load last = lastLoad;
        String now = feed.keyText();
        String before = last == null ? null : last.source().keyColumns();
        if (last == null || before == null || now.equals(before)) {
            return;
        }
        throw FpwException.configuration(
                load.source().definition() + ": key is " + shown(now) + ", but was " + shown(before)
                        + " when the feed was last loaded (" + last.businessDate()
                        + "): rows are identified by their key, so every row would "
                        + "look new and every existing one deleted; restore the key, or rename "
                        + "the feed to start from scratch");
    }

    /** The key as written in a feed's file. */
    private static String shown(String key) {
        return key.equals(Feed.ROW) ? key : "[" + key.replace(",", ", ") + "]";
    }

    private void checkPseudonymKey() {
        for (Feed.Column column : feed.columns()) {
            if (column.privacy() == Feed.Privacy.PSEUDONYMISE) {
                load.pseudonymiser().require(load.source().definition() + ": column '" + column.name() + "'");
            }
        }
        if (feed.isKeyedByRow()) {
            load.pseudonymiser().requireForRows(load.source().definition());
        }
        String now = load.keyFingerprint();
        Load last = lastLoad;
        String before = last == null ? null : last.source().keyFingerprint();
        if (now != null && before != null && !now.equals(before)) {
            throw FpwException.configuration("feed " + feed.name() + ": the pseudonym key (fingerprint " + now
                    + ") differs from that of the last load (" + before
                    + "), so no row would be recognised; use the previous key, or replace it: fpw rekey");
        }
    }

    /** Changes are read from where the last load ended, unless the cursor column has changed. */
    private void initChanges() {
        ChangePlan made = ChangePlan.of(load, lastLoad);
        plan = made;
        if (made.watermark() != null) {
            load.source().changedSince(made.watermark(), made.comparesAll());
        }
    }
}
