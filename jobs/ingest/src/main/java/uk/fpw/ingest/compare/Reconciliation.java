package uk.fpw.ingest.compare;

import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import uk.fpw.ingest.extract.FullExtract;
import uk.fpw.ingest.extract.LoadContext;
import uk.fpw.ingest.extract.LoadPreparation;
import uk.fpw.ingest.extract.LoadStage;
import uk.fpw.ingest.source.DisplayText;
import uk.fpw.ingest.source.RowSource;
import uk.fpw.text.Plural;
import uk.fpw.warehouse.store.ledger.ChangeHistory;
import uk.fpw.warehouse.store.ledger.feed.ProcessedFiles;
import uk.fpw.warehouse.store.limit.Acceptance;
import uk.fpw.warehouse.store.limit.LimitBreaches;
import uk.fpw.warehouse.store.load.HeldKeys;
import uk.fpw.warehouse.store.load.LastReconcile;
import uk.fpw.warehouse.store.load.Load;
import uk.fpw.warehouse.store.load.LoadCounts;
import uk.fpw.warehouse.store.load.RawAppend;
import uk.fpw.warehouse.store.load.RowChanges;

/**
 * The reconciliation of a load: what happened to every row, which current rows count as deleted, and whether the source
 * is plausible.
 */
public final class Reconciliation implements LoadStage {

    private static final Logger LOG = LoggerFactory.getLogger(Reconciliation.class);

    private static final int GONE_SHOWN = 3;

    private final RowSource source;
    private final FullExtract extract;
    private final ExtractComparison comparison;
    private final RefusedRowBuffer refusedRows;
    private final boolean comparesAll;
    private final boolean comparesChanges;
    private final HeldKeys heldBefore;
    private final MissingRows missing;
    private final LoadCounts counts;
    private final RowChanges changes;
    private final ChangeHistory history;
    private final ChangeLimits changeLimits;
    private @Nullable String again;
    private final Map<Acceptance, String> accepted = new LinkedHashMap<>();
    private @Nullable String unusual;
    private @Nullable String removedRows;
    private @Nullable String newColumns;
    private @Nullable String unreadable;

    /** Counts, without enforcing limits. */
    public Reconciliation(LoadContext load, ExtractComparison comparison, RefusedRowBuffer refusedRows) {
        LoadPreparation prepared = comparison.extract().prepared();
        this.source = load.source();
        this.extract = comparison.extract();
        this.comparison = comparison;
        this.refusedRows = refusedRows;
        this.comparesAll = prepared.plan().comparesAll();
        this.comparesChanges = comparesAll && load.cursor() != null;
        Load last = prepared.lastLoad();
        boolean canHold = comparesAll || load.cursor() != null;
        this.heldBefore = last == null || !canHold ? HeldKeys.none() : last.held();
        this.missing = missing(load);
        this.counts = comparison.counts(missing.deleted(), held().size());
        this.changes = comparison.changes(missing);
        this.history = load.changes().history(load.feed().name(), load.businessDate());
        this.changeLimits = new ChangeLimits(source, history, load.businessDate());
    }

    /** What was compared. */
    public ExtractComparison comparison() {
        return comparison;
    }

    @Override
    public String digest() {
        return extract.digest();
    }

    @Override
    public LoadCounts counts() {
        return counts;
    }

    /** Changes that an incremental read would have missed. */
    public LastReconcile.Found missed() {
        return comparison.missed(missing.deleted());
    }

    /** Missing rows that are held; an incremental load finds only those in compared ranges. */
    public HeldKeys held() {
        return comparesAll ? HeldKeys.of(missing.heldSince()) : heldBefore.and(missing.heldSince());
    }

    /** Whether there is anything to record in {@code raw}. */
    public boolean changesSomething() {
        return counts.changesSomething() || !held().equals(heldBefore);
    }

    /**
     * Stops a load that does not add up or exceeds the feed's limits.
     *
     * @throws uk.fpw.warehouse.failure.FpwException with {@code BAD_DATA} if it exceeds the limits
     */
    public void enforce(LoadContext load) {
        if (!counts.addUp()) {
            throw new IllegalStateException(source.place() + ": rows do not add up: " + counts);
        }
        ChangeLimits.AcceptanceOf acceptances =
                limit -> load.acceptances().find(source.feed().name(), limit, load.businessDate());
        ExtractLimits limits = new ExtractLimits(source, refusedRows, load.businessDate());
        limits.enforce(counts, missing, acceptances);
        changeLimits.compare(changes, missing, comparison.markedDeleted().count());
        changeLimits.enforce(acceptances);
        accepted.putAll(limits.accepted());
        accepted.putAll(changeLimits.accepted());
        again = again(load);
        unusual = unusual(load);
        removedRows = extract.prepared().removedRowsNote();
        newColumns = newColumns(load);
        unreadable = unreadable(load);
        Stream.of(heldNote(), again, lateNote(), goneNote(), removedRows, unusual, newColumns, unreadable)
                .filter(Objects::nonNull)
                .forEach(note -> LOG.warn("{}: {}", source.feed().name(), note));
    }

    /** The effect of the load on the rows known before, and which exceeded limits are accepted. */
    public RowChanges changes() {
        return changeLimits
                .judged(changes)
                .accepting(accepted.keySet().stream().map(Acceptance::limit).collect(Collectors.toSet()));
    }

    @Override
    public LimitBreaches breaches() {
        return changeLimits.breaches();
    }

    /** Records the acceptances that the load uses. */
    public void noteAcceptances(LoadContext load) {
        accepted.forEach(
                (acceptance, figures) -> load.acceptances().used(acceptance, load.runId(), load.loadId(), figures));
    }

    /** Note for the operator on a successful load; null if there is none. */
    @Nullable
    public String note() {
        String note = Stream.of(
                        extract.delivery().note(),
                        heldNote(),
                        again,
                        lateNote(),
                        goneNote(),
                        removedRows,
                        unusual,
                        newColumns,
                        unreadable,
                        extract.cursor() == null ? null : extract.cursor().note(),
                        comparison.ranges().note(missed()),
                        missedNote())
                .filter(Objects::nonNull)
                .collect(Collectors.joining("; "));
        return note.isEmpty() ? null : note;
    }

    private @Nullable String heldNote() {
        LocalDate earliest = missing.earliest();
        if (earliest == null) {
            return null;
        }
        long held = missing.held();
        long unreadable = missing.unreadable();
        return Plural.of(held, "row") + " missing from " + source.what() + (held == 1 ? " is" : " are")
                + " kept in current and not deleted, since the "
                + (unreadable == 1
                        ? "key of 1 refused row could not be read and may be among them"
                        : "keys of " + unreadable + " refused rows could not be read and may be among them")
                + "; first missing on " + earliest;
    }

    private @Nullable String lateNote() {
        long late = comparison.late();
        return late == 0
                ? null
                : source.name() + " came late: " + Plural.of(late, "row")
                        + " of it with a key that a later file contained "
                        + (late == 1 ? "is" : "are") + " superseded, and the newer versions are kept";
    }

    /** A note on a file of changes that was delivered again with other content after it had been read. */
    private @Nullable String again(LoadContext load) {
        if (!source.readsChangesOnly() || source.feed().droppedFile() == null) {
            return null;
        }
        List<ProcessedFiles.ReadFile> reads =
                load.ledger().processedFiles().of(source.feed().name()).getOrDefault(source.name(), List.of()).stream()
                        .filter(read -> read.sourceDate().equals(load.sourceDate()))
                        .toList();
        return reads.isEmpty()
                        || reads.stream().anyMatch(read -> extract.digest().equals(read.digest()))
                ? null
                : source.name() + " has changed since it was read, and was read again";
    }

    private @Nullable String goneNote() {
        List<LocalDate> gone = comparison.goneLaterFiles();
        if (gone.isEmpty() || !counts.changesSomething()) {
            return null;
        }
        boolean isOne = gone.size() == 1;
        return source.name() + " came late, and the " + (isOne ? "file of " : "files of ")
                + gone.stream().limit(GONE_SHOWN).map(LocalDate::toString).collect(Collectors.joining(", "))
                + (gone.size() > GONE_SHOWN ? " and " + (gone.size() - GONE_SHOWN) + " more dates" : "")
                + (isOne ? ", loaded before, no longer exists" : ", loaded before, no longer exist")
                + ": rows that " + (isOne ? "it" : "they")
                + " confirmed unchanged could not be determined, and may have been replaced by older versions";
    }

    /** Observations worth a look that do not stop the load. */
    private @Nullable String unusual(LoadContext load) {
        List<String> notes = new ArrayList<>();
        String counts = UnusualCounts.note(this.counts.loaded(), history, load.businessDate());
        if (counts != null) {
            notes.add(counts);
        }
        comparison.unseen().forEach(unseen -> notes.add(unseen.toString()));
        return notes.isEmpty() ? null : String.join("; ", notes);
    }

    /** Columns of the source that no earlier load has found. */
    private @Nullable String newColumns(LoadContext load) {
        List<String> columns = load
                .ledger()
                .sourceColumns()
                .unseen(source.feed().name(), source.columns())
                .stream()
                .filter(column -> !column.isRead())
                .map(column -> DisplayText.text(column.name() + " (" + column.type() + ")"))
                .toList();
        int last = columns.size() - 1;
        return columns.isEmpty()
                ? null
                : source.what() + " has "
                        + (last == 0
                                ? "a new column, "
                                : "new columns, " + String.join(", ", columns.subList(0, last)) + " and ")
                        + columns.get(last) + ", which " + source.definition()
                        + " does not list and no load reads; this is reported once";
    }

    /** Values that could not be read, unless the previous load had as many. */
    private @Nullable String unreadable(LoadContext load) {
        Map<String, Long> found = extract.unreadable();
        return found.isEmpty()
                        || found.equals(load.ledger()
                                .unreadableValues()
                                .before(source.feed().name(), load.businessDate()))
                ? null
                : "values that could not be read and are empty: "
                        + found.entrySet().stream()
                                .map(column -> column.getValue() + " of " + column.getKey())
                                .collect(Collectors.joining(", "));
    }

    private @Nullable String missedNote() {
        LastReconcile.Found missed = missed();
        return !comparesChanges || missed.added() + missed.changed() + missed.deleted() == 0
                ? null
                : source.what() + " was compared in full; changes missed by the cursor: "
                        + Plural.of(missed.added(), "row") + " added, " + missed.changed() + " changed, "
                        + missed.deleted() + " deleted";
    }

    /** Writes deletions for missing rows, and removes these and changed rows from {@code current}. */
    public void supersede() {
        RawAppend append = comparison.append();
        comparison.changed().forEach(append::supersede);
        comparison.markedDeleted().forEach(append::delete);
        comparison.missing().forEach(row -> {
            if (!missing.heldSince().containsKey(row.key())) {
                append.delete(row);
            }
        });
    }

    private MissingRows missing(LoadContext load) {
        if (comparison.missing().count() == 0) {
            return MissingRows.none();
        }
        if (refusedRows.unreadableKey() == 0) {
            return MissingRows.allDeleted(comparison.missing().count());
        }
        Set<String> keys = new HashSet<>();
        comparison.missing().forEach(row -> keys.add(row.key()));
        return MissingRows.of(keys, refusedRows.unreadableKey(), heldBefore, load.sourceDate());
    }
}
