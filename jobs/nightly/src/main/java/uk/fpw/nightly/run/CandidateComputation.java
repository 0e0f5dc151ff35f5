package uk.fpw.nightly.run;

import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import uk.fpw.nightly.audit.FigureChangeInput;
import uk.fpw.nightly.audit.RunAudit;
import uk.fpw.nightly.audit.SettledDays;
import uk.fpw.nightly.audit.SettlingInput;
import uk.fpw.nightly.run.change.PresentationNotes;
import uk.fpw.process.RunFiles;
import uk.fpw.warehouse.force.ComparisonFingerprint;
import uk.fpw.warehouse.force.Coverage;
import uk.fpw.warehouse.force.Force;
import uk.fpw.warehouse.force.QueueFingerprint;
import uk.fpw.warehouse.force.staging.AtEntry;
import uk.fpw.warehouse.message.AuditResult;
import uk.fpw.warehouse.message.Baseline;
import uk.fpw.warehouse.message.FigureChangeSummary;
import uk.fpw.warehouse.message.MetricsRequest;
import uk.fpw.warehouse.message.MetricsResult;
import uk.fpw.warehouse.store.catalog.WarehouseCatalog;
import uk.fpw.warehouse.store.frozen.FrozenRowTable;
import uk.fpw.warehouse.store.ledger.ComparisonDeclarations;
import uk.fpw.warehouse.store.ledger.QueueDefinitions;
import uk.fpw.warehouse.store.ledger.Release;
import uk.fpw.warehouse.store.ledger.Releases;
import uk.fpw.warehouse.store.ledger.feed.LoadLedger;
import uk.fpw.warehouse.store.load.StoredVersions;
import uk.fpw.warehouse.store.lock.LockGuard;
import uk.fpw.warehouse.store.recovery.LoadWithdrawals;
import uk.fpw.warehouse.store.release.ReleaseFiles;

/** Computes the candidate of a run in the Spark process, and audits it in the audit process. */
record CandidateComputation(
        RunContext run,
        RunProcesses processes,
        WarehouseCatalog catalog,
        DataSource dataSource,
        LockGuard guard,
        Clock clock,
        RunProgress progress,
        String softwareVersion) {

    /**
     * Computes and audits it; {@code runs/RUN/result.json} then describes it.
     *
     * @return how long each took
     */
    List<MetricsResult.Timing> computeAndAudit() {
        // A load or a withdrawal whose process was killed is not in ops yet, and a feed that nothing was loaded of
        // since an upgrade has no branch current.
        new LoadWithdrawals(catalog, dataSource, guard, clock).recoverAll();
        Release current = new Releases(dataSource).current();
        List<String> warnings = new ArrayList<>();
        LoadLedger loads = new LoadLedger(dataSource, clock);
        Coverage known = new Coverage(
                run.businessDate(),
                loads.completeTo(run.businessDate()),
                new SettledDays(catalog).of(current, warnings::add),
                loads.retention().retainedFrom());
        Coverage coverage = known.with(new FrozenRowTable(catalog).queues(run.force(), known.retainedFrom()));
        MetricsRequest.Released released = released();
        long started = System.nanoTime();
        MetricsResult candidate = compute(coverage, released);
        MetricsResult.Timing spark = StepOutput.timing("Spark", started);
        started = System.nanoTime();
        MetricsResult audited = audit(coverage, current, released, candidate);
        MetricsResult.Timing audit = StepOutput.timing("audit", started);
        RunFiles.write(withNotes(withWarnings(audited, warnings).withMore(itemSpellings()), current), run.resultFile());
        return List.of(spark, audit);
    }

    /** Beside those of the comparison with the release before: whoever releases the candidate is told all of them. */
    static MetricsResult withWarnings(MetricsResult candidate, List<String> warnings) {
        FigureChangeSummary found = candidate.figureChanges();
        return found == null || warnings.isEmpty()
                ? candidate
                : candidate.with(found.with(Stream.concat(found.warnings().stream(), warnings.stream())
                        .toList()));
    }

    private MetricsResult withNotes(MetricsResult candidate, @Nullable Release current) {
        FigureChangeSummary found = candidate.figureChanges();
        return found == null || current == null
                ? candidate
                : candidate.with(found.withNotes(PresentationNotes.between(
                        new QueueDefinitions(dataSource).usedIn(current.releaseId()),
                        QueueFingerprint.of(run.force()))));
    }

    private List<MetricsResult.QualityResult> itemSpellings() {
        return new LoadLedger(dataSource, clock)
                .itemSpellings().latest().entrySet().stream()
                        .map(feed -> new MetricsResult.QualityResult(
                                feed.getKey(),
                                AuditResult.ITEMS_DIFFER,
                                "warning",
                                feed.getValue(),
                                "items that differ from another one of the feed only in blanks and capitals count by "
                                        + "themselves; correct them at the source"))
                        .toList();
    }

    private MetricsResult compute(Coverage coverage, MetricsRequest.Released released) {
        progress.report("computing events, spells and tables in the Spark process");
        return processes
                .spark()
                .compute(
                        run.force(),
                        run.businessDate(),
                        new MetricsRequest.Inputs(
                                coverage.completeTo(),
                                new QueueDefinitions(dataSource)
                                        .versionChanges(QueueFingerprint.of(run.force()), run.businessDate()),
                                new QueueDefinitions(dataSource)
                                        .presentationChanges(QueueFingerprint.of(run.force()), run.businessDate()),
                                new ComparisonDeclarations(dataSource)
                                        .of(ComparisonFingerprint.of(run.force()), run.businessDate()),
                                coverage.settledAfterDays(),
                                released,
                                coverage.retainedFrom(),
                                coverage.frozen()),
                        run.releaseId(),
                        run.runId(),
                        run.resultFile());
    }

    /** What counts of the values at entry, where any is looked up. */
    private MetricsRequest.Released released() {
        SortedSet<String> feeds = AtEntry.versionedFeeds(run.force().stagings());
        if (feeds.isEmpty()) {
            return MetricsRequest.Released.NOTHING;
        }
        StoredVersions versions = new StoredVersions(catalog);
        Map<String, List<String>> withdrawn = new TreeMap<>();
        feeds.forEach(feed -> withdrawn.put(feed, versions.withdrawnLoads(feed)));
        return new MetricsRequest.Released(
                new Releases(dataSource)
                        .listValid().stream()
                                .map(release -> release.runId().value())
                                .toList(),
                withdrawn);
    }

    private MetricsResult audit(
            Coverage coverage, @Nullable Release current, MetricsRequest.Released released, MetricsResult candidate) {
        progress.report(
                "auditing the candidate: tests of its tables, recount of its numbers, and changes since the last "
                        + "release");
        return new RunAudit(processes.audit(), catalog, guard)
                .audit(
                        run.force(),
                        coverage,
                        run.releaseId(),
                        candidate,
                        new RunAudit.Earlier(
                                baseline(run.force(), current),
                                new FigureChangeInput(run.force(), catalog, dataSource, softwareVersion)
                                        .of(current, run.businessDate(), run.resultFile()),
                                current == null
                                        ? null
                                        : new SettlingInput(dataSource)
                                                .of(current, run.businessDate(), run.resultFile()),
                                released),
                        run.resultFile());
    }

    /** What a candidate is compared with; null if the current release has no spells, or none any more. */
    static @Nullable Baseline baseline(Force force, @Nullable Release current) {
        return current == null
                        || ReleaseFiles.hasExpired(force.storage().warehouse(), current.releaseId(), Baseline.TABLE)
                ? null
                : current.baseline(force);
    }
}
