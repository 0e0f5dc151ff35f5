package uk.fpw.nightly.night;

import java.time.Clock;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import uk.fpw.nightly.audit.NightAudit;
import uk.fpw.warehouse.catalog.WarehouseCatalog;
import uk.fpw.warehouse.force.Coverage;
import uk.fpw.warehouse.force.QueueFingerprint;
import uk.fpw.warehouse.ledger.LoadLedger;
import uk.fpw.warehouse.ledger.QueueDefinitions;
import uk.fpw.warehouse.ledger.Release;
import uk.fpw.warehouse.ledger.Releases;
import uk.fpw.warehouse.lock.LockGuard;
import uk.fpw.warehouse.recovery.LoadWithdrawals;
import uk.fpw.warehouse.run.MetricsResult;
import uk.fpw.warehouse.run.RunFiles;

/** Computes the candidate of a run in the Spark process, and audits it in the audit process. */
final class CandidateComputation {

    private final NightRecord night;
    private final RunProcesses processes;
    private final WarehouseCatalog catalog;
    private final DataSource dataSource;
    private final LockGuard guard;
    private final Clock clock;
    private final Progress progress;

    CandidateComputation(
            NightRecord night,
            RunProcesses processes,
            WarehouseCatalog catalog,
            DataSource dataSource,
            LockGuard guard,
            Clock clock,
            Progress progress) {
        this.night = night;
        this.processes = processes;
        this.catalog = catalog;
        this.dataSource = dataSource;
        this.guard = guard;
        this.clock = clock;
        this.progress = progress;
    }

    void run() {
        // A load or a withdrawal whose process was killed is not in ops yet, and a feed that nothing was loaded of
        // since an upgrade has no branch current.
        new LoadWithdrawals(catalog, dataSource, guard, clock).recoverAll();
        Coverage coverage =
                new Coverage(night.businessDate(), new LoadLedger(dataSource, clock).completeTo(night.businessDate()));
        Release current = new Releases(dataSource).current();
        MetricsResult audited = audit(coverage, current, compute(coverage));
        RunFiles.write(audited, night.resultFile());
        night.computed(audited);
    }

    private MetricsResult compute(Coverage coverage) {
        progress.say("computing events, spells and tables in the Spark process");
        long started = System.nanoTime();
        MetricsResult candidate = processes
                .spark()
                .compute(
                        night.force(),
                        coverage,
                        new QueueDefinitions(dataSource)
                                .versionChanges(QueueFingerprint.of(night.force()), night.businessDate()),
                        night.releaseId(),
                        night.runId(),
                        night.resultFile());
        night.took("Spark", (System.nanoTime() - started) / 1_000_000);
        return candidate;
    }

    private MetricsResult audit(Coverage coverage, @Nullable Release current, MetricsResult candidate) {
        progress.say(
                "auditing the candidate: the tests of its tables, its numbers counted again, and what has changed");
        long started = System.nanoTime();
        MetricsResult audited = new NightAudit(processes.audit(), catalog)
                .audit(
                        night.force(),
                        coverage,
                        night.releaseId(),
                        candidate,
                        current == null ? null : current.baseline(night.force()),
                        night.resultFile());
        night.took("audit", (System.nanoTime() - started) / 1_000_000);
        return audited;
    }
}
