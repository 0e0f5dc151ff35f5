package uk.fpw.ingest;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static uk.fpw.ingest.TestFeeds.column;
import static uk.fpw.ingest.TestFeeds.feed;
import static uk.fpw.ingest.TestFeeds.with;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.AppenderBase;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;
import uk.fpw.warehouse.failure.FpwException;
import uk.fpw.warehouse.force.connection.H2Sources;
import uk.fpw.warehouse.force.connection.SourceConnection;
import uk.fpw.warehouse.force.feed.Feed;
import uk.fpw.warehouse.force.feed.Origin;
import uk.fpw.warehouse.testing.SchemaDefaults;
import uk.fpw.warehouse.testing.TestLimits;

/** A name put in every kind of place where it does not belong must not appear in messages, logs or database tables. */
class CanaryIT {

    private static final String CANARY = "Quentin Canaryson";

    private static final String HEADER = "DEVICE,SUBMITTED,KIND,SIZE,REMARKS";

    @TempDir
    private Path folder;

    private final List<String> said = new ArrayList<>();

    @Test
    void valueThatDoesNotBelongIsNowhere() throws SQLException {
        Log log = new Log();
        Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
        log.setContext(root.getLoggerContext());
        log.start();
        root.addAppender(log);
        Level before = root.getLevel();
        root.setLevel(Level.INFO);
        try (IngestTestWarehouse warehouse = warehouse()) {
            fails(warehouse, "devices", HEADER, "A," + CANARY + ",phone,2,x");
            fails(warehouse, "devices", HEADER, "A,01/05/2024 10:00,phone," + CANARY + ",x");
            fails(warehouse, "devices", HEADER + "A,01/05/2024 10:00," + CANARY + ",2,x");
            fails(warehouse, "devices", "A,01/05/2024 10:00," + CANARY + ",2,x");
            fails(warehouse, "devices", HEADER + "," + CANARY + " 1");
            fails(warehouse, "devices", HEADER, "A,01/05/2024 10:00,\"" + CANARY + "\" x,2,x");
            fails(warehouse, "devices", HEADER, "A,01/05/2024 10:00,\"" + CANARY + ",2,x");
            fails(warehouse, "devices", HEADER, "A,01/05/2024 10:00," + CANARY);
            fails(warehouse, "cast");
            fails(warehouse, "raised");

            assertThat(said).hasSize(10);
            assertThat(said.stream().filter(CanaryIT::isCanary)).isEmpty();
            assertThat(log.lines).isNotEmpty();
            assertThat(log.lines.stream().filter(CanaryIT::isCanary)).isEmpty();
            assertThat(everyRow(warehouse).stream().filter(CanaryIT::isCanary)).isEmpty();
        } finally {
            root.setLevel(before);
            root.detachAppender(log);
        }
    }

    private IngestTestWarehouse warehouse() throws SQLException {
        String url = "jdbc:h2:file:" + folder.resolve("systems/dfu");
        try (Connection owner = DriverManager.getConnection(url, "sa", "");
                Statement statement = owner.createStatement()) {
            statement.execute("create table device (id varchar(20), owner varchar(100))");
            statement.execute("insert into device values ('A', '" + CANARY + "')");
            statement.execute(
                    "create alias fail as 'String fail(String name) { throw new IllegalStateException(\"no row for "
                            + "\" + name); }'");
            statement.execute("create user fpw_reader password ''");
            statement.execute("grant all on schema public to fpw_reader");
        }
        Feed devices = with(TestFeeds.devices(), TestLimits.of(1, 0.1, 1, 0.4));
        return new IngestTestWarehouse(
                folder,
                Map.of(H2Sources.VARIABLE, folder.toString()),
                List.of(
                        new SourceConnection.FileDrop("drop", folder.resolve("drop")),
                        SchemaDefaults.database("dfu", url, "fpw_reader", "", 10, 60)),
                List.of(
                        devices,
                        query("cast", "select id, cast(owner as integer) as size from device"),
                        query("raised", "select id, fail(owner) as size from device")));
    }

    private static Feed query(String name, String sql) {
        Feed files = feed(
                name, List.of("id"), "id", column("id", "id", Feed.Type.TEXT), column("size", "size", Feed.Type.TEXT));
        return new Feed(
                name,
                files.source(),
                files.description(),
                new Feed.Input("dfu", new Origin.DatabaseRows(null, sql, null), Feed.Extract.FULL),
                new Feed.Rows(files.columns(), files.key(), Set.of(), files.item(), null),
                files.limits());
    }

    private void fails(IngestTestWarehouse warehouse, String feed, String... lines) {
        if (lines.length > 0) {
            warehouse.drop("devices_2024-05-01.csv", lines);
        }
        FpwException failure = catchThrowableOfType(FpwException.class, () -> warehouse.load(feed, "2024-05-01"));
        said.add(failure.getMessage());
        LoggerFactory.getLogger(CanaryIT.class).error("failed", failure);
    }

    /** All rows of {@code ops} and of Spring Batch's tables. */
    private static List<String> everyRow(IngestTestWarehouse warehouse) {
        List<String> rows = new ArrayList<>();
        for (String table : warehouse.query(
                "select table_schema || '.' || table_name from information_schema.tables where table_type = 'BASE "
                        + "TABLE' and lower(table_schema) in ('ops', 'public')")) {
            rows.addAll(warehouse.query("select * from " + table));
        }
        assertThat(rows).hasSizeGreaterThan(20);
        return rows;
    }

    private static boolean isCanary(String text) {
        return text.contains("Quentin") || text.contains("Canaryson");
    }

    private static final class Log extends AppenderBase<ILoggingEvent> {

        private final List<String> lines = new ArrayList<>();

        @Override
        protected void append(ILoggingEvent event) {
            IThrowableProxy thrown = event.getThrowableProxy();
            lines.add(event.getFormattedMessage() + (thrown == null ? "" : ThrowableProxyUtil.asString(thrown)));
        }
    }
}
