package uk.fpw.warehouse.store.ledger;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import uk.fpw.layout.ReleaseId;
import uk.fpw.warehouse.failure.FpwException;
import uk.fpw.warehouse.force.QueueFingerprint;
import uk.fpw.warehouse.force.queue.Queue;
import uk.fpw.warehouse.message.PresentationChange;
import uk.fpw.warehouse.message.VersionChange;

/**
 * The queue definitions used by releases. A version of a queue always means the same definition, and each release
 * records the staging queries and rules of its queues.
 */
public final class QueueDefinitions {

    /** What releases that recorded no presentation had: everything was charted per working day. */
    private static final Map<String, String> UNRECORDED = Map.of("service", "working_days");

    /** What releases had that did not record a field, because there was nothing else then. */
    private static final Map<String, String> ALWAYS = Map.of("cross", Queue.NONE, "targets", Queue.NONE);

    private final OpsDatabase ops;

    public QueueDefinitions(DataSource dataSource) {
        this.ops = new OpsDatabase(dataSource);
    }

    /**
     * The definition that a release used.
     *
     * @param stagingDigest digest of its staging queries, see {@link QueueFingerprint}
     * @param rulesDigest digest of its rules
     * @param presentation how it was charted and judged, see {@link uk.fpw.warehouse.force.queue.Queue#presentation}
     */
    public record Used(
            String queue, int version, String stagingDigest, String rulesDigest, Map<String, String> presentation) {}

    private record Known(String digest, Map<String, String> fields, LocalDate firstDate, ReleaseId firstRelease) {}

    /**
     * Rejects queues that were changed without raising a version that a release has already used.
     *
     * @throws FpwException with {@code CONFIGURATION} naming queues, versions, differences and the fix
     */
    public void requireUnchanged(List<QueueFingerprint> queues) {
        List<String> changed = new ArrayList<>();
        for (QueueFingerprint queue : queues) {
            Known known = known(queue.queue(), queue.version());
            if (known != null && !known.digest().equals(queue.queueDigest())) {
                changed.add("queues/" + queue.queue() + ".yml: version " + queue.version()
                        + " had another definition when release " + known.firstRelease() + " of " + known.firstDate()
                        + " was made ("
                        + String.join(", ", queue.differences(known.fields()))
                        + "); raise 'version' to " + (latestVersion(queue.queue()) + 1)
                        + ", so that every row shows which definition it was counted with, or undo the change");
            }
        }
        if (!changed.isEmpty()) {
            throw FpwException.configuration(String.join(System.lineSeparator(), changed));
        }
    }

    /** The definitions used by the queues of a release, by queue; empty if the release did not record them. */
    public Map<String, Used> usedIn(ReleaseId releaseId) {
        Map<String, Used> used = new TreeMap<>();
        ops.list(
                        "select * from ops.release_queue where release_id = ?",
                        row -> new Used(
                                row.getString("queue"),
                                row.getInt("queue_version"),
                                row.getString("staging_digest"),
                                row.getString("rules_digest"),
                                presentation(row)),
                        releaseId)
                .forEach(queue -> used.put(queue.queue(), queue));
        return used;
    }

    /** Names of the queues of each release, without releases that did not record them. */
    public Map<ReleaseId, Set<String>> queuesByRelease() {
        Map<ReleaseId, Set<String>> queues = new HashMap<>();
        ops.list("select release_id, queue from ops.release_queue", row -> queues.computeIfAbsent(
                        ReleaseId.of(row.getString("release_id")), first -> new TreeSet<>())
                .add(row.getString("queue")));
        return queues;
    }

    private record Counted(
            LocalDate businessDate, ReleaseId releaseId, int version, Map<String, String> presentation) {}

    /**
     * Since when queues have been counted by their present version, by queue, for a release of the given date: that
     * date if it is the first with this version. Queues never counted by another version are left out. Withdrawn
     * releases, releases of later dates and those that did not record versions do not count.
     */
    public Map<String, VersionChange> versionChanges(List<QueueFingerprint> queues, LocalDate businessDate) {
        Map<String, List<Counted>> releases = countedBefore(businessDate);
        Map<String, VersionChange> changes = new TreeMap<>();
        for (QueueFingerprint queue : queues) {
            LocalDate since = businessDate;
            for (Counted release : releases.getOrDefault(queue.queue(), List.of())) {
                if (release.version() != queue.version()) {
                    changes.put(queue.queue(), new VersionChange(since, release.version()));
                    break;
                }
                since = release.businessDate();
            }
        }
        return changes;
    }

    /**
     * Since when queues have been charted and judged as they are, by queue and field, for a release of the given date:
     * that date if it is the first that does. Queues and fields for which that has never changed are left out; a
     * release that did not know a field is passed over. Which releases count: see {@link #versionChanges}.
     */
    public Map<String, Map<String, PresentationChange>> presentationChanges(
            List<QueueFingerprint> queues, LocalDate businessDate) {
        Map<String, List<Counted>> releases = countedBefore(businessDate);
        Map<String, Map<String, PresentationChange>> changes = new TreeMap<>();
        for (QueueFingerprint queue : queues) {
            SortedMap<String, PresentationChange> ofQueue = new TreeMap<>();
            LocalDate since = businessDate;
            for (Counted release : releases.getOrDefault(queue.queue(), List.of())) {
                for (Map.Entry<String, String> before : differences(queue.presentation(), release.presentation())
                        .entrySet()) {
                    ofQueue.putIfAbsent(before.getKey(), new PresentationChange(since, before.getValue()));
                }
                since = release.businessDate();
            }
            if (!ofQueue.isEmpty()) {
                changes.put(queue.queue(), ofQueue);
            }
        }
        return changes;
    }

    /** What a release had instead, by name of the field; without fields that it did not know. */
    public static SortedMap<String, String> differences(Map<String, String> now, Map<String, String> then) {
        SortedMap<String, String> differences = new TreeMap<>();
        now.forEach((name, value) -> {
            String before = then.getOrDefault(name, ALWAYS.get(name));
            if (before != null && !before.equals(value)) {
                differences.put(name, before);
            }
        });
        return differences;
    }

    private static Map<String, String> presentation(ResultSet row) throws SQLException {
        // The database may not have been used by this version yet.
        String fields = OpsDatabase.has(row, "presentation") ? row.getString("presentation") : null;
        return fields == null ? UNRECORDED : DefinitionJson.read("ops.release_queue", fields);
    }

    /** By queue, the valid releases up to a date that have it, latest first. */
    private Map<String, List<Counted>> countedBefore(LocalDate businessDate) {
        Map<String, List<Counted>> releases = new TreeMap<>();
        ops.list(
                """
                select used.*, release.business_date
                from ops.release_queue as used
                inner join ops.release as release on used.release_id = release.release_id
                where release.withdrawn_at is null and release.business_date <= ?""",
                row -> releases.computeIfAbsent(row.getString("queue"), first -> new ArrayList<>())
                        .add(new Counted(
                                row.getObject("business_date", LocalDate.class),
                                ReleaseId.of(row.getString("release_id")),
                                row.getInt("queue_version"),
                                presentation(row))),
                businessDate);
        Comparator<Counted> earliestFirst =
                Comparator.comparing(Counted::businessDate).thenComparing(Counted::releaseId);
        releases.values().forEach(ofQueue -> ofQueue.sort(earliestFirst.reversed()));
        return releases;
    }

    /**
     * Writes the definitions of a release within the caller's transaction; existing ones are kept.
     *
     * @param transaction a connection with an open transaction; neither committed nor closed here
     */
    public static void record(Connection transaction, Release release, List<QueueFingerprint> queues)
            throws SQLException {
        OpsStatements statements = new OpsStatements(transaction);
        for (QueueFingerprint queue : queues) {
            if (!statements.exists(
                    "select 1 from ops.queue_definition where queue = ? and queue_version = ?",
                    queue.queue(),
                    queue.version())) {
                statements.update(
                        """
                        insert into ops.queue_definition
                            (queue, queue_version, digest, definition, first_business_date, first_release_id)
                        values (?, ?, ?, ?, ?, ?)""",
                        queue.queue(),
                        queue.version(),
                        queue.queueDigest(),
                        DefinitionJson.write(queue.fields()),
                        release.businessDate(),
                        release.releaseId());
            }
            if (!statements.exists(
                    "select 1 from ops.release_queue where release_id = ? and queue = ?",
                    release.releaseId(),
                    queue.queue())) {
                statements.update(
                        """
                        insert into ops.release_queue
                            (release_id, queue, queue_version, staging_digest, rules_digest, presentation)
                        values (?, ?, ?, ?, ?, ?)""",
                        release.releaseId(),
                        queue.queue(),
                        queue.version(),
                        queue.stagingDigest(),
                        queue.rulesDigest(),
                        DefinitionJson.write(queue.presentation()));
            }
        }
    }

    private @Nullable Known known(String queue, int version) {
        return ops.first(
                """
                select digest, definition, first_business_date, first_release_id
                from ops.queue_definition
                where queue = ? and queue_version = ?""",
                row -> new Known(
                        row.getString("digest"),
                        DefinitionJson.read("ops.queue_definition", row.getString("definition")),
                        row.getObject("first_business_date", LocalDate.class),
                        ReleaseId.of(row.getString("first_release_id"))),
                queue,
                version);
    }

    private int latestVersion(String queue) {
        Integer latest = ops.first(
                "select max(queue_version) as latest from ops.queue_definition where queue = ?",
                row -> row.getInt("latest"),
                queue);
        return latest == null ? 0 : latest;
    }
}
