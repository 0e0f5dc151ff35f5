package uk.fpw.ingest.database;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.TreeSet;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import uk.fpw.warehouse.force.connection.SourceConnection;
import uk.fpw.warehouse.testing.SchemaDefaults;
import uk.fpw.warehouse.testing.TestDatabase;

@Tag("thorough")
class TableHalvesIT {

    @Test
    void halvesAreOfOneStateWhateverIsWrittenBetweenTheirBeginnings() throws SQLException {
        TestDatabase system = TestDatabase.postgres();
        system.execute("create table numbers (n integer, filler text)");
        system.execute("insert into numbers select x, repeat('n', 500) from generate_series(1, 1000) x");
        SourceConnection.Database database = SchemaDefaults.database("test", system.url(), system.user(), "", 10, 60);
        SourceFailures failures = new SourceFailures(database, system.password(), "test", null);
        try (Connection first = SourceSession.open(database, system.password(), failures);
                Connection second = SourceSession.open(database, system.password(), failures)) {
            TableHalves halves = Objects.requireNonNull(TableHalves.of(first, "\"public\".\"numbers\"", 0, database));
            system.execute("insert into numbers select -x, repeat('n', 500) from generate_series(1, 1000) x");
            system.execute("update numbers set n = -n - 10000 where n % 2 = 0");
            system.execute("delete from numbers where n % 3 = 0");
            halves.enter(second);
            List<Integer> rows =
                    new ArrayList<>(numbers(second, halves.conditions().get(1)));
            halves.entered(second);
            system.execute("update numbers set n = n - 100000");
            int last = rows.size();
            rows.addAll(numbers(first, halves.conditions().get(0)));

            assertThat(last).isBetween(400, 600);
            assertThat(rows).hasSize(1000);
            assertThat(new TreeSet<>(rows))
                    .containsExactlyElementsOf(
                            IntStream.rangeClosed(1, 1000).boxed().toList());
            assertThat(plan(first, halves.conditions().get(0))).contains("Tid Range Scan");
        }
    }

    private static List<Integer> numbers(Connection connection, String condition) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("select n from numbers where " + condition)) {
            List<Integer> found = new ArrayList<>();
            while (rows.next()) {
                found.add(rows.getInt(1));
            }
            return found;
        }
    }

    private static String plan(Connection connection, String condition) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("explain select n from numbers where " + condition)) {
            rows.next();
            return rows.getString(1);
        }
    }
}
