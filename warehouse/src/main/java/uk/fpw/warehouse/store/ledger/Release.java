package uk.fpw.warehouse.store.ledger;

import java.time.Instant;
import java.time.LocalDate;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import uk.fpw.layout.ReleaseId;
import uk.fpw.layout.ReleasedFeed;
import uk.fpw.layout.RunId;
import uk.fpw.model.Family;
import uk.fpw.model.Models;
import uk.fpw.text.Sha256;
import uk.fpw.warehouse.force.Force;
import uk.fpw.warehouse.force.queue.Queue;
import uk.fpw.warehouse.message.Baseline;

/**
 * A release: a set of table snapshots that were audited and published together.
 *
 * @param releaseId business date and number, such as {@code 2016-01-12.1}
 * @param runId run that created it
 * @param forceDigest digest of the force folder it was created with
 * @param keyFingerprint fingerprint of the pseudonym key; null if the force needs none
 * @param digest see {@link #digestOf}
 * @param name name under which it is pinned; null if it is not pinned
 * @param tables its tables sorted by name
 * @param feeds how far each feed was known, sorted by feed; empty for releases that did not record it
 */
public record Release(
        ReleaseId releaseId,
        RunId runId,
        LocalDate businessDate,
        Instant releasedAt,
        String softwareVersion,
        String forceDigest,
        @Nullable String keyFingerprint,
        String digest,
        @Nullable String name,
        List<Table> tables,
        List<ReleasedFeed> feeds) {

    /**
     * One table of a release.
     *
     * @param name qualified name, such as {@code mart.queue_daily}
     * @param snapshotId Iceberg snapshot; -1 for a table that never had a row
     * @param digest SHA-256 (hex) of the sorted rows written by the release, without release id and clock times
     * @param historyFrom the first earlier release whose rows it also shows, see {@link Models#history}; null if it
     *     shows only its own
     */
    public record Table(
            String name,
            long snapshotId,
            long rowCount,
            String digest,
            @Nullable ReleaseId historyFrom) {

        /** A table with only the release's own rows. */
        public Table(String name, long snapshotId, long rowCount, String digest) {
            this(name, snapshotId, rowCount, digest, null);
        }
    }

    /** The feeds that are behind schedule. Figures that depend on them are known only up to their last load. */
    public List<ReleasedFeed> missingFeeds() {
        return feeds.stream().filter(ReleasedFeed::isMissing).toList();
    }

    /** The missing feeds as text, such as {@code exhibits (complete to 2015-12-30)}; empty if none is missing. */
    public String describeMissing() {
        return missingFeeds().stream().map(ReleasedFeed::describe).collect(Collectors.joining(", "));
    }

    /**
     * The feeds that are not missing but have no data of the business date. Figures that depend on them are also known
     * only up to their last load.
     */
    public List<ReleasedFeed> olderFeeds() {
        return feeds.stream().filter(feed -> feed.isOlder(businessDate)).toList();
    }

    /** The older feeds as texts, one per reason, see {@link ReleasedFeed#describeOlder}; empty if there are none. */
    public List<String> describeOlder() {
        return ReleasedFeed.describeOlder(olderFeeds());
    }

    /**
     * The end of a message about feeds not known up to the business date, such as
     * {@code ; missing: exhibits (complete to 2015-12-30)}; empty if all are known.
     */
    public String describeCoverage() {
        return (missingFeeds().isEmpty() ? "" : "; missing: " + describeMissing())
                + describeOlder().stream().map(older -> "; " + older).collect(Collectors.joining());
    }

    /** The table of that name; null if the release has none. */
    public @Nullable Table table(String tableName) {
        return tables.stream()
                .filter(table -> table.name().equals(tableName))
                .findFirst()
                .orElse(null);
    }

    /** The baseline for the next candidate; null if this release has no spells. */
    public @Nullable Baseline baseline(Force force) {
        Table spells = table(Baseline.TABLE);
        if (spells == null || spells.snapshotId() == -1) {
            return null;
        }
        Map<String, LocalDate> completeTo =
                feeds.stream().collect(Collectors.toMap(ReleasedFeed::name, ReleasedFeed::completeTo));
        Map<String, LocalDate> knownTo = new TreeMap<>();
        for (Queue queue : force.queues()) {
            knownTo.put(
                    queue.name(),
                    force.feedsBehind(queue).stream()
                            .map(feed -> completeTo.getOrDefault(feed, businessDate))
                            .min(LocalDate::compareTo)
                            .orElse(businessDate));
        }
        return new Baseline(releaseId, spells.snapshotId(), knownTo);
    }

    /**
     * SHA-256 (hex) over one line {@code table:digest} per table, sorted, each followed by a line feed. Tables that
     * describe differences from the previous release are left out, since they are not part of what a release states.
     */
    public static String digestOf(Collection<Table> tables) {
        String lines = tables.stream()
                .filter(table -> !Models.countedBy(Family.COMPARISON).contains(table.name()))
                .map(table -> table.name() + ":" + table.digest() + "\n")
                .sorted()
                .collect(Collectors.joining());
        return Sha256.hex(lines);
    }
}
