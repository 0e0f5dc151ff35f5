package uk.fpw.ingest;

import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import uk.fpw.ingest.source.RowSource;
import uk.fpw.warehouse.load.CurrentTable;
import uk.fpw.warehouse.load.LastReconcile;
import uk.fpw.warehouse.load.LoadCounts;
import uk.fpw.warehouse.load.RowChanges;
import uk.fpw.warehouse.load.RowVersion;

/** The account of one load: where every row went, which current rows count as deleted, and whether the source can be what it should be. */
final class Reconciliation {

    private static final Logger LOG = LoggerFactory.getLogger(Reconciliation.class);

    private final RowSource source;
    private final Inspection inspection;
    private final Extraction extraction;
    private final Refusals refusals;
    private final long missing;
    private final boolean heldBack;
    private final boolean comparesChanges;
    private final LoadCounts counts;
    private final RowChanges changes;
    private final ChangeLimits changeLimits;

    /** Counts; judges nothing yet. */
    Reconciliation(
            LoadContext load,
            ChangePlan plan,
            Inspection inspection,
            Extraction extraction,
            Refusals refusals,
            CurrentTable current) {
        this.source = load.source();
        this.inspection = inspection;
        this.extraction = extraction;
        this.refusals = refusals;
        this.missing = plan.comparesAll() ? extraction.missing() : 0;
        this.heldBack = missing > 0 && refusals.withoutKey() > 0;
        this.comparesChanges = plan.comparesAll() && load.cursor() != null;
        this.counts = extraction.counts(heldBack ? 0 : missing);
        this.changes = extraction.changes(load.feed(), current);
        this.changeLimits = new ChangeLimits(
                source, load.changes().history(load.feed().name(), load.businessDate()), load.businessDate());
    }

    /** Where the rows of the extract went. */
    LoadCounts counts() {
        return counts;
    }

    /** What reading changes only would not have found. */
    LastReconcile.Found missed() {
        return extraction.missed(heldBack ? 0 : missing);
    }

    /**
     * Stops a load that does not add up or that departs from the feed's limits.
     *
     * @throws uk.fpw.warehouse.run.NightFailure with {@code BAD_DATA} if it departs from the limits
     */
    void enforce(LoadContext load) {
        if (!counts.addUp() || counts.received() != inspection.rows()) {
            throw new IllegalStateException(
                    source.place() + ": rows do not add up: " + counts + ", counted before: " + inspection.rows());
        }
        new Limits(source, refusals).enforce(counts);
        changeLimits.compare(changes, missing, extraction.markedDeleted());
        changeLimits.enforce(limit -> load.acceptances().find(source.feed().name(), limit, load.businessDate()));
        if (heldBack) {
            LOG.warn("{}: {}", source.feed().name(), heldBackNote());
        }
    }

    /** What the load does to the rows known before, and which limits it passes by an acceptance. */
    RowChanges changes() {
        return changes.accepting(changeLimits.acceptedLimits());
    }

    /** Notes by which acceptances the load passes limits. */
    void noteAcceptances(LoadContext load) {
        changeLimits.accepted().forEach((acceptance, figures) -> load.acceptances()
                .used(acceptance, load.runId(), figures));
    }

    /** What a person should know of the load although it succeeded; null if nothing. */
    @Nullable
    String note() {
        String note = Stream.of(
                        heldBackNote(),
                        inspection.cursor() == null ? null : inspection.cursor().note(),
                        missedNote())
                .filter(Objects::nonNull)
                .collect(Collectors.joining("; "));
        return note.isEmpty() ? null : note;
    }

    private @Nullable String heldBackNote() {
        if (!heldBack) {
            return null;
        }
        return Limits.rows(missing) + " that " + source.what() + " lacks " + (missing == 1 ? "stays" : "stay")
                + " in current, since the keys of " + refusals.withoutKey() + " refused "
                + (refusals.withoutKey() == 1 ? "row" : "rows") + " could not be read and may be among them";
    }

    private @Nullable String missedNote() {
        LastReconcile.Found missed = missed();
        return !comparesChanges || missed.added() + missed.changed() + missed.deleted() == 0
                ? null
                : source.what() + " was compared in full, and the cursor had missed: " + Limits.rows(missed.added())
                        + " added, " + missed.changed() + " changed, " + missed.deleted() + " gone";
    }

    /** Writes the versions that say which current rows are gone. */
    void writeDeletions(CurrentTable current) {
        if (counts.deleted() == 0) {
            return;
        }
        boolean deletesMissing = missing > 0 && !heldBack;
        current.forEachKey((key, item) -> {
            if ((deletesMissing && extraction.isMissing(key)) || extraction.isMarkedDeleted(key)) {
                extraction.append().add(RowVersion.deleted(key, item));
            }
        });
    }
}
