package uk.fpw.warehouse.store.ledger;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import uk.fpw.layout.DeliveryState;
import uk.fpw.layout.ReleaseId;
import uk.fpw.layout.ReleasedFeed;
import uk.fpw.layout.RunId;
import uk.fpw.warehouse.failure.FpwException;

/** The releases in {@code ops}. Every method fails with {@code UNAVAILABLE} if the database does not respond. */
public final class Releases {

    private static final String COLUMNS =
            "select release_id, run_id, business_date, released_at, software_version, force_digest, "
                    + "key_fingerprint, digest, name from ops.release ";

    private static final Comparator<Release> LATEST_FIRST = Comparator.comparing(Release::businessDate)
            .thenComparing(Release::releaseId)
            .reversed();

    private final OpsDatabase ops;

    /** The releases in a database, whose migrations must have run. */
    public Releases(DataSource dataSource) {
        this.ops = new OpsDatabase(dataSource);
    }

    /**
     * The next free id of a business date: one above the highest number of all releases and runs of that date,
     * including failed runs.
     */
    public ReleaseId nextReleaseId(LocalDate businessDate) {
        int highest = ops.list("""
            select release_id from ops.release where business_date = ?
            union
            select release_id from ops.night where business_date = ? and release_id is not null\
            """, Releases::id, businessDate, businessDate).stream()
                .filter(releaseId -> releaseId.businessDate().equals(businessDate))
                .mapToInt(ReleaseId::number)
                .max()
                .orElse(0);
        return ReleaseId.of(businessDate, highest + 1);
    }

    /** All releases, latest first: by business date, then by number, since the clock may have been wrong. */
    public List<Release> list() {
        return releases(COLUMNS).stream().sorted(LATEST_FIRST).toList();
    }

    /** All releases that were not withdrawn, latest first. */
    public List<Release> listValid() {
        return releases(COLUMNS + "where withdrawn_at is null").stream()
                .sorted(LATEST_FIRST)
                .toList();
    }

    /** The latest valid release before a release; null if there is none. */
    public @Nullable Release before(Release release) {
        return listValid().stream()
                .filter(other -> LATEST_FIRST.compare(other, release) > 0)
                .findFirst()
                .orElse(null);
    }

    /** The software version of each release; works for databases of earlier versions too. */
    public NavigableMap<ReleaseId, String> softwareVersions() {
        NavigableMap<ReleaseId, String> versions = new TreeMap<>();
        ops.list(
                "select release_id, software_version from ops.release",
                row -> versions.put(id(row), row.getString("software_version")));
        return versions;
    }

    /** Ids of all releases. */
    public Set<ReleaseId> ids() {
        return Set.copyOf(ids("select release_id from ops.release"));
    }

    /** Ids of all releases visible to a transaction. */
    public static Set<ReleaseId> ids(Connection transaction) throws SQLException {
        return Set.copyOf(
                new OpsStatements(transaction).<ReleaseId>list("select release_id from ops.release", Releases::id));
    }

    /** Id of the current release visible to a transaction; null if there is none. */
    public static @Nullable ReleaseId currentId(Connection transaction) throws SQLException {
        return new OpsStatements(transaction)
                .<ReleaseId>first("select release_id from ops.current_release", Releases::id);
    }

    /** Fingerprint of the pseudonym key of the releases visible to a transaction; null if none needed a key. */
    public static @Nullable String keyFingerprint(Connection transaction) throws SQLException {
        return new OpsStatements(transaction)
                .<String>first(
                        "select key_fingerprint from ops.release where key_fingerprint is not null "
                                + "order by released_at desc",
                        row -> row.getString("key_fingerprint"));
    }

    /** Makes all releases durable. Called before the pointer for readers is moved to one. */
    public void sync() {
        ops.sync();
    }

    /** Id of the current release; null before the first. */
    public @Nullable ReleaseId currentId() {
        List<ReleaseId> ids = ids("select release_id from ops.current_release");
        return ids.isEmpty() ? null : ids.get(0);
    }

    /** The current release; null before the first. */
    public @Nullable Release current() {
        ReleaseId id = currentId();
        return id == null ? null : find(id);
    }

    /** Total number of rows in the tables of the current release; 0 before the first. */
    public long currentRowCount() {
        Release current = current();
        return current == null
                ? 0
                : current.tables().stream().mapToLong(Release.Table::rowCount).sum();
    }

    /** The release with that id, which must exist. */
    public Release get(ReleaseId releaseId) {
        return Objects.requireNonNull(find(releaseId), releaseId::value);
    }

    /** The release with that id; null if there is none. */
    public @Nullable Release find(ReleaseId releaseId) {
        List<Release> found = releases(COLUMNS + "where release_id = ?", releaseId);
        return found.isEmpty() ? null : found.get(0);
    }

    /**
     * The id of the release with that id or pinned under that name.
     *
     * @throws FpwException with {@code CONFIGURATION}, listing the releases, if there is none
     */
    public ReleaseId idOf(String idOrName) {
        List<Release> all = list();
        return all.stream()
                .filter(release -> idOrName.equals(release.name())
                        || idOrName.equals(release.releaseId().value()))
                .map(Release::releaseId)
                .findFirst()
                .orElseThrow(() -> FpwException.configuration("there is no release " + idOrName + "; releases: "
                        + all.stream().map(Release::releaseId).toList()));
    }

    /**
     * Ids of releases whose published rows and exports are kept: the current one, the latest valid ones, and those with
     * a name.
     */
    public Set<ReleaseId> kept(int latest) {
        Set<ReleaseId> kept = new LinkedHashSet<>(ids("select release_id from ops.current_release"));
        listValid().stream().limit(latest).map(Release::releaseId).forEach(kept::add);
        kept.addAll(ids("select release_id from ops.release where name is not null order by release_id"));
        return kept;
    }

    /** Sets the name under which a release is pinned; null removes it. */
    public void rename(ReleaseId releaseId, @Nullable String name) {
        ops.update("update ops.release set name = ? where release_id = ?", name, releaseId);
    }

    /**
     * Writes the release and makes it current, within the caller's transaction. An existing release with the same
     * digest becomes current again, so that a step killed after its commit can be repeated, unless it was withdrawn.
     *
     * @param transaction a connection with an open transaction; neither committed nor closed here
     */
    public static void flip(Connection transaction, Release release) throws SQLException {
        OpsStatements statements = new OpsStatements(transaction);
        String known = statements.first(
                "select digest from ops.release where release_id = ?",
                row -> row.getString("digest"),
                release.releaseId());
        if (known == null) {
            insert(statements, release);
        } else if (!known.equals(release.digest())) {
            throw new IllegalStateException("release " + release.releaseId()
                    + " was already published with different content (digest " + known + ", now " + release.digest()
                    + ")");
        }
        if (statements.exists(
                "select 1 from ops.release where release_id = ? and withdrawn_at is not null", release.releaseId())) {
            throw new IllegalStateException(
                    "release " + release.releaseId() + " was withdrawn, so it cannot become current again");
        }
        if (statements.update("update ops.current_release set release_id = ?", release.releaseId()) == 0) {
            statements.update("insert into ops.current_release (release_id) values (?)", release.releaseId());
        }
    }

    private static void insert(OpsStatements statements, Release release) throws SQLException {
        statements.update(
                """
                insert into ops.release
                    (release_id, run_id, business_date, released_at, software_version, force_digest, key_fingerprint, \
                digest, name)
                values (?, ?, ?, ?, ?, ?, ?, ?, ?)\
                """,
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
            statements.update(
                    "insert into ops.release_table (release_id, table_name, snapshot_id, row_count, digest, "
                            + "history_from) values (?, ?, ?, ?, ?, ?)",
                    release.releaseId(),
                    table.name(),
                    table.snapshotId(),
                    table.rowCount(),
                    table.digest(),
                    table.historyFrom());
        }
        for (ReleasedFeed feed : release.feeds()) {
            statements.update(
                    "insert into ops.release_feed (release_id, feed, complete_to, due_to, delivery, held_count) "
                            + "values (?, ?, ?, ?, ?, ?)",
                    release.releaseId(),
                    feed.name(),
                    feed.completeTo(),
                    feed.dueTo(),
                    feed.delivery() == null ? null : feed.delivery().code(),
                    feed.heldCount());
        }
    }

    private List<ReleaseId> ids(String sql) {
        return ops.list(sql, Releases::id);
    }

    /** The id in a row of {@code ops.release}. */
    public static ReleaseId id(ResultSet row) throws SQLException {
        return ReleaseId.of(row.getString("release_id"));
    }

    private List<Release> releases(String sql, @Nullable Object... values) {
        return ops.inTransaction(statements -> {
            List<Release> found = new ArrayList<>();
            for (Release head : statements.list(sql, Releases::head, values)) {
                found.add(withParts(statements, head));
            }
            return found;
        });
    }

    private static Release head(ResultSet row) throws SQLException {
        return new Release(
                id(row),
                RunId.of(row.getString("run_id")),
                row.getObject("business_date", LocalDate.class),
                row.getObject("released_at", OffsetDateTime.class).toInstant(),
                row.getString("software_version"),
                row.getString("force_digest"),
                row.getString("key_fingerprint"),
                row.getString("digest"),
                row.getString("name"),
                List.of(),
                List.of());
    }

    private static Release.Table table(ResultSet row) throws SQLException {
        String from = OpsDatabase.has(row, "history_from") ? row.getString("history_from") : null;
        return new Release.Table(
                row.getString("table_name"),
                row.getLong("snapshot_id"),
                row.getLong("row_count"),
                row.getString("digest"),
                from == null ? null : ReleaseId.of(from));
    }

    private static ReleasedFeed feed(ResultSet row, LocalDate businessDate) throws SQLException {
        LocalDate dueTo = row.getObject("due_to", LocalDate.class);
        String delivery = OpsDatabase.has(row, "delivery") ? row.getString("delivery") : null;
        return new ReleasedFeed(
                row.getString("feed"),
                row.getObject("complete_to", LocalDate.class),
                dueTo == null ? businessDate : dueTo,
                delivery == null ? null : DeliveryState.ofCode(delivery),
                row.getLong("held_count"));
    }

    private static Release withParts(OpsStatements statements, Release head) throws SQLException {
        List<Release.Table> tables = statements.list(
                "select * from ops.release_table where release_id = ? order by table_name",
                Releases::table,
                head.releaseId());
        List<ReleasedFeed> feeds = statements.list(
                "select * from ops.release_feed where release_id = ? order by feed",
                row -> feed(row, head.businessDate()),
                head.releaseId());
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
}
