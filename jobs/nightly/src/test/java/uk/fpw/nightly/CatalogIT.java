package uk.fpw.nightly;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import com.zaxxer.hikari.HikariDataSource;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.hadoop.conf.Configuration;
import org.apache.iceberg.Schema;
import org.apache.iceberg.Table;
import org.apache.iceberg.catalog.Namespace;
import org.apache.iceberg.catalog.TableIdentifier;
import org.apache.iceberg.data.IcebergGenerics;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.exceptions.NoSuchTableException;
import org.apache.iceberg.exceptions.NotAuthorizedException;
import org.apache.iceberg.io.CloseableIterable;
import org.apache.iceberg.rest.RESTCatalog;
import org.apache.iceberg.types.Types;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.JdbcTemplate;
import uk.fpw.layout.ReleaseId;
import uk.fpw.layout.WarehouseFolder;
import uk.fpw.layout.look.LookFile;
import uk.fpw.layout.look.LookFolder;
import uk.fpw.layout.look.LookLog;
import uk.fpw.layout.look.LookRecord;
import uk.fpw.nightly.catalog.CatalogProtocol;
import uk.fpw.nightly.catalog.CatalogServer;
import uk.fpw.nightly.catalog.CatalogViews;
import uk.fpw.nightly.catalog.RecordedLoads;
import uk.fpw.nightly.run.database.WarehouseDatabase;
import uk.fpw.warehouse.force.Force;
import uk.fpw.warehouse.force.ForceFolder;
import uk.fpw.warehouse.store.catalog.WarehouseCatalog;
import uk.fpw.warehouse.store.release.ReleasePins;
import uk.fpw.warehouse.testing.ModelRows;

/** The catalog over two releases and a candidate, read by Iceberg's own client. */
class CatalogIT {

    private static final TableIdentifier QUEUES = TableIdentifier.of("mart", "dim_queue");
    private static final TableIdentifier SPELLS = TableIdentifier.of("core", "spell");

    private static final String TOKEN = "0123456789abcdef0123456789abcdef";

    private static final InetAddress LOOPBACK = InetAddress.getLoopbackAddress();

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private static Path folder;

    /** The releases are made once; each test's changes of the database are undone before the next. */
    private static byte[] database = {};

    private static long candidate;

    private final List<String> problems = new ArrayList<>();
    private final List<AutoCloseable> opened = new ArrayList<>();

    @BeforeAll
    static void releasesAndACandidate() throws IOException {
        TwoReleases.in(folder);
        Force.Storage storage = Force.Storage.embedded(warehouse());
        try (HikariDataSource dataSource = WarehouseDatabase.openExisting(storage, "");
                WarehouseCatalog catalog = WarehouseCatalog.open(storage, "")) {
            new ReleasePins(dataSource, warehouse()).pin(TwoReleases.FIRST.value(), "inspection-2016");
            candidate = ModelRows.overwrite(
                    catalog,
                    ReleaseId.of("2016-01-14.1"),
                    QUEUES.toString(),
                    List.of(Map.of("queue", "of_a_candidate")));
        }
        database = Files.readAllBytes(databaseFile());
    }

    @BeforeEach
    void asReleased() throws IOException {
        Files.write(databaseFile(), database);
    }

    private static Path databaseFile() {
        return warehouse().resolve("fpw.mv.db");
    }

    @AfterEach
    void close() throws Exception {
        for (AutoCloseable one : opened) {
            one.close();
        }
        assertThat(problems).isEmpty();
    }

    @Test
    void mainAndTagsAreReleasesAndNothingElseIsThere() throws IOException {
        RESTCatalog catalog = client(serve(null, null), null);
        assertThat(catalog.listNamespaces()).containsExactly(Namespace.of("mart"));
        assertThat(catalog.listTables(Namespace.of("mart")))
                .extracting(TableIdentifier::name)
                .containsExactlyInAnyOrder(
                        "dim_queue", "dim_slice", "figure_change", "queue_daily", "queue_exit", "queue_monthly");
        assertThat(catalog.tableExists(SPELLS)).isFalse();
        assertThatThrownBy(() -> catalog.loadTable(SPELLS)).isInstanceOf(NoSuchTableException.class);

        Table queues = catalog.loadTable(QUEUES);
        assertThat(queues(queues, null)).containsExactlyInAnyOrder("seized", "sent");
        assertThat(queues.refs().keySet())
                .containsExactlyInAnyOrder("main", "2016-01-12.1", "inspection-2016", "2016-01-13.1");
        assertThat(queues(queues, "inspection-2016")).containsExactly("seized");
        assertThat(queues(queues, "2016-01-12.1")).containsExactly("seized");
        assertThat(queues.snapshot(candidate)).isNull();
        assertThatThrownBy(() ->
                        IcebergGenerics.read(queues).useSnapshot(candidate).build())
                .hasMessageContaining("" + candidate);
    }

    @Test
    void withdrawnReleaseDisappearsAndMainGoesBack() throws IOException {
        RESTCatalog catalog = client(serve(null, null), null);
        assertThat(queues(catalog.loadTable(QUEUES), null)).containsExactlyInAnyOrder("seized", "sent");
        try (HikariDataSource dataSource = WarehouseDatabase.openExisting(Force.Storage.embedded(warehouse()), "")) {
            JdbcTemplate jdbc = new JdbcTemplate(dataSource);
            jdbc.update(
                    "update ops.release set withdrawn_at = ?, withdrawn_by = 'sam', withdrawn_reason = 'wrong file' "
                            + "where release_id = ?",
                    Instant.parse("2016-01-14T07:00:00Z").atOffset(ZoneOffset.UTC),
                    TwoReleases.SECOND.value());
            jdbc.update("update ops.current_release set release_id = ?", TwoReleases.FIRST.value());
        }
        Files.createDirectories(new WarehouseFolder(warehouse()).releases().resolve("changed"));
        Table queues = catalog.loadTable(QUEUES);
        assertThat(queues(queues, null)).containsExactly("seized");
        assertThat(queues.refs().keySet()).containsExactlyInAnyOrder("main", "2016-01-12.1", "inspection-2016");
    }

    @Test
    void nothingCanBeWritten() throws Exception {
        CatalogServer server = serve(null, null);
        RESTCatalog catalog = client(server, null);
        Table queues = catalog.loadTable(QUEUES);
        assertThatThrownBy(() -> queues.updateProperties().set("a", "b").commit())
                .isInstanceOf(UnsupportedOperationException.class);
        assertThatThrownBy(() -> catalog.dropTable(QUEUES)).isInstanceOf(UnsupportedOperationException.class);
        assertThatThrownBy(() -> catalog.createNamespace(Namespace.of("own")))
                .isInstanceOf(UnsupportedOperationException.class);
        assertThatThrownBy(() -> catalog.createTable(
                        TableIdentifier.of("mart", "own"),
                        new Schema(Types.NestedField.required(1, "id", Types.LongType.get()))))
                .isInstanceOf(UnsupportedOperationException.class);

        HttpResponse<String> refused = HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(uri(server, "/v1/namespaces/mart/tables/dim_queue"))
                                .POST(HttpRequest.BodyPublishers.ofString("x".repeat(10_000)))
                                .build(),
                        HttpResponse.BodyHandlers.ofString());
        assertThat(refused.statusCode()).isEqualTo(405);
        assertThat(refused.headers().firstValue("Allow")).hasValue("GET, HEAD");
    }

    @Test
    void singleCasesAreServedWithATokenAndEachReadIsOnRecord() throws IOException {
        try (LookLog log = new LookLog(new WarehouseFolder(warehouse()), "fpw catalog", "sam", Clock.systemUTC())) {
            CatalogServer server = serve(new RecordedLoads(log, "asked by the inspector"), TOKEN);
            for (String wrong : new String[] {null, "", TOKEN + "0", "0"}) {
                assertThatThrownBy(() -> client(server, wrong)).isInstanceOf(NotAuthorizedException.class);
            }
            RESTCatalog catalog = client(server, TOKEN);
            assertThat(catalog.listNamespaces())
                    .containsExactly(Namespace.of("core"), Namespace.of("mart"), Namespace.of("raw"));
            assertThat(catalog.tableExists(SPELLS)).isTrue();
            assertThat(rows(catalog.loadTable(SPELLS), null)).hasSize(6);
            catalog.loadTable(QUEUES);
        }
        List<Path> sessions = new LookFolder(new WarehouseFolder(warehouse())).files();
        assertThat(sessions).hasSize(1);
        assertThat(LookFile.read(sessions.get(0)).lines())
                .extracting(line -> Objects.requireNonNull(line.record()))
                .extracting(LookRecord::kind, LookRecord::command, LookRecord::tables, LookRecord::reason)
                .containsExactly(
                        tuple(LookRecord.Kind.READ, "fpw catalog", List.of("core.spell"), "asked by the inspector"),
                        tuple(LookRecord.Kind.CLOSED, "fpw catalog", List.of(), null));
    }

    private static Path warehouse() {
        return folder.resolve("warehouse");
    }

    private CatalogServer serve(@Nullable RecordedLoads recorded, @Nullable String token) {
        CatalogViews views = CatalogViews.of(ForceFolder.readIdentity(folder), folder, Map.of(), recorded != null);
        CatalogServer server =
                CatalogServer.start(new CatalogProtocol(views, recorded, problems::add), LOOPBACK, 0, token, null);
        opened.add(server);
        return server;
    }

    private RESTCatalog client(CatalogServer server, @Nullable String token) {
        RESTCatalog catalog = new RESTCatalog();
        catalog.setConf(new Configuration());
        catalog.initialize(
                "fpw",
                token == null
                        ? Map.of("uri", uri(server, "").toString())
                        : Map.of("uri", uri(server, "").toString(), "token", token));
        opened.add(0, catalog);
        return catalog;
    }

    private static URI uri(CatalogServer server, String path) {
        return URI.create("http://127.0.0.1:" + server.port() + path);
    }

    private static List<String> queues(Table table, @Nullable String tag) throws IOException {
        return rows(table, tag).stream()
                .map(row -> (String) row.getField("queue"))
                .toList();
    }

    private static List<Record> rows(Table table, @Nullable String tag) throws IOException {
        IcebergGenerics.ScanBuilder scan = IcebergGenerics.read(table);
        if (tag != null) {
            scan = scan.useSnapshot(
                    Objects.requireNonNull(table.refs().get(tag)).snapshotId());
        }
        try (CloseableIterable<Record> rows = scan.build()) {
            List<Record> found = new ArrayList<>();
            rows.forEach(found::add);
            return found;
        }
    }
}
