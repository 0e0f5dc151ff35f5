package uk.fpw.warehouse.release;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import uk.fpw.warehouse.force.QueueFingerprint;
import uk.fpw.warehouse.run.ExitCode;
import uk.fpw.warehouse.run.NightFailure;
import uk.fpw.warehouse.run.VersionChange;

/**
 * The definitions by which releases were made: a version of a queue stands for one definition for good, and each release says which
 * staging queries and rules its queues had.
 */
public final class QueueDefinitions {

    private static final ObjectMapper JSON = new ObjectMapper();

    private final DataSource dataSource;

    /** Definitions of the warehouse whose relational database this is. */
    public QueueDefinitions(DataSource dataSource) {
        this.dataSource = dataSource;
    }

    /**
     * What a release had.
     *
     * @param stagingDigest of its staging queries, see {@link QueueFingerprint}
     * @param rulesDigest of its rules
     */
    public record Used(String queue, int version, String stagingDigest, String rulesDigest) {}

    private record Known(String digest, Map<String, String> fields, LocalDate firstDate, String firstRelease) {}

    /**
     * Refuses queues that were changed although they keep the version under which a release was made.
     *
     * @throws NightFailure with {@code CONFIGURATION} naming queues, versions, what differs and what to do
     */
    public void requireUnchanged(List<QueueFingerprint> queues) {
        List<String> changed = new ArrayList<>();
        for (QueueFingerprint queue : queues) {
            Known known = known(queue.queue(), queue.version());
            if (known != null && !known.digest().equals(queue.queueDigest())) {
                changed.add("queues/" + queue.queue() + ".yml: version " + queue.version()
                        + " was defined otherwise when release " + known.firstRelease() + " of " + known.firstDate()
                        + " was made ("
                        + String.join(", ", queue.differences(known.fields()))
                        + "); raise 'version' to " + (latestVersion(queue.queue()) + 1)
                        + ", so that every row says by which definition it was counted, or undo the change");
            }
        }
        if (!changed.isEmpty()) {
            throw new NightFailure(ExitCode.CONFIGURATION, String.join(System.lineSeparator(), changed));
        }
    }

    /** Whether the database keeps definitions; one that no night of this version has used yet does not. */
    public boolean isKept() {
        try (Connection connection = dataSource.getConnection();
                ResultSet tables = connection.getMetaData().getTables(null, "ops", "queue_definition", null)) {
            return tables.next();
        } catch (SQLException failed) {
            throw unavailable(failed);
        }
    }

    /** What the queues of a release had, by name; empty if the release is older than the record of it. */
    public Map<String, Used> usedIn(String releaseId) {
        Map<String, Used> used = new TreeMap<>();
        String sql =
                "select queue, queue_version, staging_digest, rules_digest from ops.release_queue where release_id = ?";
        query(sql, List.of(releaseId), rows -> {
            while (rows.next()) {
                used.put(
                        rows.getString(1),
                        new Used(rows.getString(1), rows.getInt(2), rows.getString(3), rows.getString(4)));
            }
            return used;
        });
        return used;
    }

    private record Counted(LocalDate businessDate, int number, int version) {}

    /**
     * Since when queues are counted by their present version, by name, for a release of that date: its own date if it is the first. A queue is left out if no release counted it by another version.
     * Withdrawn releases, those of later dates, and those that are older than the record of their versions do not count.
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

    /** By queue, the releases up to a date that have it and were not withdrawn, the latest first. */
    private Map<String, List<Counted>> countedBefore(LocalDate businessDate) {
        String sql = "select used.queue, release.business_date, release.release_id, used.queue_version"
                + " from ops.release_queue as used"
                + " inner join ops.release as release on used.release_id = release.release_id"
                + " where release.withdrawn_at is null and release.business_date <= ?";
        Map<String, List<Counted>> releases = new TreeMap<>();
        query(sql, List.of(businessDate), rows -> {
            while (rows.next()) {
                releases.computeIfAbsent(rows.getString(1), first -> new ArrayList<>())
                        .add(new Counted(
                                rows.getObject(2, LocalDate.class),
                                Releases.number(rows.getString(3)),
                                rows.getInt(4)));
            }
            return releases;
        });
        Comparator<Counted> earliestFirst =
                Comparator.comparing(Counted::businessDate).thenComparingInt(Counted::number);
        releases.values().forEach(ofQueue -> ofQueue.sort(earliestFirst.reversed()));
        return releases;
    }

    /**
     * Writes what a release has, inside the caller's transaction; what is there already stays.
     *
     * @param transaction a connection with an open transaction; neither committed nor closed here
     */
    public static void record(Connection transaction, Release release, List<QueueFingerprint> queues)
            throws SQLException {
        for (QueueFingerprint queue : queues) {
            if (isAbsent(
                    transaction,
                    "select 1 from ops.queue_definition where queue = ? and queue_version = ?",
                    queue.queue(),
                    queue.version())) {
                execute(
                        transaction,
                        "insert into ops.queue_definition"
                                + " (queue, queue_version, digest, definition, first_business_date, first_release_id)"
                                + " values (?, ?, ?, ?, ?, ?)",
                        queue.queue(),
                        queue.version(),
                        queue.queueDigest(),
                        json(queue.fields()),
                        release.businessDate(),
                        release.releaseId());
            }
            if (isAbsent(
                    transaction,
                    "select 1 from ops.release_queue where release_id = ? and queue = ?",
                    release.releaseId(),
                    queue.queue())) {
                execute(
                        transaction,
                        "insert into ops.release_queue"
                                + " (release_id, queue, queue_version, staging_digest, rules_digest)"
                                + " values (?, ?, ?, ?, ?)",
                        release.releaseId(),
                        queue.queue(),
                        queue.version(),
                        queue.stagingDigest(),
                        queue.rulesDigest());
            }
        }
    }

    private @Nullable Known known(String queue, int version) {
        String sql = "select digest, definition, first_business_date, first_release_id from ops.queue_definition"
                + " where queue = ? and queue_version = ?";
        return query(
                sql,
                List.of(queue, version),
                rows -> rows.next()
                        ? new Known(
                                rows.getString(1),
                                fields(rows.getString(2)),
                                rows.getObject(3, LocalDate.class),
                                rows.getString(4))
                        : null);
    }

    private int latestVersion(String queue) {
        Integer latest =
                query("select max(queue_version) from ops.queue_definition where queue = ?", List.of(queue), rows -> {
                    rows.next();
                    return rows.getInt(1);
                });
        return latest == null ? 0 : latest;
    }

    private static boolean isAbsent(Connection connection, String sql, Object... values) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(sql)) {
            for (int i = 0; i < values.length; i++) {
                select.setObject(i + 1, values[i]);
            }
            try (ResultSet rows = select.executeQuery()) {
                return !rows.next();
            }
        }
    }

    private static void execute(Connection connection, String sql, Object... values) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < values.length; i++) {
                statement.setObject(i + 1, values[i]);
            }
            statement.executeUpdate();
        }
    }

    private static String json(Map<String, String> fields) {
        try {
            return JSON.writeValueAsString(new TreeMap<>(fields));
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static Map<String, String> fields(String json) {
        try {
            return JSON.readValue(json, new TypeReference<TreeMap<String, String>>() {});
        } catch (JsonProcessingException damaged) {
            throw new IllegalStateException("ops.queue_definition: a definition is no JSON", damaged);
        }
    }

    private <T> @Nullable T query(String sql, List<Object> values, Reader<T> reader) {
        try (Connection connection = dataSource.getConnection();
                PreparedStatement select = connection.prepareStatement(sql)) {
            for (int i = 0; i < values.size(); i++) {
                select.setObject(i + 1, values.get(i));
            }
            try (ResultSet rows = select.executeQuery()) {
                return reader.read(rows);
            }
        } catch (SQLException failed) {
            throw unavailable(failed);
        }
    }

    private static NightFailure unavailable(SQLException failed) {
        return new NightFailure(
                ExitCode.UNAVAILABLE,
                "the definitions of earlier releases cannot be read, the database says: " + failed.getMessage()
                        + ". Check that the database answers, then run again",
                failed);
    }

    @FunctionalInterface
    private interface Reader<T> {
        @Nullable
        T read(ResultSet rows) throws SQLException;
    }
}
