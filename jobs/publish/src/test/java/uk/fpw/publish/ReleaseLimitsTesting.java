package uk.fpw.publish;

import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import uk.fpw.layout.ReleaseId;
import uk.fpw.layout.RunId;
import uk.fpw.publish.ReleaseLimits.Verdict;
import uk.fpw.warehouse.force.Force;
import uk.fpw.warehouse.force.QueueFingerprint;
import uk.fpw.warehouse.force.queue.Queue;
import uk.fpw.warehouse.force.staging.StagingQuery;
import uk.fpw.warehouse.message.MetricsResult.MassClosure;
import uk.fpw.warehouse.message.MetricsResult.QueueChange;
import uk.fpw.warehouse.store.ledger.QueueDefinitions.Used;
import uk.fpw.warehouse.store.ledger.Release;
import uk.fpw.warehouse.testing.TestQueues;

/** A queue, the current release, and the changes between it and a candidate. */
abstract class ReleaseLimitsTesting {

    static final Queue QUEUE = TestQueues.waiting(0);
    static final Force FORCE = withQueue(ExampleCandidates.force(Path.of("/warehouse")), QUEUE);

    static final Release CURRENT = new Release(
            ReleaseId.of("2016-01-11.1"),
            RunId.of("2016-01-11-20160112T040000-0a1b"),
            LocalDate.of(2016, 1, 11),
            Instant.EPOCH,
            "1",
            "f",
            null,
            "d",
            null,
            List.of(),
            List.of());

    private static final QueueFingerprint FINGERPRINT = QueueFingerprint.of(FORCE, QUEUE);

    static Force withQueue(Force force, Queue queue) {
        return withQueue(force, queue, List.of());
    }

    static Force withQueue(Force force, Queue queue, List<StagingQuery> stagings) {
        return new Force(
                force.folder(),
                new Force.Identity(
                        force.code(), force.name(), force.zone(), force.storage(), force.confirmDateAfterDays()),
                new Force.Sources(force.connections(), force.feeds(), force.bankHolidays()),
                new Force.Meaning(
                        stagings,
                        List.of(queue),
                        force.milestones(),
                        force.rules(),
                        force.schemes(),
                        force.gradings(),
                        force.facts(),
                        Force.Background.NONE),
                force.digest());
    }

    static Used used(int version, @Nullable String staging) {
        return new Used(
                "waiting",
                version,
                staging == null ? FINGERPRINT.stagingDigest() : staging,
                FINGERPRINT.rulesDigest(),
                FINGERPRINT.presentation());
    }

    /** Verdicts for a queue with default limits. */
    static List<Verdict> judge(QueueChange change, int provisionalDays) {
        return judge(limits(provisionalDays), change);
    }

    static ReleaseLimits limits(int provisionalDays) {
        return new ReleaseLimits(withQueue(FORCE, TestQueues.waiting(provisionalDays)));
    }

    static List<Verdict> judge(ReleaseLimits limits, QueueChange change) {
        return limits.judge(List.of(change), CURRENT, Map.of("waiting", used(2, null)), Map.of(), null);
    }

    static List<Verdict> judge(QueueChange change, Used used) {
        return new ReleaseLimits(FORCE).judge(List.of(change), CURRENT, Map.of("waiting", used), Map.of(), null);
    }

    /** All for one reason, in the loads of one date. */
    static QueueChange closed(long open, long closed, double usual) {
        return closed(open, closed, closed, usual, new MassClosure("2016-01-12", "withdrawn", closed, null, null, 0));
    }

    static QueueChange closed(long open, long forOneReason, long total, double usual, @Nullable MassClosure mass) {
        return new QueueChange(
                "waiting",
                "2016-01-11",
                1_002,
                0,
                0,
                0,
                0,
                open,
                open,
                null,
                "withdrawn",
                forOneReason,
                usual,
                total,
                usual,
                mass);
    }
}
