package uk.fpw.warehouse.store.rewrite;

import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.BiConsumer;
import javax.sql.DataSource;
import uk.fpw.layout.ReleaseId;
import uk.fpw.warehouse.store.files.DurableCommit;
import uk.fpw.warehouse.store.identity.KeySwitch;
import uk.fpw.warehouse.store.ledger.Rekeyings;
import uk.fpw.warehouse.store.ledger.Release;
import uk.fpw.warehouse.store.ledger.Releases;
import uk.fpw.warehouse.store.lock.LockGuard;

/**
 * What all changes of the whole warehouse have in common: tables are rewritten beside their old files, stored releases
 * are audited with the new files, and one transaction switches the catalog and {@code ops}.
 */
final class TableSwitch {

    private final DataSource dataSource;
    private final LockGuard guard;
    private final Map<String, String> before;
    private final Map<String, RewrittenTable> tables = new TreeMap<>();

    /**
     * A change that has not begun.
     *
     * @param connection open connection to the database
     * @param command command to run again if it fails, such as {@code fpw rekey}
     */
    TableSwitch(DataSource dataSource, Connection connection, LockGuard guard, String command) throws SQLException {
        this.dataSource = dataSource;
        this.guard = guard;
        this.before = KeySwitch.metadataFiles(connection);
        before.forEach((name, metadata) -> tables.put(name, new RewrittenTable(name, metadata, command)));
    }

    /** All tables by qualified name. */
    Map<String, RewrittenTable> tables() {
        return tables;
    }

    /** Whether the table has other metadata now. */
    boolean isChanged(String table, String metadata) {
        return !metadata.equals(before.get(table));
    }

    /**
     * Visits each stored release that can be read.
     *
     * @param visitor called with a release and whether it is the current one
     */
    void forEachRelease(RewrittenReleases rewritten, BiConsumer<Release, Boolean> visitor) {
        Releases releases = new Releases(dataSource);
        ReleaseId current = releases.currentId();
        for (Release release : releases.list()) {
            if (rewritten.isKept(release.releaseId())) {
                guard.check();
                Release whole = releases.find(release.releaseId());
                visitor.accept(
                        whole == null ? release : whole, release.releaseId().equals(current));
            }
        }
    }

    /** All releases in the database, including those that can no longer be read. */
    List<ReleaseId> releaseIds() {
        return new Releases(dataSource).list().stream().map(Release::releaseId).toList();
    }

    /** What else the transaction changes. */
    @FunctionalInterface
    interface Records {
        void in(Rekeyings rekeyings) throws SQLException;
    }

    /**
     * The switch, in one transaction.
     *
     * @param after new metadata locations of the changed tables by name
     */
    void apply(Connection connection, Map<String, String> after, Records records) throws SQLException {
        Rekeyings.prepare(connection);
        connection.setAutoCommit(false);
        try {
            KeySwitch.apply(connection, after, before);
            records.in(new Rekeyings(connection));
            guard.check(connection);
            DurableCommit.commit(connection);
        } catch (SQLException | RuntimeException failed) {
            connection.rollback();
            throw failed;
        } finally {
            connection.setAutoCommit(true);
        }
    }
}
