package uk.fpw.nightly.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.iceberg.TableMetadata;
import org.apache.iceberg.rest.responses.LoadTableResponse;
import org.apache.iceberg.rest.responses.LoadTableResponseParser;
import org.junit.jupiter.api.Test;
import uk.fpw.layout.ReleaseId;
import uk.fpw.warehouse.failure.FpwException;

class CatalogProtocolTest {

    private static final TableMetadata METADATA =
            ReleasedMetadata.of(ReleasedMetadataTest.STORED, 2, Map.of("2016-01-13.1", 2L));

    private static final CatalogView VIEW = new CatalogView(
            ReleaseId.of("2016-01-13.1"),
            new TreeMap<>(Map.of(
                    "mart",
                    new TreeMap<>(Map.of(
                            "queue_daily", new CatalogView.Entry(false, METADATA, ""),
                            "queue_exit", new CatalogView.Entry(false, null, "mart.queue_exit cannot be served"))))));

    private final List<String> problems = new ArrayList<>();
    private final AtomicLong clock = new AtomicLong();
    private final CatalogProtocol protocol = protocol(VIEW);

    private CatalogProtocol protocol(CatalogView view) {
        return new CatalogProtocol(
                new CatalogViews(() -> view, () -> "", clock::get, CatalogViews.LONGEST), null, problems::add);
    }

    @Test
    void configurationNamesTheEndpointsThatRead() {
        assertThat(protocol.respond("GET", "/v1/config")).isEqualTo(new CatalogResponse(200, """
                {"defaults":{},"overrides":{},"endpoints":["GET /v1/{prefix}/namespaces",\
                "GET /v1/{prefix}/namespaces/{namespace}","HEAD /v1/{prefix}/namespaces/{namespace}",\
                "GET /v1/{prefix}/namespaces/{namespace}/tables",\
                "GET /v1/{prefix}/namespaces/{namespace}/tables/{table}",\
                "HEAD /v1/{prefix}/namespaces/{namespace}/tables/{table}"]}"""));
    }

    @Test
    void namespacesAndTablesAreListed() {
        assertThat(protocol.respond("GET", "/v1/namespaces").json())
                .isEqualTo("{\"namespaces\":[[\"mart\"]],\"next-page-token\":null}");
        assertThat(protocol.respond("GET", "/v1/namespaces/mart").json())
                .isEqualTo("{\"namespace\":[\"mart\"],\"properties\":{}}");
        assertThat(protocol.respond("GET", "/v1/namespaces/mart/tables").json())
                .isEqualTo("{\"identifiers\":[{\"namespace\":[\"mart\"],\"name\":\"queue_daily\"},"
                        + "{\"namespace\":[\"mart\"],\"name\":\"queue_exit\"}],\"next-page-token\":null}");
    }

    @Test
    void tableIsItsReleasedMetadata() {
        String json = protocol.respond("GET", "/v1/namespaces/mart/tables/queue_daily")
                .json();
        assertThat(json).isNotNull();
        LoadTableResponse loaded = LoadTableResponseParser.fromJson(json);
        assertThat(loaded.tableMetadata().currentSnapshot().snapshotId()).isEqualTo(2);
        assertThat(loaded.tableMetadata().snapshot(3)).isNull();
        assertThat(loaded.config()).isEmpty();
    }

    @Test
    void existenceIsAnsweredWithoutABody() {
        assertThat(protocol.respond("HEAD", "/v1/namespaces/mart")).isEqualTo(new CatalogResponse(204, null));
        assertThat(protocol.respond("HEAD", "/v1/namespaces/mart/tables/queue_daily"))
                .isEqualTo(new CatalogResponse(204, null));
        assertThat(protocol.respond("HEAD", "/v1/namespaces/core/tables/spell"))
                .isEqualTo(new CatalogResponse(404, null));
    }

    @Test
    void whatIsNotListedIsUnknownHoweverItIsWritten() {
        for (String path : List.of(
                "/v1/namespaces/core",
                "/v1/namespaces/core/tables",
                "/v1/namespaces/core/tables/spell",
                "/v1/namespaces/raw/tables/devices",
                "/v1/namespaces/mart/tables/case_silence",
                "/v1/namespaces/mart/tables/..%2Fcore%2Fspell",
                "/v1/namespaces/mart/tables/%1b%5b31m",
                "/v1/namespaces/mart/../core/tables/spell",
                "/v1/namespaces/mart%1Fqueue_daily/tables/snapshots",
                "/v1/namespaces/mart/tables/queue_daily/plan",
                "/v1/namespaces//tables/",
                "/v1/",
                "/v1",
                "/",
                "",
                "//v1/namespaces",
                "/v2/namespaces")) {
            CatalogResponse response = protocol.respond("GET", path);
            assertThat(response.status()).as(path).isEqualTo(404);
            assertThat(response.json()).as(path).doesNotContain("%", "..", "metadata");
        }
        assertThat(protocol.respond("GET", "/v1/namespaces/core/tables/spell").json())
                .isEqualTo("{\"error\":{\"message\":\"there is no table core.spell, or it has rows of single cases or "
                        + "people and is not offered here\",\"type\":\"NoSuchTableException\",\"code\":404}}");
        assertThat(problems).isEmpty();
    }

    @Test
    void whateverWritesIsRefused() {
        for (String method : List.of("POST", "PUT", "DELETE", "PATCH", "OPTIONS", "TRACE", "get", "X")) {
            assertThat(protocol.respond(method, "/v1/namespaces/mart/tables/queue_daily"))
                    .isEqualTo(new CatalogResponse(
                            405,
                            "{\"error\":{\"message\":\"this catalog is read-only: tables are written by fpw nightly "
                                    + "alone\",\"type\":\"UnsupportedOperationException\",\"code\":405}}"));
        }
    }

    @Test
    void damagedTableKeepsNobodyFromTheOthersAndIsReportedToTheOperator() {
        CatalogResponse response = protocol.respond("GET", "/v1/namespaces/mart/tables/queue_exit");
        assertThat(response.status()).isEqualTo(503);
        assertThat(response.json()).doesNotContain("queue_exit");
        assertThat(problems).containsExactly("mart.queue_exit cannot be served");
        assertThat(protocol.respond("GET", "/v1/namespaces/mart/tables/queue_daily")
                        .status())
                .isEqualTo(200);
    }

    @Test
    void viewIsReadAgainAfterAReleaseAndAfterAMinute() {
        AtomicInteger reads = new AtomicInteger();
        List<String> releases = new ArrayList<>(List.of("2016-01-12.1"));
        CatalogViews views = new CatalogViews(
                () -> {
                    reads.incrementAndGet();
                    return VIEW;
                },
                () -> List.copyOf(releases),
                clock::get,
                CatalogViews.LONGEST);
        views.latest();
        views.latest();
        assertThat(reads).hasValue(1);
        releases.add("2016-01-13.1");
        views.latest();
        views.latest();
        assertThat(reads).hasValue(2);
        clock.set(Duration.ofMinutes(1).toNanos());
        views.latest();
        views.latest();
        assertThat(reads).hasValue(3);
    }

    @Test
    void warehouseThatCannotBeReadIsUnavailableWithoutItsDetails() {
        CatalogProtocol closed = new CatalogProtocol(
                new CatalogViews(
                        () -> {
                            throw FpwException.unavailable("the database jdbc:h2:file:/srv/fpw does not respond");
                        },
                        () -> "",
                        clock::get,
                        CatalogViews.LONGEST),
                null,
                problems::add);
        CatalogResponse response = closed.respond("GET", "/v1/namespaces");
        assertThat(response.status()).isEqualTo(503);
        assertThat(response.json()).contains("\"ServiceUnavailableException\"").doesNotContain("jdbc");
        assertThat(problems).containsExactly("the database jdbc:h2:file:/srv/fpw does not respond");
    }

    @Test
    void databaseThatDoesNotRespondIsAskedOnceMore() {
        AtomicInteger reads = new AtomicInteger();
        assertThat(CatalogViews.secondAttempt(() -> {
                    if (reads.incrementAndGet() == 1) {
                        throw FpwException.unavailable("the process that served the database has ended");
                    }
                    return VIEW;
                }))
                .isSameAs(VIEW);
        assertThatThrownBy(() -> CatalogViews.secondAttempt(() -> {
                    reads.incrementAndGet();
                    throw FpwException.configuration("another warehouse");
                }))
                .hasMessage("another warehouse");
        assertThat(reads).hasValue(3);
    }
}
