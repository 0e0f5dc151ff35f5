package uk.fpw.warehouse.force.connection;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.TreeMap;
import java.util.function.IntPredicate;
import org.h2.store.fs.FilePath;
import org.h2.store.fs.FilePathWrapper;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What H2 finds in its file after a power failure: everything synced and, of each later write, all blocks, some or
 * none.
 */
class OrderedWritesTest {

    private static final String SETTINGS = ";MODE=PostgreSQL;DATABASE_TO_LOWER=TRUE;WRITE_DELAY=0";
    private static final int BLOCK = 4096;

    /** Recorded calls on the file. */
    private static final List<Call> CALLS = new ArrayList<>();

    /** A write, a new length without bytes, or a sync. */
    private static final class Call {
        private final long position;
        private final byte @Nullable [] bytes;

        private Call(long position, byte @Nullable [] bytes) {
            this.position = position;
            this.bytes = bytes;
        }

        private boolean isSync() {
            return position < 0;
        }
    }

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path folder;

    /** By number of calls so far, the number of synced commits. */
    private final TreeMap<Integer, Integer> synced = new TreeMap<>();

    @BeforeEach
    void forgetCalls() {
        FilePath.register(new RecordedFile());
        CALLS.clear();
    }

    @Test
    void syncedCommitIsThereWhateverIsLostOfLaterWrites() throws Exception {
        commit(OrderedDatabaseFile.url("jdbc:h2:file:recorded-calls:"));

        assertThat(losses()).isEmpty();
    }

    /** Shows that the test above would detect a failure. */
    @Test
    void withoutOrderLaterWritesTakeSyncedCommitsWithThem() throws Exception {
        commit("jdbc:h2:recorded-calls:");

        assertThat(losses()).isNotEmpty();
    }

    /** Commits in several sessions, with a sync after some commits. */
    private void commit(String prefix) throws SQLException {
        Random random = new Random(1);
        int commits = 0;
        for (int session = 0; session < 3; session++) {
            try (Connection connection = DriverManager.getConnection(prefix + folder.resolve("db") + SETTINGS);
                    Statement statement = connection.createStatement()) {
                statement.execute("create table if not exists counter as select 0 as commits");
                statement.execute("create table if not exists filler as select x as id, repeat('x', 250) as text"
                        + " from system_range(1, 500) as numbers(x)");
                sync(statement, commits);
                connection.setAutoCommit(false);
                for (int commit = 1; commit <= 9; commit++) {
                    int from = random.nextInt(500);
                    statement.execute("update filler set text = repeat('" + commit + "', " + random.nextInt(250)
                            + ") where id between " + from + " and " + (from + random.nextInt(200)));
                    statement.execute("update counter set commits = " + ++commits);
                    connection.commit();
                    if (commit % 3 == 0) {
                        sync(statement, commits);
                    }
                }
            }
        }
    }

    private void sync(Statement statement, int commits) throws SQLException {
        statement.execute("checkpoint sync");
        synced.put(CALLS.size(), commits);
    }

    /** Simulates a power failure after every third call, and opens the remaining file. */
    private List<String> losses() throws IOException {
        assertThat(CALLS).anyMatch(Call::isSync);
        Random random = new Random(1);
        List<String> losses = new ArrayList<>();
        byte[] onDisk = {};
        List<Call> later = new ArrayList<>();
        for (int calls = 1; calls <= CALLS.size(); calls++) {
            Call last = CALLS.get(calls - 1);
            later.add(last);
            if (last.isSync()) {
                for (Call call : later) {
                    onDisk = apply(call, onDisk, block -> true);
                }
                later.clear();
            } else if (calls % 3 == 0 && synced.floorEntry(calls) != null) {
                byte[] left = onDisk;
                for (Call call : later) {
                    int survive = random.nextInt(4);
                    left = apply(call, left, block -> random.nextInt(3) < survive);
                }
                String found = open(left, synced.floorEntry(calls).getValue());
                if (!found.isEmpty()) {
                    losses.add("after " + calls + " calls: " + found);
                }
            }
        }
        return losses;
    }

    private static byte[] apply(Call call, byte[] content, IntPredicate survives) {
        if (call.isSync()) {
            return content;
        }
        int position = Math.toIntExact(call.position);
        if (call.bytes == null) {
            return survives.test(0) ? Arrays.copyOf(content, position) : content;
        }
        byte[] left = content.clone();
        for (int from = 0; from < call.bytes.length; from += BLOCK) {
            if (survives.test(from)) {
                int length = Math.min(BLOCK, call.bytes.length - from);
                left = left.length < position + from + length ? Arrays.copyOf(left, position + from + length) : left;
                System.arraycopy(call.bytes, from, left, position + from, length);
            }
        }
        return left;
    }

    /** Why a file is not a database with at least that many commits; empty if it is. */
    private String open(byte[] content, int commits) throws IOException {
        Files.write(folder.resolve("cut.mv.db"), content);
        try (Connection connection = DriverManager.getConnection(
                        "jdbc:h2:file:" + folder.resolve("cut") + SETTINGS + ";ACCESS_MODE_DATA=r");
                Statement statement = connection.createStatement();
                ResultSet found = statement.executeQuery(
                        "select max(commits), (select sum(length(text)) from filler) from counter")) {
            found.next();
            return found.getInt(1) < commits ? commits + " commits were synced, " + found.getInt(1) + " found" : "";
        } catch (SQLException damaged) {
            return String.valueOf(damaged.getMessage());
        }
    }

    /** An H2 file that records calls. */
    public static final class RecordedFile extends FilePathWrapper {

        @Override
        public String getScheme() {
            return "recorded-calls";
        }

        @Override
        public FileChannel open(String mode) throws IOException {
            FileChannel file = super.open(mode);
            return new OrderedWrites(file, name) {
                @Override
                public synchronized int write(ByteBuffer source, long position) throws IOException {
                    byte[] bytes = new byte[source.remaining()];
                    source.duplicate().get(bytes);
                    CALLS.add(new Call(position, bytes));
                    return file.write(source, position);
                }

                @Override
                public synchronized FileChannel truncate(long size) throws IOException {
                    CALLS.add(new Call(size, null));
                    file.truncate(size);
                    return this;
                }

                @Override
                public synchronized void force(boolean metaData) {
                    CALLS.add(new Call(-1, null));
                }
            };
        }
    }
}
