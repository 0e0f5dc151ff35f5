package uk.fpw.nightly.run;

import java.nio.file.Path;
import java.time.LocalDate;
import java.util.List;
import org.jspecify.annotations.Nullable;
import uk.fpw.layout.ReleaseId;
import uk.fpw.layout.RunId;
import uk.fpw.layout.WarehouseFolder;
import uk.fpw.warehouse.failure.FpwException;
import uk.fpw.warehouse.force.Force;
import uk.fpw.warehouse.force.feed.Feed;
import uk.fpw.warehouse.store.ledger.Release;

/**
 * What is known of a run before its first step. What its steps add is their {@link StepOutput}.
 *
 * @param releaseId the release, or the candidate; of an ingest the one that it would have had
 * @param candidateRunId the run that has computed the candidate, or computes it: this one unless it only releases
 * @param releasedBefore the release that the candidate has become already, so that there is nothing to do; null
 *     otherwise
 * @param previous the release that readers see when the run begins; null if there is none
 */
record RunContext(
        Force force,
        RunRequest request,
        RunId runId,
        Path log,
        ReleaseId releaseId,
        RunId candidateRunId,
        @Nullable Release releasedBefore,
        @Nullable Release previous) {

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
            throw FpwException.configuration("there is no feed '" + request.feed() + "' in " + force.folder()
                    + "; feeds: " + force.feeds().stream().map(Feed::name).toList());
        }
    }

    /** Where the candidate is described. */
    Path resultFile() {
        return new WarehouseFolder(force.storage().warehouse())
                .run(candidateRunId)
                .resultFile();
    }
}
