package uk.fpw.nightly.audit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import uk.fpw.layout.ReleaseFile;
import uk.fpw.layout.ReleaseId;
import uk.fpw.layout.RunFolder;
import uk.fpw.model.Explained;
import uk.fpw.model.FigureDefinition;
import uk.fpw.model.Model;
import uk.fpw.model.Models;
import uk.fpw.warehouse.failure.FpwException;
import uk.fpw.warehouse.force.DefinedRows;
import uk.fpw.warehouse.force.Force;
import uk.fpw.warehouse.force.QueueFingerprint;
import uk.fpw.warehouse.force.queue.Queue;
import uk.fpw.warehouse.force.rule.Rule;
import uk.fpw.warehouse.force.staging.AtEntry;
import uk.fpw.warehouse.message.AuditRequest;
import uk.fpw.warehouse.message.FigureChangeRequest;
import uk.fpw.warehouse.message.FigureChangeRequest.Carried;
import uk.fpw.warehouse.message.FigureChangeRequest.Differences;
import uk.fpw.warehouse.message.FigureChangeRequest.ReplacedRelease;
import uk.fpw.warehouse.store.catalog.WarehouseCatalog;
import uk.fpw.warehouse.store.ledger.Erasures;
import uk.fpw.warehouse.store.ledger.QueueDefinitions;
import uk.fpw.warehouse.store.ledger.Release;
import uk.fpw.warehouse.store.ledger.Releases;
import uk.fpw.warehouse.store.ledger.WithdrawnReleases;
import uk.fpw.warehouse.store.release.ReleaseFiles;
import uk.fpw.warehouse.store.release.ReleaseSnapshots;

/** Collects what the audit process needs to compare the figures of the past with those of the current release. */
public final class FigureChangeInput {

    /** Tables with statistics that are explained by recomputing; one that a release does not have is not compared. */
    private static final List<String> STATISTICS = names(Explained.RECOMPUTED).toList();

    private static final Logger LOG = LoggerFactory.getLogger(FigureChangeInput.class);

    /** Tables with counts that are explained as sums, and the items behind them. */
    private static final List<String> COMPARED = Stream.concat(
                    Stream.of("core.spell", "core.exclusion", "core.irregularity"), names(Explained.SUM))
            .toList();

    private final Force force;
    private final DataSource dataSource;
    private final WarehouseCatalog catalog;
    private final ReleaseSnapshots snapshots;
    private final RowsLoadedSince loadedSince;
    private final CarriedRows carriedRows;
    private final String softwareVersion;

    /**
     * Creates the input for candidates of a force.
     *
     * @param softwareVersion version that computes them
     */
    public FigureChangeInput(Force force, WarehouseCatalog catalog, DataSource dataSource, String softwareVersion) {
        this.force = force;
        this.dataSource = dataSource;
        this.catalog = catalog;
        this.snapshots = new ReleaseSnapshots(catalog);
        this.loadedSince = new RowsLoadedSince(force, catalog, dataSource);
        this.carriedRows = new CarriedRows(this::files);
        this.softwareVersion = softwareVersion;
    }

    /**
     * The input; null before the first release. If it cannot be collected, the releases are not compared and a warning
     * says so, since no figure depends on it.
     *
     * @param businessDate date of the candidate
     * @param candidateFile description file of the candidate; the rows are to be written next to it
     */
    public @Nullable FigureChangeRequest of(@Nullable Release current, LocalDate businessDate, Path candidateFile) {
        String rows = RunFolder.of(candidateFile).figureChangeFile().toString();
        if (current == null) {
            return ofWithdrawn(businessDate, rows);
        }
        ReleaseFile file;
        try {
            file = ReleaseFiles.read(force.storage().warehouse(), current.releaseId());
        } catch (UncheckedIOException | FpwException unreadable) {
            LOG.warn("figures of the past are not compared with release {}", current.releaseId(), unreadable);
            return notCompared(
                    current,
                    carried(current, null, businessDate)
                            .withWarning("the figures of the past were not compared with release " + current.releaseId()
                                    + ": "
                                    + (unreadable.getCause() == null ? unreadable : unreadable.getCause())
                                            .getMessage()),
                    "its file for queries cannot be read",
                    rows);
        }
        Carried carried = carried(current, file, businessDate);
        if (file.definitions().isEmpty()) {
            return notCompared(
                    current,
                    carried,
                    "it was created by an earlier version, which did not store its definitions",
                    rows);
        }
        try {
            List<AuditRequest.Table> compared = tables(file, COMPARED);
            List<String> missing = missing(file, compared);
            if (!missing.isEmpty()) {
                return notCompared(
                        current,
                        carried,
                        "it has lost " + String.join(", ", missing) + ": " + ReleaseFile.CORE_IS_KEPT,
                        rows);
            }
            return compared(current, file, compared, carried, rows);
        } catch (RuntimeException failed) {
            LOG.warn("figures of the past are not compared with release {}", current.releaseId(), failed);
            return notCompared(
                    current,
                    carried.withWarning("the figures of the past were not compared with release " + current.releaseId()
                            + " because an error occurred (" + failed.getMessage() + "); the log of the run "
                            + "has it"),
                    "an error occurred (" + failed.getClass().getSimpleName() + ")",
                    rows);
        }
    }

    private FigureChangeRequest compared(
            Release current, ReleaseFile file, List<AuditRequest.Table> compared, Carried carried, String rows) {
        List<AuditRequest.Table> all = new ArrayList<>(compared);
        all.addAll(tables(file, STATISTICS));
        ReleaseFiles.requireWhole(all.stream().flatMap(table -> table.files().stream()));
        SortedMap<String, List<String>> withdrawn =
                new WithdrawnReleases(dataSource).withdrawnLoads(current.releaseId());
        Differences differences = differences(current, file, withdrawn);
        Set<String> joined = new HashSet<>();
        differences.referenceFeeds().values().forEach(joined::addAll);
        return new FigureChangeRequest(
                new ReplacedRelease(
                        current.releaseId(),
                        current.businessDate().toString(),
                        DefinedRows.texts(file.definitions()),
                        all),
                null,
                differences,
                loadedSince.of(current, withdrawn, joined),
                carried,
                rows);
    }

    /** The input where every release was withdrawn, so that there is no release to compare with. */
    private @Nullable FigureChangeRequest ofWithdrawn(LocalDate businessDate, String rows) {
        Set<ReleaseId> withdrawn = new WithdrawnReleases(dataSource).all().keySet();
        Release last = withdrawn.isEmpty()
                ? null
                : new Releases(dataSource).find(withdrawn.iterator().next());
        Release.Table changes = last == null ? null : last.table(CarriedRows.CHANGES);
        return last == null || changes == null || changes.rowCount() == 0
                ? null
                : notCompared(
                        last,
                        Carried.none(Models.historySince(businessDate).toString()),
                        "every release before was withdrawn",
                        rows);
    }

    /**
     * The rows of the current release, all of which describe steps towards it: no release replaced one that was
     * withdrawn while it was current.
     */
    private Carried carried(Release current, @Nullable ReleaseFile file, LocalDate businessDate) {
        return carriedRows.of(current, file, Models.historySince(businessDate).toString());
    }

    private static FigureChangeRequest notCompared(Release current, Carried carried, String why, String rows) {
        return new FigureChangeRequest(
                new ReplacedRelease(current.releaseId(), current.businessDate().toString(), Map.of(), List.of()),
                why,
                new Differences(false, false, false, List.of(), List.of(), Map.of(), Map.of()),
                List.of(),
                carried,
                rows);
    }

    /** The files of a table according to the catalog; fails if one of them differs from what was written. */
    private List<String> files(Release.Table table) {
        List<String> files = snapshots.files(table).stream()
                .map(one -> real(snapshots.local(one)))
                .toList();
        ReleaseFiles.requireWhole(files.stream());
        return files;
    }

    private static Stream<String> names(Explained how) {
        return Models.explained(how).stream().map(Model::table);
    }

    /** What the release has lost; the software that made it may not have known a table of counts yet. */
    private static List<String> missing(ReleaseFile file, List<AuditRequest.Table> found) {
        return COMPARED.stream()
                .filter(table -> !table.startsWith("mart.")
                        || file.tables().stream().anyMatch(one -> one.name().equals(table)))
                .filter(table -> found.stream().noneMatch(one -> one.name().equals(table)))
                .toList();
    }

    /** Those of the named tables of which the release still has every file. */
    private List<AuditRequest.Table> tables(ReleaseFile file, List<String> names) {
        ReleaseFiles.renewCopies(catalog, file, names);
        Path warehouse = force.storage().warehouse();
        return file.tables().stream()
                .filter(table -> names.contains(table.name()))
                .filter(table -> !table.expired())
                .filter(table -> table.files().stream().allMatch(path -> Files.isRegularFile(warehouse.resolve(path))))
                .map(table -> new AuditRequest.Table(
                        table.name(),
                        table.columns().stream().map(ReleaseFile.Column::name).toList(),
                        table.files().stream()
                                .map(path -> real(warehouse.resolve(path)))
                                .toList()))
                .toList();
    }

    private static String real(Path file) {
        try {
            return file.toRealPath().toString();
        } catch (IOException gone) {
            throw new UncheckedIOException("cannot read " + file, gone);
        }
    }

    private Differences differences(Release current, ReleaseFile file, SortedMap<String, List<String>> withdrawn) {
        boolean isOtherCount = !FigureDefinition.digest().equals(file.definitionDigest());
        Map<String, QueueDefinitions.Used> used = new QueueDefinitions(dataSource).usedIn(current.releaseId());
        return new Differences(
                isOtherCount || !softwareVersion.equals(current.softwareVersion()),
                isOtherCount,
                new Erasures(dataSource).hasRemovedRows(current.releaseId(), current.releasedAt()),
                force.queues().stream()
                        .map(queue -> QueueFingerprint.of(force, queue))
                        .filter(queue -> isRedefined(queue, used.get(queue.queue())))
                        .map(QueueFingerprint::queue)
                        .toList(),
                force.queues().stream()
                        .filter(queue -> withdrawn.keySet().stream()
                                .anyMatch(feed -> force.feedsBehind(queue).contains(feed)
                                        || AtEntry.versionedFeeds(force.stagingsBehind(queue))
                                                .contains(feed)))
                        .map(Queue::name)
                        .toList(),
                queueFeeds(),
                referenceFeeds());
    }

    private static boolean isRedefined(QueueFingerprint queue, QueueDefinitions.@Nullable Used before) {
        return before != null
                && (queue.version() != before.version()
                        || !queue.stagingDigest().equals(before.stagingDigest())
                        || !queue.rulesDigest().equals(before.rulesDigest()));
    }

    /**
     * The feeds whose rows decide on the items of a queue, by queue: those of all staging queries of their kind, those
     * whose versions tell what an attribute was at entry, and those with rules on the same items, which may exclude an
     * item from every queue.
     */
    private Map<String, List<String>> queueFeeds() {
        Map<String, List<String>> feeds = new TreeMap<>();
        for (Queue queue : force.queues()) {
            Set<String> behind = new TreeSet<>(force.feedsBehind(queue));
            force.stagings().stream()
                    .filter(staging -> staging.itemKind().equals(queue.itemKind()))
                    .forEach(staging -> {
                        behind.addAll(staging.feeds());
                        behind.addAll(AtEntry.versionedFeeds(List.of(staging)));
                    });
            Set<String> sources =
                    behind.stream().map(feed -> force.feed(feed).source()).collect(Collectors.toSet());
            force.rules().stream()
                    .map(Rule::feed)
                    .filter(feed -> sources.contains(force.feed(feed).source()))
                    .forEach(behind::add);
            feeds.put(queue.name(), List.copyOf(behind));
        }
        return feeds;
    }

    /** The feeds that a staging query of the queue joins to others, by queue. */
    private Map<String, List<String>> referenceFeeds() {
        Map<String, List<String>> joined = new TreeMap<>();
        for (Queue queue : force.queues()) {
            SortedSet<String> behind = force.feedsBehind(queue);
            SortedSet<String> feeds = new TreeSet<>();
            force.stagings().stream()
                    .filter(staging -> staging.itemKind().equals(queue.itemKind())
                            && staging.feeds().size() > 1
                            && behind.containsAll(staging.feeds()))
                    .forEach(staging -> feeds.addAll(staging.feeds()));
            if (!feeds.isEmpty()) {
                joined.put(queue.name(), List.copyOf(feeds));
            }
        }
        return joined;
    }
}
