package uk.fpw.nightly.run;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import uk.fpw.layout.ReleaseId;
import uk.fpw.layout.WarehouseFolder;
import uk.fpw.process.RunFiles;
import uk.fpw.warehouse.failure.FpwException;
import uk.fpw.warehouse.force.Force;
import uk.fpw.warehouse.message.Baseline;
import uk.fpw.warehouse.message.MetricsResult;
import uk.fpw.warehouse.store.ledger.Release;
import uk.fpw.warehouse.store.ledger.RunLedger;
import uk.fpw.warehouse.store.ledger.WithdrawnReleases;

/** Candidates that were computed in a run of their own, and wait to be released. */
final class PendingCandidates {

    private PendingCandidates() {}

    /**
     * Returns the candidate if it can be released, or was.
     *
     * @param loadedSince feeds whose rows have changed since it was computed
     * @param withdrawn the withdrawal of its release; null if it was not withdrawn
     * @param current the release that readers see; null before the first, or if every release was withdrawn
     * @throws FpwException with {@code CONFIGURATION} naming what to do instead
     */
    static RunLedger.Computed requireReleasable(
            Force force,
            LocalDate businessDate,
            RunLedger.@Nullable Computed candidate,
            List<String> loadedSince,
            WithdrawnReleases.@Nullable Withdrawn withdrawn,
            @Nullable Release current) {
        if (candidate == null) {
            throw FpwException.configuration("there is no candidate of " + businessDate
                    + " to release; compute one: fpw metrics --date " + businessDate);
        }
        String again = "; recompute it: fpw metrics --date " + businessDate;
        if (candidate.isReleased() && withdrawn != null) {
            throw FpwException.configuration("candidate " + candidate.releaseId() + " was released, and withdrawn: "
                    + withdrawn.reason() + again);
        }
        if (candidate.isReleased()) {
            return candidate;
        }
        if (!loadedSince.isEmpty()) {
            throw FpwException.configuration("candidate " + candidate.releaseId() + " is out of date: rows of "
                    + String.join(", ", loadedSince) + " were loaded or withdrawn after it was computed" + again);
        }
        if (candidate.forceDigest() != null && !candidate.forceDigest().equals(force.digest())) {
            throw FpwException.configuration("candidate " + candidate.releaseId()
                    + " is out of date: the force folder has changed since it was computed" + again);
        }
        Path result = new WarehouseFolder(force.storage().warehouse())
                .run(candidate.runId())
                .resultFile();
        if (!Files.exists(result)) {
            throw FpwException.configuration("candidate " + candidate.releaseId()
                    + " cannot be released, its description " + result + " is missing" + again);
        }
        // killed after the switch: the rest is still to be done
        if (current != null && current.releaseId().equals(candidate.releaseId())) {
            return candidate;
        }
        Baseline baseline = CandidateComputation.baseline(force, current);
        ReleaseId now = baseline == null ? null : baseline.releaseId();
        ReleaseId then = RunFiles.read(result, MetricsResult.class).comparedWith();
        if (!Objects.equals(then, now)) {
            throw FpwException.configuration(
                    "candidate " + candidate.releaseId() + " is out of date: it was compared with "
                            + (then == null ? "no release" : "release " + then) + ", and now "
                            + (now == null ? "none" : now) + " is current" + again);
        }
        return candidate;
    }
}
