package uk.fpw.warehouse.store.ledger;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Collection;
import java.util.HexFormat;
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
import uk.fpw.warehouse.force.Force;
import uk.fpw.warehouse.force.queue.Queue;
import uk.fpw.warehouse.message.Baseline;

/**
 * One release: a set of table snapshots that were audited and published together.
 *
 * @param releaseId business date and number, such as {@code 2016-01-12.1}
 * @param runId run that created it
 * @param forceDigest digest of the force folder it was created with
 * @param keyFingerprint fingerprint of the pseudonym key; null if the force needs none
 * @param digest see {@link #digestOf}
 * @param name name under which it is pinned; null if it is not pinned
 * @param tables its tables in the order of their names
 * @param feeds how far each feed was known, in the order of their names; none for a release that is older than the
 *     record of it
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
     * @param digest SHA-256 (hex) of the sorted rows that the release wrote, without release id and clock times
     * @param historyFrom the first of the releases before this one whose rows it shows too, see {@link Models#history};
     *     null if it shows its own only
     */
    public record Table(
            String name,
            long snapshotId,
            long rowCount,
            String digest,
            @Nullable ReleaseId historyFrom) {

        /** A table whose rows are all the release's own. */
        public Table(String name, long snapshotId, long rowCount, String digest) {
            this(name, snapshotId, rowCount, digest, null);
        }
    }

    /**
     * The feeds that are behind schedule: figures that depend on them are only known up to the last load.
     */
    public List<ReleasedFeed> missingFeeds() {
        return feeds.stream().filter(ReleasedFeed::isMissing).toList();
    }

    /** Those feeds as text, such as {@code exhibits (complete to 2015-12-30)}; empty if none is missing. */
    public String describeMissing() {
        return missingFeeds().stream().map(ReleasedFeed::describe).collect(Collectors.joining(", "));
    }

    /**
     * The feeds that are not missing, but without data of the business date: figures that depend on them are also known
     * up to the last load.
     */
    public List<ReleasedFeed> olderFeeds() {
        return feeds.stream().filter(feed -> feed.isOlder(businessDate)).toList();
    }

    /** Those feeds as texts, one for each reason, see {@link ReleasedFeed#describeOlder}; none if there is none. */
    public List<String> describeOlder() {
        return ReleasedFeed.describeOlder(olderFeeds());
    }

    /**
     * What is not known up to the business date, to follow on it: {@code ; missing: exhibits (complete to 2015-12-30)};
     * empty if all is.
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

    /** What the next candidate is compared with; null if this release has no spells. */
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
     * SHA-256 (hex) over one line {@code table:digest} per table, sorted, each followed by a line feed: equal exactly
     * for equal content. How a release differs from the one before is not part of what it states, and not of its
     * digest.
     */
    public static String digestOf(Collection<Table> tables) {
        String lines = tables.stream()
                .filter(table -> !Models.countedBy(Family.COMPARISON).contains(table.name()))
                .map(table -> table.name() + ":" + table.digest() + "\n")
                .sorted()
                .collect(Collectors.joining());
        try {
            byte[] digest = MessageDigest.getInstance("SHA-256").digest(lines.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(digest);
        } catch (NoSuchAlgorithmException impossible) {
            throw new IllegalStateException("every Java platform provides SHA-256", impossible);
        }
    }
}
