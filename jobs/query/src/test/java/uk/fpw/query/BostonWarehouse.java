package uk.fpw.query;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;

/** {@code fpw query} on a small warehouse whose Parquet files are written by DuckDB: two releases of Boston. */
abstract class BostonWarehouse {

    static final String LINE = "release 2016-01-12.1, City of Boston, data as at 2016-01-12";

    @TempDir
    static Path folder;

    static Path warehouse;

    final StringWriter out = new StringWriter();
    final StringWriter err = new StringWriter();

    @BeforeAll
    static void writeTheWarehouse() throws IOException, SQLException {
        warehouse = Files.createDirectories(folder.toRealPath().resolve("it's a warehouse"));
        Files.createDirectories(warehouse.resolve("data"));
        Path older = warehouse.resolve("data/older.parquet");
        Path newer = warehouse.resolve("data/newer.parquet");
        Path spells = warehouse.resolve("data/month=9/spells.parquet");
        Files.createDirectories(spells.getParent());
        try (Connection duck = DriverManager.getConnection("jdbc:duckdb:")) {
            run(duck, "set TimeZone = 'UTC'");
            copy(duck, """
                select date '2016-01-11' as day, 'all' as slice_value, 5::bigint as waiting_count, null::double as \
                share
                """, older);
            copy(duck, """
                select date '2016-01-12' as day, 'all' as slice_value, 7::bigint as waiting_count, 0.125::double \
                as share
                union all
                select date '2016-01-12', '=HYPERLINK("x")', 2::bigint, 1.0 / 3
                """, newer);
            copy(duck, """
                select 's1' as spell_id, timestamptz '2015-07-01 03:30:00+00' as entered_at,
                    map {'department': 'PWDx'} as slices
                """, spells);
        }
        QueryTestWarehouse.release(warehouse, "2016-01-11.1", "2016-01-11", table("mart.queue_daily", 1, older));
        QueryTestWarehouse.release(
                warehouse, "2016-01-12.1", "2016-01-12", table("mart.queue_daily", 3, older, newer) + "," + """
                    {"name": "core.spell", "description": "One stay.", "row_count": 1, "digest": "d", "columns": [
                      {"name": "spell_id", "type": "text", "description": "Id."},
                      {"name": "entered_at", "type": "timestamp", "description": "Entry."},
                      {"name": "slices", "type": "map", "description": "Slices."}], "files": \
                    ["data/month=9/spells.parquet"]},
                    {"name": "core.irregularity", "description": "None.", "row_count": 0, "digest": "d", "columns": [
                      {"name": "queue", "type": "text", "description": "Queue."},
                      {"name": "occurred_at", "type": "timestamp", "description": "When."},
                      {"name": "event_order", "type": "bigint", "description": "Order."},
                      {"name": "slices", "type": "map", "description": "Slices."}], "files": []}
                    """);
        QueryTestWarehouse.point(warehouse, "2016-01-12.1");
        Path force = Files.createDirectories(folder.resolve("force"));
        Files.writeString(
                force.resolve("force.yml"),
                "force: boston_311\nname: City of Boston\nstorage: {warehouse: \"../it's a warehouse\"}\n");
    }

    static String table(String name, int rows, Path... files) {
        return """
            {"name": "%s", "description": "One day of a queue.", "row_count": %d, "digest": "d", "columns": [
              {"name": "day", "type": "date", "description": "The day."},
              {"name": "slice_value", "type": "text", "description": "Value."},
              {"name": "waiting_count", "type": "bigint", "description": "Waiting."},
              {"name": "share", "type": "double", "description": "Share."}], "files": [%s]}
            """.formatted(
                        name,
                        rows,
                        String.join(
                                ", ",
                                Stream.of(files)
                                        .map(file -> "\"data/" + file.getFileName() + "\"")
                                        .toList()));
    }

    static void copy(Connection duck, String sql, Path file) throws SQLException {
        run(duck, "copy (" + sql + ") to '" + file.toString().replace("'", "''") + "' (format parquet)");
    }

    private static void run(Connection duck, String sql) throws SQLException {
        try (Statement statement = duck.createStatement()) {
            statement.execute(sql);
        }
    }

    @BeforeEach
    void nothingIsLeftBeside() throws IOException {
        try (Stream<Path> files = Files.list(folder)) {
            assertThat(files.map(file -> file.getFileName().toString())).noneMatch(name -> name.endsWith(".part"));
        }
    }

    int query(String[] first, String... further) {
        return query(Stream.concat(Stream.of(first), Stream.of(further)).toArray(String[]::new));
    }

    int query(String... arguments) {
        return run(Stream.concat(Stream.of("--warehouse", warehouse.toString()), Stream.of(arguments))
                .toArray(String[]::new));
    }

    int run(String... arguments) {
        return QueryMain.run(arguments, Map.of(), folder, new PrintWriter(out), new PrintWriter(err));
    }
}
