package uk.fpw.warehouse.store.load;

import static org.assertj.core.api.Assertions.assertThat;
import static uk.fpw.warehouse.store.load.LoadTesting.add;
import static uk.fpw.warehouse.store.load.LoadTesting.feed;
import static uk.fpw.warehouse.store.load.LoadTesting.row;

import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import org.h2.tools.Server;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import uk.fpw.warehouse.store.catalog.WarehouseCatalog;
import uk.fpw.warehouse.store.load.row.LoadMetadata;
import uk.fpw.warehouse.store.load.row.RowVersion;
import uk.fpw.warehouse.testing.FeedBranch;
import uk.fpw.warehouse.testing.Replacing;
import uk.fpw.warehouse.testing.TestDatabase;

/**
 * The network fails between the commit of a load and its response. H2's client reconnects by itself and repeats
 * statements outside a transaction: {@code AUTO_SERVER} implies {@code AUTO_RECONNECT}.
 */
class CutConnectionIT {

    private static final String LOCATION = "select metadata_location from iceberg_tables";

    @TempDir
    private Path folder;

    @Test
    void loadIsThereOnceOnH2() throws Exception {
        folder = folder.toRealPath();
        TestDatabase embedded = TestDatabase.embedded(folder);
        embedded.baseline();
        Server server = Server.createTcpServer("-tcpPort", "0").start();
        try {
            loadIsThereOnce(new TestDatabase(
                    embedded.url()
                            .replace("jdbc:h2:file:", "jdbc:h2:tcp://localhost:" + server.getPort() + "/")
                            .replace("AUTO_SERVER", "AUTO_RECONNECT"),
                    embedded.user(),
                    embedded.password()));
        } finally {
            server.stop();
        }
    }

    @Test
    @Tag("thorough")
    void loadIsThereOnceOnPostgres() throws Exception {
        folder = folder.toRealPath();
        TestDatabase database = TestDatabase.postgres();
        database.baseline();
        loadIsThereOnce(database);
    }

    private void loadIsThereOnce(TestDatabase database) throws Exception {
        String host = database.url().replaceFirst("^.*://([^:/]+):(\\d+)/.*$", "$1");
        int port = Integer.parseInt(database.url().replaceFirst("^.*://([^:/]+):(\\d+)/.*$", "$2"));
        try (CutConnection network = new CutConnection(host, port);
                WarehouseCatalog catalog = WarehouseCatalog.open(
                        database.url().replaceFirst("://[^:/]+:\\d+/", "://localhost:" + network.port() + "/"),
                        database.user(),
                        database.password(),
                        folder)) {
            load(catalog, "load-1", row("A", 1), row("B", 1));
            List<String> before = database.query(LOCATION);
            network.cutWhen(() -> !database.query(LOCATION).equals(before));

            load(catalog, "load-2", row("A", 2));

            assertThat(network.isCut()).isTrue();
            load(catalog, "load-3", row("B", 3));
            assertThat(rows(catalog, "raw.devices")).containsExactly("A load-1", "A load-2", "B load-1", "B load-3");
            assertThat(rows(catalog, "current.devices")).containsExactly("A load-2", "B load-3");
        }
    }

    private static void load(WarehouseCatalog catalog, String id, RowVersion... versions) {
        LocalDate date = LocalDate.of(2024, 5, 1);
        LoadMetadata metadata =
                new LoadMetadata(id, date, date, Instant.EPOCH, "devices.csv", "d".repeat(64), null, null);
        try (RawAppend append = RawTable.open(catalog, feed(), () -> {}).append(metadata)) {
            add(append, versions);
            Replacing.commit(append, new LoadCounts(versions.length, versions.length, 0, 0, 0, 0), null);
        }
    }

    private static List<String> rows(WarehouseCatalog catalog, String table) {
        return FeedBranch.rows(catalog, table).stream()
                .map(row -> row.getField("_key") + " " + row.getField("_load_id"))
                .sorted()
                .toList();
    }
}
