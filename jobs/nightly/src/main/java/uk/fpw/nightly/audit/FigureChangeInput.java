package uk.fpw.nightly.audit;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import uk.fpw.layout.ReleaseFile;
import uk.fpw.layout.ReleasedFeed;
import uk.fpw.layout.RunFolder;
import uk.fpw.model.FigureDefinition;
import uk.fpw.model.Models;
import uk.fpw.warehouse.catalog.WarehouseCatalog;
import uk.fpw.warehouse.force.DefinedRows;
import uk.fpw.warehouse.force.Force;
import uk.fpw.warehouse.force.QueueFingerprint;
import uk.fpw.warehouse.force.queue.Queue;
import uk.fpw.warehouse.identity.TableFolders;
import uk.fpw.warehouse.ledger.FeedLoads;
import uk.fpw.warehouse.ledger.QueueDefinitions;
import uk.fpw.warehouse.ledger.Release;
import uk.fpw.warehouse.ledger.WithdrawnReleases;
import uk.fpw.warehouse.load.StoredVersions;
import uk.fpw.warehouse.release.ReleaseFiles;
import uk.fpw.warehouse.run.AuditRequest;
import uk.fpw.warehouse.run.FigureChangeRequest;
import uk.fpw.warehouse.run.FigureChangeRequest.Differences;
import uk.fpw.warehouse.run.FigureChangeRequest.NewRows;
import uk.fpw.warehouse.run.FigureChangeRequest.ReplacedRelease;

/** Collects what the audit process needs to compare the figures of the past with those of the current release. */
public final class FigureChangeInput {

    private static final String CHANGES = "mart.figure_change";

    /** Quantiles and shares, and how they have changed; what is not there is not compared. */
    private static final List<String> STATISTICS =
            List.of("mart.wait_summary", "mart.wait_standard", "mart.reentry_share", "mart.statistic_change");

    private static final List<String> COMPARED = List.of(
            "core.spell",
            "core.exclusion",
            "core.irregularity",
            "mart.queue_daily",
            "mart.queue_monthly",
            "mart.queue_exit");

    private final Force force;
    private final DataSource dataSource;
    private final StoredVersions versions;
    private final String softwareVersion;

    /**
     * For candidates of that force.
     *
     * @param softwareVersion version that computes them
     */
    public FigureChangeInput(Force force, WarehouseCatalog catalog, DataSource dataSource, String softwareVersion) {
        this.force = force;
        this.dataSource = dataSource;
        this.versions = new StoredVersions(catalog);
        this.softwareVersion = softwareVersion;
    }

    /**
     * What is needed; null before the first release.
     *
     * @param candidateFile description file of the candidate, beside which the rows are to be written
     */
    public @Nullable FigureChangeRequest of(@Nullable Release current, Path candidateFile) {
        if (current == null) {
            return null;
        }
        String rows = RunFolder.of(candidateFile).figureChangeFile().toString();
        ReleaseFile file;
        try {
            file = ReleaseFiles.read(force.storage().warehouse(), current.releaseId());
        } catch (UncheckedIOException unreadable) {
            return notCompared(current, List.of(), String.valueOf(unreadable.getMessage()), rows);
        }
        List<AuditRequest.Table> carried = tables(file, Models.countedByComparison());
        if (file.definitions().isEmpty()) {
            return notCompared(
                    current,
                    carried,
                    "it was created by an earlier version, which did not store its definitions",
                    rows);
        }
        List<AuditRequest.Table> compared = tables(file, COMPARED);
        if (compared.size() < COMPARED.size()) {
            return notCompared(
                    current,
                    carried,
                    "it has lost " + String.join(", ", missing(compared))
                            + ", which is kept for 14 days and with the current release",
                    rows);
        }
        List<AuditRequest.Table> all = new ArrayList<>(compared);
        all.addAll(tables(file, List.of(CHANGES)));
        all.addAll(tables(file, STATISTICS));
        SortedMap<String, List<String>> withdrawn =
                new WithdrawnReleases(dataSource).withdrawnLoads(current.releaseId());
        return new FigureChangeRequest(
                new ReplacedRelease(
                        current.releaseId(),
                        current.businessDate().toString(),
                        DefinedRows.texts(file.definitions()),
                        all),
                null,
                differences(current, file, withdrawn),
                newRows(current, withdrawn),
                rows);
    }

    private static FigureChangeRequest notCompared(
            Release current, List<AuditRequest.Table> carried, String why, String rows) {
        return new FigureChangeRequest(
                new ReplacedRelease(current.releaseId(), current.businessDate().toString(), Map.of(), carried),
                why,
                new Differences(false, false, List.of(), List.of(), Map.of()),
                List.of(),
                rows);
    }

    private static List<String> missing(List<AuditRequest.Table> found) {
        return COMPARED.stream()
                .filter(table -> found.stream().noneMatch(one -> one.name().equals(table)))
                .toList();
    }

    /** Those of these tables of which the release still has every file. */
    private List<AuditRequest.Table> tables(ReleaseFile file, List<String> names) {
        Path warehouse = force.storage().warehouse();
        return file.tables().stream()
                .filter(table -> names.contains(table.name()))
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
                force.queues().stream()
                        .map(queue -> QueueFingerprint.of(force, queue))
                        .filter(queue -> isRedefined(queue, used.get(queue.queue())))
                        .map(QueueFingerprint::queue)
                        .toList(),
                force.queues().stream()
                        .filter(queue -> withdrawn.keySet().stream()
                                .anyMatch(feed -> force.feedsBehind(queue).contains(feed)))
                        .map(Queue::name)
                        .toList(),
                referenceFeeds());
    }

    private static boolean isRedefined(QueueFingerprint queue, QueueDefinitions.@Nullable Used before) {
        return before != null
                && (queue.version() != before.version()
                        || !queue.stagingDigest().equals(before.stagingDigest())
                        || !queue.rulesDigest().equals(before.rulesDigest()));
    }

    /** By queue, the feeds that a staging query behind it joins to others. */
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

    private List<NewRows> newRows(Release current, SortedMap<String, List<String>> withdrawn) {
        List<FeedLoads.RecordedLoad> loads = FeedLoads.read(dataSource, null, null).ofRelease(null).stream()
                .filter(load -> !load.isOfRelease(current))
                .toList();
        List<String> late =
                current.missingFeeds().stream().map(ReleasedFeed::name).toList();
        return force.feeds().stream()
                .map(feed -> {
                    List<FeedLoads.RecordedLoad> since = loads.stream()
                            .filter(load -> load.feed().equals(feed.name()))
                            .toList();
                    List<String> withdrawnSince = withdrawn.getOrDefault(feed.name(), List.of());
                    // what was withdrawn may be of any age
                    LocalDate from = withdrawnSince.isEmpty()
                            ? since.stream()
                                    .map(FeedLoads.RecordedLoad::businessDate)
                                    .min(LocalDate::compareTo)
                                    .filter(date -> date.isBefore(current.businessDate()))
                                    .orElse(current.businessDate())
                            : LocalDate.EPOCH;
                    return new NewRows(
                            feed.name(),
                            feed.source(),
                            current.businessDate().toString(),
                            since.stream().map(FeedLoads.RecordedLoad::loadId).toList(),
                            withdrawnSince,
                            versions.withdrawnLoads(feed.name()),
                            late.contains(feed.name()),
                            versions.filesSince(feed.name(), from).stream()
                                    .map(file ->
                                            TableFolders.file(file.location()).toString())
                                    .toList());
                })
                .toList();
    }
}
