package uk.fpw.publish;

import java.util.ArrayList;
import java.util.List;
import uk.fpw.warehouse.force.Force;
import uk.fpw.warehouse.store.ledger.Acceptances;
import uk.fpw.warehouse.store.ledger.QueueDefinitions;
import uk.fpw.warehouse.store.ledger.Release;
import uk.fpw.warehouse.store.ledger.Releases;
import uk.fpw.warehouse.store.ledger.WithdrawnReleases;
import uk.fpw.warehouse.store.limit.AcceptableLimit;
import uk.fpw.warehouse.store.limit.Acceptance;

/** How a candidate differs from the current release, with what a user has accepted applied. */
final class CandidateChanges {

    private final ReleaseLimits limits;
    private final Releases releases;
    private final QueueDefinitions definitions;
    private final WithdrawnReleases withdrawn;
    private final Acceptances acceptances;

    CandidateChanges(
            Force force,
            Releases releases,
            QueueDefinitions definitions,
            WithdrawnReleases withdrawn,
            Acceptances acceptances) {
        this.limits = new ReleaseLimits(force);
        this.releases = releases;
        this.definitions = definitions;
        this.withdrawn = withdrawn;
        this.acceptances = acceptances;
    }

    /** Findings about a candidate. It is not compared before the first release, nor with itself once it is current. */
    List<ReleaseLimits.Verdict> of(ReleaseCandidate candidate) {
        Release current = releases.current();
        List<ReleaseLimits.Verdict> verdicts =
                new ArrayList<>(limits.judge(candidate.result().excluded()));
        if (current != null && !current.releaseId().equals(candidate.releaseId())) {
            verdicts.addAll(limits.judge(
                    candidate.result().changes(),
                    current,
                    definitions.usedIn(current.releaseId()),
                    withdrawn.withdrawnLoads(current.releaseId()),
                    candidate.request().isBackfill() ? "the run is part of a backfill (--from, --to)" : null));
        }
        return verdicts.stream()
                .map(verdict -> applyAcceptance(verdict, candidate))
                .toList();
    }

    private ReleaseLimits.Verdict applyAcceptance(ReleaseLimits.Verdict verdict, ReleaseCandidate candidate) {
        AcceptableLimit limit = verdict.limit();
        Acceptance acceptance = limit == null || !verdict.stops()
                ? null
                : acceptances.find(verdict.queue(), limit, candidate.businessDate());
        if (acceptance == null) {
            return verdict;
        }
        acceptances.used(acceptance, candidate.runId(), verdict.message());
        return verdict.accepted(acceptance.reason());
    }
}
