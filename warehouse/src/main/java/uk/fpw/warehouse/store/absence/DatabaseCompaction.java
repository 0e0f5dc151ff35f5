package uk.fpw.warehouse.store.absence;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import uk.fpw.warehouse.store.files.DurableCommit;

/**
 * Removes deleted rows from the files of a database, where they remain until their space is used again: compacts the
 * file of H2, or rewrites tables of PostgreSQL. What this program cannot reach is left to the operator.
 */
public final class DatabaseCompaction {

    private DatabaseCompaction() {}

    /**
     * What the operator has to do, because this program cannot.
     *
     * @param what where rows may remain, in one sentence without its full stop
     * @param command the command, or SQL statement, that removes them
     */
    public record Duty(String what, String command) {}

    /**
     * Compacts the database.
     *
     * @param connection outside of a transaction. An embedded database is closed for all its connections and opens
     *     again with the next one
     * @param tables qualified names of the tables that lost rows or texts; they are locked while they are rewritten
     * @return what is left to do, also for copies of the database; empty for an embedded database
     */
    public static List<Duty> compact(Connection connection, Collection<String> tables) throws SQLException {
        if (DurableCommit.isEmbedded(connection)) {
            try (Statement statement = connection.createStatement()) {
                statement.execute("shutdown compact");
            }
            return List.of();
        }
        List<Duty> duties = new ArrayList<>();
        for (String table : new TreeSet<>(tables)) {
            String command = "vacuum (full, analyze) " + table;
            attempt(connection, command, "Deleted rows remain in table " + table, duties);
        }
        attempt(
                connection,
                "vacuum (full) pg_catalog.pg_statistic",
                "PostgreSQL's own table of frequent values may contain deleted ones",
                duties);
        attempt(connection, "checkpoint", "Files of rewritten tables are deleted by the next checkpoint", duties);
        duties.addAll(copies(connection));
        return List.copyOf(duties);
    }

    /**
     * Builds the primary keys of an embedded database anew; elsewhere nothing, since PostgreSQL does so when it
     * rewrites a table. Inner pages of an index contain keys of rows that were deleted, and {@link #compact} copies
     * pages as they are. If the process dies, one table may have no primary key until this is repeated.
     *
     * @param connection outside of a transaction
     * @param keys columns of the primary key by qualified name of a table
     */
    public static void rebuildKeys(Connection connection, Map<String, List<String>> keys) throws SQLException {
        if (!DurableCommit.isEmbedded(connection)) {
            return;
        }
        for (Map.Entry<String, List<String>> key : keys.entrySet()) {
            String[] name = key.getKey().split("\\.", 2);
            try (Statement statement = connection.createStatement()) {
                if (hasKey(connection, name[0], name[1])) {
                    statement.execute("alter table " + key.getKey() + " drop primary key");
                }
                statement.execute(
                        "alter table " + key.getKey() + " add primary key (" + String.join(", ", key.getValue()) + ")");
            }
        }
    }

    private static boolean hasKey(Connection connection, String schema, String table) throws SQLException {
        try (ResultSet columns = connection.getMetaData().getPrimaryKeys(null, schema, table)) {
            return columns.next();
        }
    }

    private static void attempt(Connection connection, String command, String otherwise, List<Duty> duties) {
        try (Statement statement = connection.createStatement()) {
            statement.execute(command);
            if (statement.getWarnings() != null) {
                duties.add(new Duty(otherwise + ", because this user of the database may not rewrite it", command));
            }
        } catch (SQLException failed) {
            duties.add(new Duty(otherwise + " (SQLSTATE " + failed.getSQLState() + ")", command));
        }
    }

    /** Copies of a PostgreSQL database that may still contain deleted rows. */
    private static List<Duty> copies(Connection connection) throws SQLException {
        List<Duty> duties = new ArrayList<>();
        duties.add(new Duty(
                "The write-ahead log contains deleted rows until its files are used again",
                "select pg_switch_wal(); checkpoint;  -- then again after wal_keep_size and max_wal_size have been "
                        + "written"));
        try (Statement statement = connection.createStatement();
                ResultSet slots = statement.executeQuery(
                        "select slot_name from pg_catalog.pg_replication_slots order by slot_name")) {
            while (slots.next()) {
                duties.add(new Duty(
                        "Replication slot " + slots.getString(1)
                                + " keeps the write-ahead log, and its replica follows",
                        "select slot_name, restart_lsn from pg_replication_slots;  -- until it has passed the "
                                + "checkpoint; "
                                + "drop slots that nobody reads"));
            }
        }
        try (Statement statement = connection.createStatement();
                ResultSet setting = statement.executeQuery("select current_setting('archive_mode')")) {
            if (setting.next() && !setting.getString(1).equals("off")) {
                duties.add(new Duty(
                        "The archive of the write-ahead log contains deleted rows",
                        "pg_archivecleanup ARCHIVE OLDEST_KEPT_FILE  # after a new base backup; with pgBackRest: "
                                + "pgbackrest backup --type=full && pgbackrest expire"));
            }
        }
        duties.add(new Duty(
                "Base backups, dumps and snapshots of disks from before the erasure contain the rows",
                "pg_dump --format=custom --file=NEW DATABASE  # then delete the older ones"));
        return duties;
    }
}
