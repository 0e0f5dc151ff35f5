package uk.fpw.generator;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;
import uk.fpw.generator.record.GeneratorException;
import uk.fpw.generator.record.SourceRecord;

/**
 * Writes the tables of one operational system in one transaction. The table {@code synthetic_notice} says that all data
 * is invented, and up to which day the system is written.
 */
final class SystemWriter implements AutoCloseable {

    private static final int ROWS_A_BATCH = 1000;
    private static final String NOTICE =
            "Synthetic data of an invented police force. No row describes a real person, case or device.";

    private final Connection connection;
    private final TargetDatabase database;
    private final String schema;

    /** Last day up to which the system was written; null if it is new. */
    final @Nullable LocalDate knownOn;

    private SystemWriter(Connection connection, TargetDatabase database, String schema, @Nullable LocalDate knownOn) {
        this.connection = connection;
        this.database = database;
        this.schema = schema;
        this.knownOn = knownOn;
    }

    /** Opens a system; one with another seed or scale counts as new. */
    static SystemWriter open(TargetDatabase database, String schema, long seed, int scale) {
        try {
            Connection connection = DriverManager.getConnection(
                    database.url(), database.user(), database.password() == null ? "" : database.password());
            try {
                connection.setAutoCommit(false);
                return new SystemWriter(connection, database, schema, knownOn(connection, schema, seed, scale));
            } catch (SQLException failure) {
                connection.close();
                throw failure;
            }
        } catch (SQLException failure) {
            throw new GeneratorException(
                    "system " + schema + " at " + database.url() + " cannot be opened: " + failure.getMessage(),
                    failure);
        }
    }

    private static @Nullable LocalDate knownOn(Connection connection, String schema, long seed, int scale)
            throws SQLException {
        try (PreparedStatement tables = connection.prepareStatement(
                "select count(*) from information_schema.tables where lower(table_schema) = ? and "
                        + "lower(table_name) = 'synthetic_notice'")) {
            tables.setString(1, schema);
            try (ResultSet found = tables.executeQuery()) {
                if (!found.next() || found.getInt(1) == 0) {
                    return null;
                }
            }
        }
        try (PreparedStatement notice = connection.prepareStatement(
                "select known_on from " + schema + ".synthetic_notice where seed = ? and scale = ?")) {
            notice.setLong(1, seed);
            notice.setInt(2, scale);
            try (ResultSet found = notice.executeQuery()) {
                return found.next() ? found.getObject(1, LocalDate.class) : null;
            }
        }
    }

    /**
     * Rejects an earlier day, since a system does not forget.
     *
     * @throws IllegalArgumentException if the system is at a later day
     */
    void requireLaterDate(LocalDate upTo) {
        if (knownOn != null && knownOn.isAfter(upTo)) {
            throw new IllegalArgumentException("system " + schema + " is at " + knownOn + " and cannot go back to "
                    + upTo + "; delete it to start from scratch");
        }
    }

    /** Drops the system and creates its tables, still without keys. */
    void create(List<SourceTable> tables) {
        run("drop schema if exists " + schema + " cascade");
        run("create schema " + schema);
        run("create table " + schema
                + ".synthetic_notice (notice varchar(200), seed bigint, scale integer, known_on date)");
        for (SourceTable table : tables) {
            StringBuilder ddl = new StringBuilder("create table " + table.name + " (");
            for (int i = 0; i < table.columns.size(); i++) {
                ddl.append(i == 0 ? "" : ", ")
                        .append(table.columns.get(i))
                        .append(' ')
                        .append(table.types.get(i))
                        .append(i == 0 ? " not null" : "");
            }
            run(ddl.append(')').toString());
        }
    }

    /**
     * Writes the rows of a table as at the end of a day; replaces those that changed since the end of an earlier day.
     */
    void write(SourceTable table, @Nullable LocalDate since, LocalDate upTo) {
        Instant before = since == null ? Instant.MIN : ForceCalendar.endOf(since);
        Instant end = ForceCalendar.endOf(upTo);
        String insert = "insert into " + table.name + " (" + String.join(", ", table.columns) + ") values ("
                + String.join(", ", Collections.nCopies(table.columns.size(), "?")) + ")";
        String delete = "delete from " + table.name + " where " + table.columns.get(0) + " = ?";
        try (PreparedStatement inserts = connection.prepareStatement(insert);
                PreparedStatement deletes = connection.prepareStatement(delete)) {
            int pending = 0;
            for (SourceRecord row : table.rows) {
                int known = row.knownBefore(before);
                if (row.knownBefore(end) == known) {
                    continue;
                }
                if (known > 0) {
                    bind(deletes, 1, row.last().values().get(0));
                    deletes.addBatch();
                }
                List<@Nullable Object> values = table.stored(row, end);
                if (values != null) {
                    for (int i = 0; i < values.size(); i++) {
                        bind(inserts, i + 1, values.get(i));
                    }
                    inserts.addBatch();
                }
                if (++pending % ROWS_A_BATCH == 0) {
                    deletes.executeBatch();
                    inserts.executeBatch();
                }
            }
            deletes.executeBatch();
            inserts.executeBatch();
        } catch (SQLException failure) {
            throw new GeneratorException(
                    "table " + table.name + " at " + database.url() + " cannot be written: " + failure.getMessage(),
                    failure);
        }
    }

    private static void bind(PreparedStatement statement, int index, @Nullable Object value) throws SQLException {
        statement.setObject(index, value instanceof Instant instant ? instant.atOffset(ZoneOffset.UTC) : value);
    }

    /** Adds keys, and indexes on the columns by which changes are read; then grants access to the reader. */
    void finish(List<SourceTable> tables) {
        for (SourceTable table : tables) {
            run("alter table " + table.name + " add primary key (" + table.columns.get(0) + ")");
            String cursor =
                    switch (table.stamps) {
                        case SEQUENCE -> "change_seq";
                        case UPDATED_AT -> "updated_at";
                        case NONE -> table.columns.get(0);
                    };
            run("create index " + table.name.substring(table.name.indexOf('.') + 1) + "_cursor on " + table.name + " ("
                    + cursor + ")");
        }
        if (database.reader() != null) {
            if (isH2()) {
                run("create user if not exists " + database.reader() + " password ''");
                run("grant select on schema " + schema + " to " + database.reader());
            } else {
                run("grant usage on schema " + schema + " to " + database.reader());
                run("grant select on all tables in schema " + schema + " to " + database.reader());
            }
        }
    }

    /** Commits with the day up to which the system is written. */
    void commit(long seed, int scale, LocalDate upTo) {
        run("delete from " + schema + ".synthetic_notice");
        run("insert into " + schema + ".synthetic_notice values ('" + NOTICE + "', " + seed + ", " + scale + ", date '"
                + upTo + "')");
        try {
            connection.commit();
        } catch (SQLException failure) {
            throw new GeneratorException(
                    "system " + schema + " at " + database.url() + " cannot be committed: " + failure.getMessage(),
                    failure);
        }
    }

    private boolean isH2() {
        return database.url().startsWith("jdbc:h2:");
    }

    private void run(String sql) {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException failure) {
            throw new GeneratorException(
                    "system " + schema + " at " + database.url() + ": " + sql + ": " + failure.getMessage(), failure);
        }
    }

    @Override
    public void close() {
        try {
            connection.rollback();
            connection.close();
        } catch (SQLException failure) {
            throw new GeneratorException(
                    "system " + schema + " at " + database.url() + " cannot be closed: " + failure.getMessage(),
                    failure);
        }
    }
}
