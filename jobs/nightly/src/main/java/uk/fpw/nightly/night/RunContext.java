package uk.fpw.nightly.night;

import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import uk.fpw.ingest.LoadSummary;
import uk.fpw.layout.RunFolder;
import uk.fpw.layout.WarehouseFolder;
import uk.fpw.publish.ReleaseSummary;
import uk.fpw.warehouse.force.Force;
import uk.fpw.warehouse.force.feed.Feed;
import uk.fpw.warehouse.ledger.NightLedger;
import uk.fpw.warehouse.ledger.Release;
import uk.fpw.warehouse.limit.Acceptance;
import uk.fpw.warehouse.run.ExitCode;
import uk.fpw.warehouse.run.FpwException;
import uk.fpw.warehouse.run.MetricsResult;

/** The state of one run; its steps write their results to it. */
final class RunContext {

    private final Force force;
    private final RunRequest request;
    private final String runId;
    private final RunFolder runFolder;
    private final String releaseId;
    private final String candidateRunId;
    private final @Nullable Release releasedBefore;
    private final @Nullable Release previous;
    private final List<LoadSummary> loads = new ArrayList<>();
    private final List<MetricsResult.Timing> timings = new ArrayList<>();
    private final List<String> troubles = new ArrayList<>();
    private final Map<String, String> lacking = new TreeMap<>();
    private List<Acceptance> accepted = List.of();
    private List<String> unreadFiles = List.of();
    private List<String> deliveries = List.of();
    private @Nullable MetricsResult metrics;
    private @Nullable ReleaseSummary release;

    private RunContext(
            Force force,
            RunRequest request,
            String runId,
            RunFolder runFolder,
            String releaseId,
            String candidateRunId,
            @Nullable Release releasedBefore,
            @Nullable Release previous) {
        this.force = force;
        this.request = request;
        this.runId = runId;
        this.runFolder = runFolder;
        this.releaseId = releaseId;
        this.candidateRunId = candidateRunId;
        this.releasedBefore = releasedBefore;
        this.previous = previous;
    }

    /** A run that makes the candidate it may release. */
    static RunContext of(
            Force force,
            RunRequest request,
            String runId,
            RunFolder runFolder,
            String releaseId,
            @Nullable Release previous) {
        return new RunContext(force, request, runId, runFolder, releaseId, runId, null, previous);
    }

    /** A run that releases the candidate of an earlier one. */
    static RunContext release(
            Force force,
            RunRequest request,
            String runId,
            RunFolder runFolder,
            NightLedger.@Nullable Computed candidate,
            @Nullable Release releasedBefore,
            @Nullable Release previous) {
        if (candidate == null) {
            throw new IllegalArgumentException("a release needs a candidate");
        }
        return new RunContext(
                force, request, runId, runFolder, candidate.releaseId(), candidate.runId(), releasedBefore, previous);
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

    String runId() {
        return runId;
    }

    String releaseId() {
        return releaseId;
    }

    /** The run that computed, or is to compute, the candidate. */
    String candidateRunId() {
        return candidateRunId;
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
        release = summary;
        troubles.addAll(summary.troubles());
    }

    /** Records that the release will be created without a feed, and why. */
    void recordMissingFeed(String feed, FpwException failure) {
        lacking.put(feed, String.valueOf(failure.getMessage()));
    }

    /** Notes in a sentence what failed without unmaking what was done. */
    void recordProblem(String trouble) {
        troubles.add(trouble);
    }

    /** Notes by which acceptances runs of the business date passed a limit. */
    void accepted(List<Acceptance> used) {
        accepted = used;
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
                new RunResult.Loading(List.copyOf(loads), new TreeMap<>(lacking), unreadFiles, deliveries),
                metrics,
                new RunResult.Releasing(release, releasedBefore, previous, accepted),
                List.copyOf(timings),
                List.copyOf(troubles));
    }
}
