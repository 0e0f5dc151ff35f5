package uk.fpw.warehouse.store.absence;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import uk.fpw.warehouse.store.absence.DatabaseCompaction.Duty;
import uk.fpw.warehouse.store.absence.FileSearch.Gap;
import uk.fpw.warehouse.store.absence.FileSearch.Hit;
import uk.fpw.warehouse.testing.TestDatabase;

/** The data directory is in a container, which this process cannot read. */
@Tag("thorough")
class CompactionOnPostgresIT {

    private static final String CANARY = "canary Söhne 4711-0815";
    private static final Needles NEEDLES = Needles.of(List.of(CANARY), List.of());

    @Test
    void rowsAndFrequentValuesAreFoundUntilTheTableIsRewritten() throws Exception {
        TestDatabase database = TestDatabase.postgres();
        try (Connection connection = database.open();
                Statement statement = connection.createStatement()) {
            statement.execute("create schema other");
            statement.execute("create table other.many (id int, name text, tags text[], more jsonb, bytes bytea)");
            statement.execute("insert into other.many select i, 'name ' || i % 5, null, null, null "
                    + "from generate_series(1, 100) as i");
            statement.execute("insert into other.many values (101, '" + CANARY + "', array['" + CANARY
                    + "'], '{\"name\": \"" + CANARY + "\"}', convert_to('" + CANARY + "', 'utf8'))");
            statement.execute("analyze other.many");

            FileSearch.Result before = DatabaseSearch.search(NEEDLES, connection);
            assertThat(before.hits())
                    .containsExactly(
                            new Hit("table other.many", 4), new Hit("the statistics of columns (pg_stats)", 1));

            statement.execute("delete from other.many where id = 101");
            assertThat(DatabaseSearch.search(NEEDLES, connection).hits())
                    .containsExactly(new Hit("the statistics of columns (pg_stats)", 1));
            List<Duty> duties = DatabaseCompaction.compact(connection, List.of("other.many"));

            FileSearch.Result after = DatabaseSearch.search(NEEDLES, connection);
            assertThat(after.hits()).isEmpty();
            assertThat(after.gaps())
                    .containsExactly(new Gap(
                            "the data directory of PostgreSQL", "cannot be read by this process on this machine"));
            assertThat(duties)
                    .extracting(Duty::what)
                    .containsExactly(
                            "The write-ahead log contains deleted rows until its files are used again",
                            "Base backups, dumps and snapshots of disks from before the erasure contain the rows");
        }
    }

    @Test
    void whatTheUserMayNotReadOrRewriteIsNamed() throws Exception {
        TestDatabase database = TestDatabase.postgres();
        try (Connection connection = database.open();
                Statement statement = connection.createStatement()) {
            statement.execute("create role absence_reader");
            statement.execute("create table hidden (name text)");
            try {
                statement.execute("set role absence_reader");
                assertThat(DatabaseSearch.search(NEEDLES, connection).gaps())
                        .contains(new Gap(
                                "table public.hidden",
                                "is a materialised view, or may not be read by this user of the database"));
                assertThat(DatabaseCompaction.compact(connection, List.of("hidden")))
                        .contains(
                                new Duty(
                                        "Deleted rows remain in table hidden, because this user of the database may "
                                                + "not rewrite it",
                                        "vacuum (full, analyze) hidden"),
                                new Duty(
                                        "Files of rewritten tables are deleted by the next checkpoint (SQLSTATE 42501)",
                                        "checkpoint"));
            } finally {
                statement.execute("reset role");
                statement.execute("drop role absence_reader");
            }
        }
    }
}
