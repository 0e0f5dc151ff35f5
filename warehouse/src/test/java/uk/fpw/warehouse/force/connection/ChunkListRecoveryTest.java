package uk.fpw.warehouse.force.connection;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.h2.store.fs.FilePath;
import org.h2.store.fs.FilePathWrapper;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Databases whose process was killed while it closed them, at each write. Without recovery H2 opens them once; after
 * some more commits it can find other rows, or not open them ("Double mark").
 */
class ChunkListRecoveryTest {

    private static final String SETTINGS = ";MODE=PostgreSQL;DATABASE_TO_LOWER=TRUE;WRITE_DELAY=0";

    /** Otherwise H2 often moves the chunks again, which hides where they were. */
    private static final String CLOSED_AT_ONCE = ";MAX_COMPACT_TIME=0";

    private static final int TABLES = 5;

    private static final String CONTENT = "select sum(id * length(text)) from (select * from t0 union all"
            + " select * from t1 union all select * from t2 union all select * from t3 union all select * from t4)";

    /** The file after each write while a database was closed. */
    private static final List<byte[]> LEFT = new ArrayList<>();

    private static boolean isClosing;

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    @SuppressWarnings("NullAway.Init")
    private String content;

    @BeforeEach
    void closeDatabase() throws SQLException {
        FilePath.register(new UnsyncedFile());
        LEFT.clear();
        Random random = new Random(1);
        for (int session = 0; session < 3; session++) {
            try (Connection connection = open(url("db"));
                    Statement statement = connection.createStatement()) {
                statement.execute("set retention_time 0"); // as if commits were minutes apart
                for (int commit = 0; commit < 25; commit++) {
                    String table = "t" + (commit < TABLES ? commit : random.nextInt(TABLES));
                    if (commit >= TABLES && random.nextInt(3) == 0) {
                        int part = 1 + random.nextInt(3);
                        statement.execute("delete from " + table + " where mod(id, " + part + ") = 0");
                        connection.commit();
                    } else {
                        change(connection, table, random);
                    }
                }
                content = content(connection);
                isClosing = session == 2;
            } finally {
                isClosing = false;
            }
        }
    }

    @Test
    void killedDatabaseOpensAgainAndAgain() throws Exception {
        assertThat(failures(url("killed"))).isEmpty();
    }

    private List<String> failures(String url) throws IOException {
        assertThat(LEFT).hasSizeGreaterThan(15);
        List<String> failures = new ArrayList<>();
        for (int write = 0; write < LEFT.size(); write++) {
            Files.write(folder.resolve("killed.mv.db"), LEFT.get(write));
            for (int opening = 1; opening <= 2; opening++) {
                try (Connection connection = open(url + CLOSED_AT_ONCE)) {
                    if (!content(connection).equals(content)) {
                        failures.add("killed at write " + write + ", opening " + opening + ": other rows");
                    }
                    for (int commit = 0; commit < 10; commit++) {
                        change(connection, "later", new Random(commit));
                    }
                } catch (SQLException damaged) {
                    failures.add("killed at write " + write + ", opening " + opening + ": " + damaged.getCause());
                    break;
                }
            }
        }
        return failures;
    }

    /** As the programs open it. */
    private String url(String name) {
        return DatabaseUrl.opening("jdbc:h2:file:unsynced:" + path(name));
    }

    private String path(String name) {
        return folder.resolve(name) + SETTINGS;
    }

    private static Connection open(String url) throws SQLException {
        return DriverManager.getConnection(url);
    }

    private static void change(Connection connection, String table, Random random) throws SQLException {
        try (Statement statement = connection.createStatement();
                PreparedStatement merge = prepare(statement, table)) {
            connection.setAutoCommit(false);
            int from = random.nextInt(1500);
            for (int id = from; id < from + 20 + random.nextInt(600); id++) {
                byte[] text = new byte[random.nextInt(500)];
                random.nextBytes(text);
                merge.setInt(1, id);
                merge.setBytes(2, text);
                merge.addBatch();
            }
            merge.executeBatch();
            connection.commit();
        }
    }

    private static PreparedStatement prepare(Statement statement, String table) throws SQLException {
        statement.execute("create table if not exists " + table + "(id int primary key, text varbinary)");
        return statement.getConnection().prepareStatement("merge into " + table + " key (id) values (?, ?)");
    }

    private static String content(Connection connection) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(CONTENT)) {
            rows.next();
            return rows.getString(1);
        }
    }

    /** A file that H2 need not wait for, and that is kept after each write while it is closed. */
    public static final class UnsyncedFile extends FilePathWrapper {

        @Override
        public String getScheme() {
            return "unsynced";
        }

        @Override
        public FileChannel open(String mode) throws IOException {
            FileChannel file = super.open(mode);
            return new OrderedWrites(file, name) {
                @Override
                public synchronized int write(ByteBuffer source, long position) throws IOException {
                    int written = file.write(source, position);
                    keep();
                    return written;
                }

                @Override
                public synchronized FileChannel truncate(long size) throws IOException {
                    file.truncate(size);
                    keep();
                    return this;
                }

                @Override
                public synchronized void force(boolean metaData) {
                    // nothing here loses its power
                }

                @Override
                public FileLock tryLock(long position, long size, boolean isShared) throws IOException {
                    return file.tryLock(position, size, isShared);
                }

                private void keep() {
                    if (isClosing) {
                        try {
                            ByteBuffer content = ByteBuffer.allocate((int) file.size());
                            file.read(content, 0);
                            LEFT.add(content.array());
                        } catch (IOException failed) {
                            throw new UncheckedIOException(failed);
                        }
                    }
                }
            };
        }
    }
}
