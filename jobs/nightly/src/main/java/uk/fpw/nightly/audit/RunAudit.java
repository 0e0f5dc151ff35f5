package uk.fpw.nightly.audit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import uk.fpw.layout.ReleaseId;
import uk.fpw.layout.RunFolder;
import uk.fpw.model.Models;
import uk.fpw.warehouse.failure.FpwException;
import uk.fpw.warehouse.force.ColumnsInUse;
import uk.fpw.warehouse.force.Coverage;
import uk.fpw.warehouse.force.DefinedRows;
import uk.fpw.warehouse.force.Force;
import uk.fpw.warehouse.force.feed.Feed;
import uk.fpw.warehouse.force.feed.Origin;
import uk.fpw.warehouse.force.queue.Queue;
import uk.fpw.warehouse.force.rule.Rule;
import uk.fpw.warehouse.force.staging.AtEntry;
import uk.fpw.warehouse.force.staging.StagingQuery;
import uk.fpw.warehouse.message.AuditRequest;
import uk.fpw.warehouse.message.AuditResult;
import uk.fpw.warehouse.message.Baseline;
import uk.fpw.warehouse.message.BaselineSpells;
import uk.fpw.warehouse.message.ClosureRequest.ClosedQueue;
import uk.fpw.warehouse.message.ClosureRequest.FeedVersions;
import uk.fpw.warehouse.message.EntryVersions;
import uk.fpw.warehouse.message.FigureChangeRequest;
import uk.fpw.warehouse.message.FigureChangeRequest.Base;
import uk.fpw.warehouse.message.FigureChangeSummary;
import uk.fpw.warehouse.message.MetricsRequest;
import uk.fpw.warehouse.message.MetricsResult;
import uk.fpw.warehouse.message.MetricsResult.QueueChange;
import uk.fpw.warehouse.message.MetricsResult.TableVersion;
import uk.fpw.warehouse.message.SettlingRequest;
import uk.fpw.warehouse.message.SourceRows;
import uk.fpw.warehouse.store.catalog.WarehouseCatalog;
import uk.fpw.warehouse.store.load.StoredVersions;
import uk.fpw.warehouse.store.load.current.CurrentFiles;
import uk.fpw.warehouse.store.lock.LockGuard;
import uk.fpw.warehouse.store.release.CandidateRows;
import uk.fpw.warehouse.store.release.ReleaseSnapshots;

/**
 * The audit of a run's candidate. If many items have left a queue, a second audit process determines what they have in
 * common, from every version of the rows behind the queue.
 */
public final class RunAudit {

    private static final String SPELLS = Baseline.TABLE;
    private static final String CHANGES = "mart.figure_change";
    private static final String STATISTIC_CHANGES = "mart.statistic_change";
    private static final String SETTLING = "mart.settling";
    private static final String SETTLING_MONTH = "mart.settling_month";

    /** A mass closure must take at least this share of the open items. */
    private static final double HALF = 0.5;

    private final AuditProcess process;
    private final ReleaseSnapshots snapshots;
    private final StoredVersions versions;
    private final CurrentFiles current;
    private final CandidateRows rows;

    /**
     * Creates the audit.
     *
     * @param process audits the tables
     * @param catalog has the tables
     * @param guard guards the lock under which changed figures are written
     */
    public RunAudit(AuditProcess process, WarehouseCatalog catalog, LockGuard guard) {
        this.process = process;
        this.rows = new CandidateRows(catalog, guard);
        this.snapshots = new ReleaseSnapshots(catalog);
        this.versions = new StoredVersions(catalog);
        this.current = new CurrentFiles(catalog);
    }

    /**
     * What earlier releases, runs and loads have.
     *
     * @param baseline spells that the candidate is compared with; null if there are none
     * @param figureChanges input for explaining changed figures of the past; null before the first release
     * @param settling input for how complete months were; null before the first release
     * @param released the earlier runs and loads that count
     */
    public record Earlier(
            @Nullable Baseline baseline,
            @Nullable FigureChangeRequest figureChanges,
            @Nullable SettlingRequest settling,
            MetricsRequest.Released released) {}

    /**
     * Audits a candidate.
     *
     * @param candidate the result of the Spark process
     * @param earlier what the candidate is compared with
     * @param candidateFile description file of the candidate; the files of the audit are written next to it
     * @return the candidate with digests, the tests of the models, and how its queues differ from the baseline
     * @throws FpwException with {@code INTERNAL} if the audit could not be completed
     */
    public MetricsResult audit(
            Force force,
            Coverage coverage,
            ReleaseId releaseId,
            MetricsResult candidate,
            Earlier earlier,
            Path candidateFile) {
        Map<String, String> definitions = DefinedRows.texts(DefinedRows.of(force, coverage));
        AuditedTables tables = new AuditedTables(
                releaseId,
                force.zone(),
                definitions,
                candidate.tables().stream()
                        .map(table -> new AuditRequest.Table(
                                table.table(),
                                Models.find(table.table()).orElseThrow().columnNames(),
                                snapshots.local(snapshots.files(table.table(), table.snapshotId()))))
                        .toList(),
                AuditRequest.OF_A_RUN);
        Baseline baseline = earlier.baseline();
        BaselineSpells baselineSpells = baseline == null
                ? null
                : BaselineSpells.of(baseline, snapshots.local(snapshots.files(SPELLS, baseline.spellSnapshotId())));
        AuditRequest.EarlierReleases releases = earlier.figureChanges() == null
                ? null
                : new AuditRequest.EarlierReleases(earlier.figureChanges(), earlier.settling());
        SourceRows sources = sources(force, RunFolder.of(candidateFile));
        AuditResult audit = process.audit(
                tables,
                baselineSpells,
                releases,
                entries(force, earlier.released().runs()),
                sources,
                candidateFile);
        sources.feeds().forEach(feed -> delete(Path.of(feed.supersededFile())));
        MetricsResult audited =
                withChanges(candidate, audit, releases, coverage.businessDate()).with(audit);
        List<Queue> closing = closing(force, audited.changes());
        if (baselineSpells == null || closing.isEmpty()) {
            return audited;
        }
        List<ClosedQueue> closed;
        try {
            closed = closing.stream().map(queue -> closed(force, queue)).toList();
        } catch (RuntimeException unreadable) {
            // the versions behind them, on which no figure depends
            return audited.with(
                    process.unexplained(closing.stream().map(Queue::name).toList(), unreadable));
        }
        return audited.with(process.closures(
                force.zone(), definitions, tables.files(SPELLS), baselineSpells, closed, candidateFile));
    }

    /** The input for recomputing values at entry; null if no attribute declares where they come from. */
    private @Nullable EntryVersions entries(Force force, List<String> releasedRuns) {
        List<EntryVersions.VersionedColumn> columns = new ArrayList<>();
        for (StagingQuery staging : force.stagings()) {
            for (AtEntry attribute : staging.atEntry()) {
                if (attribute.from() != AtEntry.From.EVENT) {
                    columns.add(column(force, staging, attribute));
                }
            }
        }
        return columns.isEmpty()
                ? null
                : new EntryVersions(
                        columns.stream().distinct().toList(),
                        snapshots.local(
                                snapshots.latestFiles(Models.entryLedger().table())),
                        releasedRuns);
    }

    private EntryVersions.VersionedColumn column(Force force, StagingQuery staging, AtEntry attribute) {
        return new EntryVersions.VersionedColumn(
                attribute.feed(),
                staging.source(),
                attribute.column(),
                attribute.datedBy(),
                force.feed(attribute.feed()).lists().values().getOrDefault(attribute.column(), Set.of()).stream()
                        .sorted()
                        .toList(),
                attribute.from() == AtEntry.From.FIXED
                        ? new EntryVersions.Fixed(
                                attribute.attribute(), "staging/" + staging.name() + ".yml", attribute.changedShare())
                        : null,
                versions.withdrawnLoads(attribute.feed()),
                snapshots.local(snapshots.latestFiles(WarehouseCatalog.RAW + "." + attribute.feed())));
    }

    /** Adds the tables of changed figures to the candidate, since only the audit finds their rows. */
    private MetricsResult withChanges(
            MetricsResult candidate,
            AuditResult audit,
            AuditRequest.@Nullable EarlierReleases earlier,
            LocalDate businessDate) {
        FigureChangeSummary found = audit.figureChanges();
        if (earlier == null || found == null) {
            return candidate;
        }
        FigureChangeRequest figures = earlier.figureChanges();
        Map<String, Base> bases = figures.carried().bases();
        MetricsResult written = candidate.with(
                written(CHANGES, figures.file(), found.lost() == null ? bases.get(CHANGES) : null, businessDate));
        if (found.statistics() != null) {
            written = written.with(
                    written(STATISTIC_CHANGES, figures.statisticFile(), bases.get(STATISTIC_CHANGES), businessDate));
        }
        SettlingRequest settling = earlier.settling();
        return settling == null
                ? written
                : written.with(rows.replace(SETTLING, Path.of(settling.file())))
                        .with(rows.replace(SETTLING_MONTH, Path.of(settling.monthFile())));
    }

    private TableVersion written(String table, String file, @Nullable Base base, LocalDate businessDate) {
        return base == null ? rows.replace(table, Path.of(file)) : rows.add(table, Path.of(file), base, businessDate);
    }

    /** The current rows of the feeds that list codes, dates or values. */
    private SourceRows sources(Force force, RunFolder folder) {
        return new SourceRows(
                force.feeds().stream()
                        .filter(feed -> !feed.lists().isEmpty())
                        .map(feed -> {
                            Path superseded = folder.supersededFile(feed.name());
                            return SourceRows.FeedRows.of(
                                    feed, current.write(feed.name(), superseded), superseded.toString());
                        })
                        .toList(),
                force.rules().stream()
                        .filter(rule -> rule.severity() == Rule.Severity.EXCLUDE)
                        .map(Rule::code)
                        .collect(Collectors.toSet()));
    }

    private static void delete(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException remains) {
            throw new UncheckedIOException(file + " could not be deleted", remains);
        }
    }

    /** The queues with so many exits that their common cause is worth finding. */
    private static List<Queue> closing(Force force, List<QueueChange> changes) {
        return changes.stream()
                .flatMap(change -> force.queues().stream()
                        .filter(queue -> queue.name().equals(change.queue()))
                        .filter(queue -> isMassClosure(change, queue.limits().maxClosedShare())))
                .toList();
    }

    /**
     * Whether so many of the open items have left that the cause is worth finding.
     *
     * @param maxClosedShare share of closed items from which the queue's limits prevent a release
     */
    static boolean isMassClosure(QueueChange change, double maxClosedShare) {
        return change.closedTotal() >= QueueChange.MASS_CLOSURE
                && change.closedTotal() >= Math.min(HALF, maxClosedShare) * change.totalBefore();
    }

    private ClosedQueue closed(Force force, Queue queue) {
        return new ClosedQueue(
                queue.name(),
                force.feedsBehind(queue).stream()
                        .sorted()
                        .map(name -> versions(force, force.feed(name)))
                        .toList());
    }

    private FeedVersions versions(Force force, Feed feed) {
        // a cursor changes with every version and says nothing
        Origin.Cursor cursor = feed.cursor();
        List<String> columns = ColumnsInUse.of(force, feed).stream()
                .map(position -> feed.columns().get(position).name())
                .filter(column -> cursor == null || !cursor.column().equals(column))
                .toList();
        return new FeedVersions(
                feed.name(),
                feed.source(),
                columns,
                versions.withdrawnLoads(feed.name()),
                snapshots.local(snapshots.latestFiles(WarehouseCatalog.RAW + "." + feed.name())));
    }
}
