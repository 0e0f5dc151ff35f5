package uk.fpw.warehouse.store.absence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import uk.fpw.warehouse.store.absence.FileSearch.Hit;
import uk.fpw.warehouse.testing.TestDatabase;

/** H2's file, opened as the program opens it: with compression. */
class CompactionIT {

    private static final String CANARY = "canary Söhne 4711-0815";
    private static final Needles NEEDLES = Needles.of(List.of(CANARY), List.of());

    @TempDir
    Path temporary;

    private Path folder;
    private TestDatabase database;

    @BeforeEach
    void createTables() throws Exception {
        folder = temporary.toRealPath();
        database = TestDatabase.embedded(folder);
        try (Connection connection = database.open();
                Statement statement = connection.createStatement()) {
            statement.execute("create schema other");
            statement.execute("create table many (id int primary key, name varchar(100))");
            statement.execute("create table other.long_texts (id int, long_text character large object)");
            statement.execute("create table other.bytes (id int, bytes binary varying(1000))");
            statement.execute("create table numbers (id int, amount numeric(9, 2), at timestamp with time zone)");
        }
    }

    @Test
    void rowsOfEachKindAreFoundInCompressedPages() throws Exception {
        for (String table : List.of("many", "other.long_texts", "other.bytes")) {
            insert(table);

            assertThat(rows())
                    .containsExactly(new Hit("table " + (table.contains(".") ? table : "public." + table), 3));
            assertThat(files().hits()).extracting(Hit::place).containsExactly(file());
            assertThat(files().gaps()).isEmpty();

            try (Connection connection = database.open();
                    Statement statement = connection.createStatement()) {
                statement.execute("delete from " + table + " where id >= 100");
            }
            assertThat(rows()).isEmpty();
            try (Connection connection = database.open()) {
                assertThat(DatabaseCompaction.compact(connection, List.of(table)))
                        .isEmpty();
            }
            assertThat(files().isProof()).as("after compaction of " + table).isTrue();
        }
        try (Connection connection = database.open();
                Statement statement = connection.createStatement();
                var count = statement.executeQuery("select count(*) from many")) {
            count.next();
            assertThat(count.getInt(1)).isEqualTo(100);
        }
    }

    @Test
    void longTextsAreFoundWhereverTheyAreSplit() throws Exception {
        try (Connection connection = database.open();
                PreparedStatement insert = connection.prepareStatement("insert into other.long_texts values (?, ?)")) {
            for (int i = 0; i < 5; i++) {
                insert.setInt(1, i);
                insert.setString(2, "x".repeat(200_000 * i) + CANARY + "y".repeat(100_000));
                insert.execute();
            }
        }
        assertThat(rows()).containsExactly(new Hit("table other.long_texts", 5));
    }

    /** As it is after many nights: chunks that are used again in part. */
    @Test
    void aFileWithManyOverwrittenChunksIsCleanOnceItIsCompacted() throws Exception {
        try (Connection connection = database.open();
                Statement statement = connection.createStatement()) {
            for (int night = 0; night < 20; night++) {
                insert("many");
                statement.execute("checkpoint sync");
                statement.execute("delete from many");
            }
            assertThat(rows()).isEmpty();
            assertThat(files().hits()).extracting(Hit::place).containsExactly(file());
            DatabaseCompaction.compact(connection, List.of());
        }
        assertThat(files().isProof()).isTrue();
    }

    /** Keys of deleted rows separate the pages of an index. */
    @Test
    void keysOfDeletedRowsLeaveTheInnerPagesOfAnIndex() throws Exception {
        Map<String, List<String>> keys = Map.of("other.keyed", List.of("number", "name"));
        try (Connection connection = database.open();
                Statement statement = connection.createStatement()) {
            statement.execute("create table other.keyed (number int, name varchar(100), primary key (number, name))");
            statement.execute("insert into other.keyed select \"X\", case when mod(\"X\", 2) = 0 then 'before' else '"
                    + CANARY + "' end from system_range(1, 5000)");
            statement.execute("delete from other.keyed where name = '" + CANARY + "'");
            DatabaseCompaction.compact(connection, List.of());
        }
        assertThat(files().hits()).extracting(Hit::place).containsExactly(file());

        for (boolean isKilledBefore : List.of(true, false)) {
            try (Connection connection = database.open();
                    Statement statement = connection.createStatement()) {
                if (isKilledBefore) {
                    statement.execute("alter table other.keyed drop primary key");
                }
                DatabaseCompaction.rebuildKeys(connection, keys);
                DatabaseCompaction.compact(connection, List.of());
            }
            assertThat(files().isProof()).isTrue();
        }
        try (Connection connection = database.open();
                Statement statement = connection.createStatement()) {
            assertThatThrownBy(() -> statement.execute("insert into other.keyed values (2, 'before')"))
                    .hasMessageContaining("primary key");
        }
    }

    private void insert(String table) throws SQLException {
        try (Connection connection = database.open();
                PreparedStatement insert = connection.prepareStatement("insert into " + table + " values (?, ?)")) {
            connection.setAutoCommit(false);
            for (int i = 0; i < 103; i++) {
                insert.setInt(1, i);
                String text = i < 100 ? "name " + i % 13 : "x".repeat(70 * (i - 100)) + CANARY;
                if (table.equals("other.bytes")) {
                    insert.setBytes(2, text.getBytes(StandardCharsets.UTF_8));
                } else {
                    insert.setString(2, table.equals("many") && i >= 100 ? CANARY : text);
                }
                insert.execute();
            }
            connection.commit();
        }
    }

    private List<Hit> rows() throws SQLException {
        try (Connection connection = database.open()) {
            FileSearch.Result found = DatabaseSearch.search(NEEDLES, connection);
            assertThat(found.gaps()).isEmpty();
            assertThat(found.searchedCount()).isEqualTo(3);
            return found.hits();
        }
    }

    private FileSearch.Result files() {
        return FileSearch.search(NEEDLES, List.of(folder));
    }

    private String file() {
        return folder + "/fpw.mv.db";
    }
}
