package uk.fpw.warehouse.release;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import uk.fpw.warehouse.run.ExitCode;
import uk.fpw.warehouse.run.NightFailure;

/** The releases that {@code ops} knows. Every method fails with {@code UNAVAILABLE} if the database does not answer. */
public final class Releases {

    private static final String COLUMNS =
            "select release_id, run_id, business_date, released_at, software_version, force_digest, key_fingerprint, digest, name from ops.release ";

    private static final Comparator<Release> LATEST_FIRST = Comparator.comparing(Release::businessDate)
            .thenComparingInt(release -> number(release.releaseId()))
            .thenComparing(Release::releaseId)
            .reversed();

    private final DataSource dataSource;

    /** Releases of the warehouse whose relational database this is; the migrations must have run. */
    public Releases(DataSource dataSource) {
        this.dataSource = dataSource;
    }

    /** {@code <business_date>.<n>} with the lowest n above every one that a release or a night of that date was given, failed nights included. */
    public String nextReleaseId(LocalDate businessDate) {
        String sql = """
                select release_id from ops.release where business_date = ?
                union
                select release_id from ops.night where business_date = ? and release_id is not null""";
        return query(sql, businessDate, rows -> {
            int highest = 0;
            String prefix = businessDate + ".";
            while (rows.next()) {
                String releaseId = rows.getString(1);
                if (releaseId.startsWith(prefix)) {
                    highest = Math.max(highest, Integer.parseInt(releaseId.substring(prefix.length())));
                }
            }
            return prefix + (highest + 1);
        });
    }

    /** Every release, the latest first: by business date, then number, since the clock may have been wrong. */
    public List<Release> list() {
        return releases(COLUMNS, null).stream().sorted(LATEST_FIRST).toList();
    }

    /** Every release that was not withdrawn, the latest first. */
    public List<Release> listValid() {
        return releases(COLUMNS + "where withdrawn_at is null", null).stream()
                .sorted(LATEST_FIRST)
                .toList();
    }

    /** The latest release before that one that was not withdrawn; null if there is none. */
    public @Nullable Release before(Release release) {
        return listValid().stream()
                .filter(other -> LATEST_FIRST.compare(other, release) > 0)
                .findFirst()
                .orElse(null);
    }

    /** Id of every release. */
    public Set<String> ids() {
        return Set.copyOf(ids("select release_id from ops.release"));
    }

    /** Id of the release that readers see; null before the first. */
    public @Nullable String currentId() {
        List<String> ids = ids("select release_id from ops.current_release");
        return ids.isEmpty() ? null : ids.get(0);
    }

    /** The release that readers see; null before the first. */
    public @Nullable Release current() {
        String id = currentId();
        return id == null ? null : find(id);
    }

    /** The release of that id; null if there is none. */
    public @Nullable Release find(String releaseId) {
        List<Release> found = releases(COLUMNS + "where release_id = ?", releaseId);
        return found.isEmpty() ? null : found.get(0);
    }

    /** The id of the release that is kept under that name; otherwise the text itself, which is taken for an id. */
    public String idOf(String idOrName) {
        return list().stream()
                .filter(release -> idOrName.equals(release.name()))
                .map(Release::releaseId)
                .findFirst()
                .orElse(idOrName);
    }

    /** Ids whose published rows and exports stay: the current release, the latest ones that were not withdrawn, and those with a name. */
    public Set<String> kept(int latest) {
        Set<String> kept = new LinkedHashSet<>(ids("select release_id from ops.current_release"));
        listValid().stream().limit(latest).map(Release::releaseId).forEach(kept::add);
        kept.addAll(ids("select release_id from ops.release where name is not null order by release_id"));
        return kept;
    }

    /**
     * Writes the release and makes it the one that readers see, inside the caller's transaction. A release that is there already with the same digest is made
     * current again, so that a step that was killed after its commit can be repeated; one that was withdrawn is not.
     *
     * @param transaction a connection with an open transaction; neither committed nor closed here
     */
    public static void flip(Connection transaction, Release release) throws SQLException {
        String known = digest(transaction, release.releaseId());
        if (known == null) {
            insert(transaction, release);
        } else if (!known.equals(release.digest())) {
            throw new IllegalStateException("release " + release.releaseId()
                    + " was published before with other content (digest " + known + ", now " + release.digest() + ")");
        }
        if (isWithdrawn(transaction, release.releaseId())) {
            throw new IllegalStateException(
                    "release " + release.releaseId() + " was withdrawn, so that it cannot be current again");
        }
        if (execute(transaction, "update ops.current_release set release_id = ?", release.releaseId()) == 0) {
            execute(transaction, "insert into ops.current_release (release_id) values (?)", release.releaseId());
        }
    }

    /** The n of {@code <business_date>.<n>}; 0 if there is none. */
    static int number(String releaseId) {
        String digits = releaseId.substring(releaseId.lastIndexOf('.') + 1);
        return digits.matches("[0-9]{1,9}") ? Integer.parseInt(digits) : 0;
    }

    private static @Nullable String digest(Connection connection, String releaseId) throws SQLException {
        try (PreparedStatement select =
                connection.prepareStatement("select digest from ops.release where release_id = ?")) {
            select.setString(1, releaseId);
            try (ResultSet rows = select.executeQuery()) {
                return rows.next() ? rows.getString(1) : null;
            }
        }
    }

    private static boolean isWithdrawn(Connection connection, String releaseId) throws SQLException {
        try (PreparedStatement select = connection.prepareStatement(
                "select 1 from ops.release where release_id = ? and withdrawn_at is not null")) {
            select.setString(1, releaseId);
            try (ResultSet rows = select.executeQuery()) {
                return rows.next();
            }
        }
    }

    private static void insert(Connection connection, Release release) throws SQLException {
        execute(
                connection,
                """
                insert into ops.release
                    (release_id, run_id, business_date, released_at, software_version, force_digest, key_fingerprint, digest, name)
                values (?, ?, ?, ?, ?, ?, ?, ?, ?)""",
                release.releaseId(),
                release.runId(),
                release.businessDate(),
                release.releasedAt().atOffset(ZoneOffset.UTC),
                release.softwareVersion(),
                release.forceDigest(),
                release.keyFingerprint(),
                release.digest(),
                release.name());
        for (Release.Table table : release.tables()) {
            execute(
                    connection,
                    "insert into ops.release_table (release_id, table_name, snapshot_id, row_count, digest) values (?, ?, ?, ?, ?)",
                    release.releaseId(),
                    table.name(),
                    table.snapshotId(),
                    table.rowCount(),
                    table.digest());
        }
        for (Release.Feed feed : release.feeds()) {
            execute(
                    connection,
                    "insert into ops.release_feed (release_id, feed, complete_to, due_to, held_count) values (?, ?, ?, ?, ?)",
                    release.releaseId(),
                    feed.name(),
                    feed.completeTo(),
                    feed.dueTo(),
                    feed.heldCount());
        }
    }

    private static int execute(Connection connection, String sql, @Nullable Object... values) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < values.length; i++) {
                statement.setObject(i + 1, values[i]);
            }
            return statement.executeUpdate();
        }
    }

    private List<String> ids(String sql) {
        return query(sql, null, rows -> {
            List<String> ids = new ArrayList<>();
            while (rows.next()) {
                ids.add(rows.getString(1));
            }
            return ids;
        });
    }

    private List<Release> releases(String sql, @Nullable Object parameter) {
        List<Release> heads = query(sql, parameter, rows -> {
            List<Release> found = new ArrayList<>();
            while (rows.next()) {
                found.add(new Release(
                        rows.getString("release_id"),
                        rows.getString("run_id"),
                        rows.getObject("business_date", LocalDate.class),
                        rows.getObject("released_at", OffsetDateTime.class).toInstant(),
                        rows.getString("software_version"),
                        rows.getString("force_digest"),
                        rows.getString("key_fingerprint"),
                        rows.getString("digest"),
                        rows.getString("name"),
                        List.of(),
                        List.of()));
            }
            return found;
        });
        return heads.stream().map(this::withParts).toList();
    }

    private Release withParts(Release head) {
        String sql =
                "select table_name, snapshot_id, row_count, digest from ops.release_table where release_id = ? order by table_name";
        List<Release.Table> tables = query(sql, head.releaseId(), rows -> {
            List<Release.Table> found = new ArrayList<>();
            while (rows.next()) {
                found.add(new Release.Table(rows.getString(1), rows.getLong(2), rows.getLong(3), rows.getString(4)));
            }
            return List.copyOf(found);
        });
        List<Release.Feed> feeds = query(
                "select feed, complete_to, due_to, coalesce(held_count, 0) from ops.release_feed where release_id = ? order by feed",
                head.releaseId(),
                rows -> {
                    List<Release.Feed> found = new ArrayList<>();
                    while (rows.next()) {
                        LocalDate dueTo = rows.getObject(3, LocalDate.class);
                        found.add(new Release.Feed(
                                rows.getString(1),
                                rows.getObject(2, LocalDate.class),
                                dueTo == null ? head.businessDate() : dueTo,
                                rows.getLong(4)));
                    }
                    return List.copyOf(found);
                });
        return new Release(
                head.releaseId(),
                head.runId(),
                head.businessDate(),
                head.releasedAt(),
                head.softwareVersion(),
                head.forceDigest(),
                head.keyFingerprint(),
                head.digest(),
                head.name(),
                tables,
                feeds);
    }

    /** Runs a query whose every parameter, if it has any, is the one given. */
    private <T> T query(String sql, @Nullable Object parameter, Reader<T> reader) {
        try (Connection connection = dataSource.getConnection();
                PreparedStatement select = connection.prepareStatement(sql)) {
            for (int i = 1; i <= sql.chars().filter(c -> c == '?').count(); i++) {
                select.setObject(i, parameter);
            }
            try (ResultSet rows = select.executeQuery()) {
                return reader.read(rows);
            }
        } catch (SQLException failed) {
            throw new NightFailure(
                    ExitCode.UNAVAILABLE,
                    "the releases cannot be read, the database says: " + failed.getMessage()
                            + ". Check that the database answers and that its migrations have run, then run again",
                    failed);
        }
    }

    @FunctionalInterface
    private interface Reader<T> {
        T read(ResultSet rows) throws SQLException;
    }
}
