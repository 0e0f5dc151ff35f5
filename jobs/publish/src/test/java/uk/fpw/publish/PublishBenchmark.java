package uk.fpw.publish;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.LocalDate;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import org.apache.iceberg.Schema;
import org.apache.iceberg.data.GenericRecord;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.io.CloseableIterable;
import org.postgresql.PGConnection;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.datasource.DataSourceTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;
import org.springframework.util.FileSystemUtils;
import uk.fpw.layout.ReleaseId;
import uk.fpw.model.Model;
import uk.fpw.model.Models;
import uk.fpw.warehouse.force.Force;
import uk.fpw.warehouse.testing.BenchTable;
import uk.fpw.warehouse.testing.TestDatabase;

/**
 * Publishes rows of {@code mart.queue_daily} to PostgreSQL and to a file of the embedded database and deletes them,
 * compared with PostgreSQL's own {@code copy} of the same rows. Started by {@code bench/run publish}.
 */
final class PublishBenchmark {

    private static final String RELEASE = "2016-01-12.1";
    private static final Model DAILY = Models.find("mart.queue_daily").orElseThrow();
    private static final String COPY = "PostgreSQL's copy of the same rows";

    private PublishBenchmark() {}

    /** {@code PublishBenchmark ROWS [--json FILE]}. */
    public static void main(String[] arguments) throws Exception {
        int rows = Integer.parseInt(arguments[0]);
        BenchTable table = new BenchTable(String.format(java.util.Locale.ROOT, "%,d rows", rows));
        TestDatabase postgres = TestDatabase.postgres().migrated();
        table.time("published to PostgreSQL", () -> publish(postgres, rows));
        byte[] copied = copyOut(postgres);
        postgres.execute("create table public.peer (like mart_rows.queue_daily including all)");
        table.time(COPY, () -> copyIn(postgres, copied));
        table.time("deleted from PostgreSQL", () -> delete(postgres));
        postgres.drop();
        Path folder = Files.createTempDirectory("fpw-bench");
        TestDatabase embedded = new TestDatabase(Force.Storage.embedded(folder).jdbcUrl(), "fpw", "").migrated();
        Connection open = embedded.open(); // with the last connection the database would be closed
        table.time("published to the embedded database", () -> publish(embedded, rows));
        table.time("deleted from the embedded database", () -> delete(embedded));
        open.close();
        FileSystemUtils.deleteRecursively(folder);
        table.print(COPY, List.of(arguments));
    }

    private static void publish(TestDatabase database, int rows) {
        new TransactionTemplate(new DataSourceTransactionManager(database.dataSource()))
                .executeWithoutResult(transaction -> martRows(database)
                        .replace(DAILY, ReleaseId.of(RELEASE), CloseableIterable.withNoopClose(rows(rows))));
    }

    private static void delete(TestDatabase database) {
        martRows(database).keepOnly(List.of(), Set.of(), List.of(DAILY));
    }

    private static MartRows martRows(TestDatabase database) {
        return new MartRows(new JdbcTemplate(database.dataSource()), () -> {});
    }

    private static Iterable<Record> rows(int count) {
        Schema schema = ExampleCandidates.schema(DAILY);
        Supplier<Iterator<Record>> each = () -> IntStream.range(0, count)
                .mapToObj(number -> row(schema, number))
                .iterator();
        return each::get;
    }

    private static Record row(Schema schema, int number) {
        Record row = GenericRecord.create(schema);
        for (Model.Column column : DAILY.columns()) {
            row.setField(
                    column.name(),
                    switch (column.type()) {
                        case TEXT -> column.name().equals("slice_value") ? "value " + number / 4_000 : "waiting";
                        case BIGINT -> (long) number % 97;
                        case INT -> number % 97;
                        case DOUBLE -> number / 7.0;
                        case BOOLEAN -> number % 2 == 0;
                        case DATE -> LocalDate.of(2005, 1, 1).plusDays(number % 4_000);
                        default -> null;
                    });
        }
        row.setField("release_id", RELEASE);
        return row;
    }

    private static byte[] copyOut(TestDatabase database) throws Exception {
        ByteArrayOutputStream rows = new ByteArrayOutputStream();
        try (Connection connection = database.open()) {
            copies(connection).copyOut("copy mart_rows.queue_daily to stdout", rows);
        }
        return rows.toByteArray();
    }

    private static void copyIn(TestDatabase database, byte[] rows) throws Exception {
        try (Connection connection = database.open()) {
            copies(connection).copyIn("copy public.peer from stdin", new ByteArrayInputStream(rows));
        }
    }

    private static org.postgresql.copy.CopyManager copies(Connection connection) throws SQLException {
        return connection.unwrap(PGConnection.class).getCopyAPI();
    }
}
