package uk.fpw.nightly.run;

import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import uk.fpw.ingest.LoadSummary;
import uk.fpw.layout.ReleaseId;
import uk.fpw.layout.RunFolder;
import uk.fpw.layout.RunId;
import uk.fpw.layout.WarehouseFolder;
import uk.fpw.nightly.run.change.QuotedFigures;
import uk.fpw.publish.ReleaseSummary;
import uk.fpw.warehouse.failure.ExitCode;
import uk.fpw.warehouse.failure.FpwException;
import uk.fpw.warehouse.force.Force;
import uk.fpw.warehouse.force.feed.Feed;
import uk.fpw.warehouse.message.FigureChangeSummary;
import uk.fpw.warehouse.message.MetricsResult;
import uk.fpw.warehouse.store.ledger.Release;
import uk.fpw.warehouse.store.ledger.RunLedger;
import uk.fpw.warehouse.store.limit.Acceptance;

/** The state of one run; its steps write their results to it. */
final class RunContext {

    private final Force force;
    private final RunRequest request;
    private final RunId runId;
    private final RunFolder runFolder;
    private final ReleaseStanding standing;
    private final ReleaseId releaseId;
    private final RunId candidateRunId;
    private final @Nullable Release releasedBefore;
    private final @Nullable Release previous;
    private final List<LoadSummary> loads = new ArrayList<>();
    private final List<MetricsResult.Timing> timings = new ArrayList<>();
    private final List<String> laterFailures = new ArrayList<>();
    private boolean arePagesBehind;
    private final Map<String, String> missingFeeds = new TreeMap<>();
    private Map<String, Long> heldBefore = Map.of();
    private List<Acceptance> accepted = List.of();
    private QuotedFigures quoted = QuotedFigures.NONE;
    private List<String> unreadFiles = List.of();
    private List<String> deliveries = List.of();
    private @Nullable MetricsResult metrics;
    private @Nullable ReleaseSummary release;

    private RunContext(
            Force force,
            RunRequest request,
            RunId runId,
            RunFolder runFolder,
            ReleaseStanding standing,
            ReleaseId releaseId,
            RunId candidateRunId,
            @Nullable Release releasedBefore,
            @Nullable Release previous) {
        this.force = force;
        this.request = request;
        this.runId = runId;
        this.runFolder = runFolder;
        this.standing = standing;
        this.releaseId = releaseId;
        this.candidateRunId = candidateRunId;
        this.releasedBefore = releasedBefore;
        this.previous = previous;
    }

    /** A run that creates the candidate it may release. */
    static RunContext of(
            Force force,
            RunRequest request,
            RunId runId,
            RunFolder runFolder,
            ReleaseStanding standing,
            ReleaseId releaseId,
            @Nullable Release previous) {
        return new RunContext(force, request, runId, runFolder, standing, releaseId, runId, null, previous);
    }

    /** A run that releases the candidate of an earlier one. */
    static RunContext release(
            Force force,
            RunRequest request,
            RunId runId,
            RunFolder runFolder,
            ReleaseStanding standing,
            RunLedger.@Nullable Computed candidate,
            @Nullable Release releasedBefore,
            @Nullable Release previous) {
        if (candidate == null) {
            throw new IllegalArgumentException("a release needs a candidate");
        }
        return new RunContext(
                force,
                request,
                runId,
                runFolder,
                standing,
                candidate.releaseId(),
                candidate.runId(),
                releasedBefore,
                previous);
    }

    Force force() {
        return force;
    }

    RunRequest request() {
        return request;
    }

    LocalDate businessDate() {
        return request.businessDate();
    }

    /** The feeds to load: all, or the requested one. */
    List<Feed> feeds() {
        String asked = request.feed();
        return asked == null
                ? force.feeds()
                : force.feeds().stream()
                        .filter(feed -> feed.name().equals(asked))
                        .toList();
    }

    /** Rejects a feed that does not belong to the force. */
    void requireFeeds() {
        if (feeds().isEmpty() && request.feed() != null) {
            throw new FpwException(
                    ExitCode.CONFIGURATION,
                    "there is no feed '" + request.feed() + "' in " + force.folder() + "; feeds: "
                            + force.feeds().stream().map(Feed::name).toList());
        }
    }

    RunId runId() {
        return runId;
    }

    ReleaseId releaseId() {
        return releaseId;
    }

    /** The run that computed, or is to compute, the candidate. */
    RunId candidateRunId() {
        return candidateRunId;
    }

    /** What is known of whether the release is current. */
    ReleaseStanding standing() {
        return standing;
    }

    boolean wasReleasedBefore() {
        return releasedBefore != null;
    }

    /** Where the candidate is described. */
    Path resultFile() {
        return new WarehouseFolder(force.storage().warehouse())
                .run(candidateRunId)
                .resultFile();
    }

    void loaded(LoadSummary load) {
        loads.add(load);
    }

    /** What there is to say of the loads so far, where no summary says it. */
    List<String> loadNotes() {
        return RunSummary.notes(loads);
    }

    /** Records which files in the drop folders no load has read, one line each. */
    void unreadFiles(List<String> lines) {
        unreadFiles = List.copyOf(lines);
    }

    /** Records missing files that did not stop the run, one line each. */
    void deliveries(List<String> lines) {
        deliveries = List.copyOf(lines);
    }

    void computed(MetricsResult result) {
        metrics = result;
    }

    void released(ReleaseSummary summary) {
        standing.switched();
        release = summary;
        laterFailures.addAll(summary.laterFailures());
        FigureChangeSummary figures = summary.figureChanges();
        if (figures != null && figures.withoutCauseCount() > 0) {
            laterFailures.add(
                    figures.withoutCauseCount() + " figures of the past have changed without a known cause; this is "
                            + "probably a bug in the software: keep the folder of this run and report it");
        }
        if (figures != null) {
            laterFailures.addAll(figures.warnings());
        }
    }

    /** The release that this run has created; null before that. */
    @Nullable
    Release newRelease() {
        return release == null ? null : release.release();
    }

    /** The release that readers saw when the run began; null if there was none. */
    @Nullable
    Release previous() {
        return previous;
    }

    /** Records what has become of figures that were pinned or published. */
    void quoted(QuotedFigures found) {
        quoted = found;
    }

    /** Records that the release will be created without a feed, and why. */
    void recordMissingFeed(String feed, FpwException failure) {
        missingFeeds.put(feed, String.valueOf(failure.getMessage()));
    }

    /** Notes by feed how many rows were held the night before. */
    void heldBefore(Map<String, Long> rows) {
        heldBefore = rows;
    }

    /** Records in a sentence what failed without undoing what was done. */
    void recordLaterFailure(String failure) {
        laterFailures.add(failure);
    }

    /** Notes by which acceptances runs of the business date passed a limit. */
    void accepted(List<Acceptance> used) {
        accepted = used;
    }

    /** Notes whether readers have the pages of an earlier release. */
    void pagesBehind(boolean areBehind) {
        arePagesBehind = areBehind;
    }

    void recordTiming(String part, long millis) {
        timings.add(new MetricsResult.Timing(part, millis));
    }

    RunResult result() {
        return new RunResult(
                force,
                request,
                releaseId,
                runFolder.log(),
                new RunResult.Loading(List.copyOf(loads), new TreeMap<>(missingFeeds), unreadFiles, deliveries),
                metrics,
                new RunResult.Releasing(
                        release, releasedBefore, previous, accepted, quoted, arePagesBehind, heldBefore),
                List.copyOf(timings),
                List.copyOf(laterFailures));
    }
}
