package uk.fpw.nightly.bi;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import uk.fpw.model.Model;
import uk.fpw.warehouse.force.Force;
import uk.fpw.warehouse.force.ForceFolder;

/** What is in the file that Superset imports. That a real Superset takes it: {@code sql/src/test/superset}. */
class SupersetFileTest {

    private static final Map<String, JsonNode> FILES = new TreeMap<>();

    private static Force force(String database) {
        Force fenmarch = ForceFolder.read(Path.of("../../examples/fenmarch"));
        Force.Identity own = fenmarch.identity();
        return new Force(
                fenmarch.folder(),
                new Force.Identity(
                        own.code(),
                        own.name(),
                        own.zone(),
                        new Force.Storage(Path.of("warehouse"), database, "fpw_night", "FPW_DATABASE_PASSWORD"),
                        own.confirmDateAfterDays()),
                fenmarch.sources(),
                fenmarch.meaning(),
                fenmarch.digest());
    }

    private static byte[] zip(String database) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        new SupersetFile(force(database)).write(out);
        return out.toByteArray();
    }

    private static Map<String, JsonNode> read(byte[] zip) throws IOException {
        Map<String, JsonNode> files = new TreeMap<>();
        try (ZipInputStream in = new ZipInputStream(new ByteArrayInputStream(zip))) {
            for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
                files.put(entry.getName(), JsonMapper.builder().build().readTree(in.readAllBytes()));
            }
        }
        return files;
    }

    @BeforeAll
    static void write() throws IOException {
        FILES.putAll(read(zip("jdbc:postgresql://db.example.police.uk:5433/fpw?sslmode=verify-full&socketTimeout=9")));
    }

    private static JsonNode file(Map<String, JsonNode> files, String name) {
        return Objects.requireNonNull(files.get("fpw/" + name), name);
    }

    private static JsonNode file(String name) {
        return file(FILES, name);
    }

    private static Set<String> texts(JsonNode list, String field) {
        Set<String> texts = new TreeSet<>();
        list.forEach(one -> texts.add(one.path(field).textValue()));
        return texts;
    }

    private static List<JsonNode> filesOf(String folder) {
        return FILES.entrySet().stream()
                .filter(file -> file.getKey().startsWith("fpw/" + folder + "/"))
                .map(Map.Entry::getValue)
                .toList();
    }

    @Test
    void hasADatasetOfEachViewAndADashboardPerKindOfItem() {
        assertThat(filesOf("datasets").stream()
                        .map(one -> one.path("table_name").textValue()))
                .containsExactly(
                        "changes",
                        "comparisons",
                        "exits",
                        "flows",
                        "flows_by_slice",
                        "grades",
                        "recommendations",
                        "release",
                        "signals",
                        "staff",
                        "standards",
                        "waiting_now",
                        "waits");
        assertThat(filesOf("dashboards").stream()
                        .map(one -> one.path("dashboard_title").textValue()))
                .containsExactly(
                        "Fenmarch Police (synthetic): cases",
                        "Fenmarch Police (synthetic): devices",
                        "Fenmarch Police (synthetic): referrals");
    }

    @Test
    void passwordIsAskedForAndTheServerIsVerified() {
        assertThat(file("databases/warehouse.yaml").path("sqlalchemy_uri").textValue())
                .isEqualTo("postgresql+psycopg2://superset:XXXXXXXXXX@db.example.police.uk:5433/fpw"
                        + "?sslmode=verify-full");
    }

    @Test
    void ofSeveralHostsTheFirstIsNamed() throws IOException {
        Map<String, JsonNode> files = read(zip("jdbc:postgresql://a:5433,b/fpw"));
        assertThat(file(files, "databases/warehouse.yaml")
                        .path("sqlalchemy_uri")
                        .textValue())
                .isEqualTo("postgresql+psycopg2://superset:XXXXXXXXXX@a:5433/fpw");
    }

    @Test
    void datasetHasTheCertifiedFiguresAndNoColumnThatMustNotBeSummed() {
        JsonNode flows = file("datasets/warehouse/flows.yaml");
        assertThat(flows.at("/extra/disallow_adhoc_metrics").booleanValue()).isTrue();
        assertThat(flows.path("main_dttm_col").textValue()).isEqualTo("period_start_on");
        assertThat(texts(flows.path("metrics"), "metric_name"))
                .contains("received_count", "waiting_at_month_end", "served_share");
        for (JsonNode dataset : filesOf("datasets")) {
            Model view =
                    SupersetDatasets.view("bi." + dataset.path("table_name").textValue());
            Set<String> columns = texts(dataset.path("columns"), "column_name");
            assertThat(view.columns().stream()
                            .filter(column -> column.add() != Model.Add.NOT_A_MEASURE)
                            .map(Model.Column::name))
                    .as(view.table())
                    .doesNotContainAnyElementsOf(columns);
            assertThat(columns).contains("release_id");
        }
    }

    @Test
    void chartsNameColumnsAndFiguresOfTheirDataset() {
        Map<String, JsonNode> datasets = new TreeMap<>();
        filesOf("datasets").forEach(one -> datasets.put(one.path("uuid").textValue(), one));
        for (JsonNode chart : filesOf("charts")) {
            JsonNode dataset = Objects.requireNonNull(
                    datasets.get(chart.path("dataset_uuid").textValue()));
            Set<String> columns = texts(dataset.path("columns"), "column_name");
            JsonNode params = chart.path("params");
            List<String> named = new ArrayList<>();
            params.path("groupby").forEach(one -> named.add(one.textValue()));
            named.addAll(texts(params.path("adhoc_filters"), "subject"));
            assertThat(columns).as(chart.path("slice_name").textValue()).containsAll(named);
            List<String> metrics = new ArrayList<>();
            params.path("metrics").forEach(one -> metrics.add(one.textValue()));
            assertThat(texts(dataset.path("metrics"), "metric_name")).containsAll(metrics);
        }
    }

    /** Each view has a chart on a dashboard; one without rows of the kind has none there. */
    @Test
    void dashboardHasAChartOfEachViewThatHasRowsOfItsKind() {
        Map<String, Set<String>> views = new TreeMap<>();
        Map<String, String> names = new TreeMap<>();
        filesOf("datasets")
                .forEach(one -> names.put(
                        one.path("uuid").textValue(), one.path("table_name").textValue()));
        FILES.forEach((name, file) -> {
            if (name.startsWith("fpw/charts/")) {
                views.computeIfAbsent(name.replaceFirst("fpw/charts/(.*)_\\d+\\.yaml", "$1"), kind -> new TreeSet<>())
                        .add(Objects.requireNonNull(
                                names.get(file.path("dataset_uuid").textValue())));
            }
        });
        Set<String> all = new TreeSet<>(names.values());
        assertThat(views.get("device")).isEqualTo(all);
        all.removeAll(Set.of("changes", "staff"));
        assertThat(views.get("case")).isEqualTo(all);
    }

    @Test
    void dashboardShowsEachOfItsChartsOnce() {
        Set<String> charts = new TreeSet<>();
        filesOf("charts").forEach(one -> charts.add(one.path("uuid").textValue()));
        List<String> shown = new ArrayList<>();
        for (JsonNode dashboard : filesOf("dashboards")) {
            dashboard.path("position").forEach(place -> {
                if (place.path("type").asText().equals("CHART")) {
                    shown.add(place.at("/meta/uuid").textValue());
                }
            });
        }
        assertThat(shown).doesNotHaveDuplicates().containsExactlyInAnyOrderElementsOf(charts);
    }

    @Test
    void sameFolderMakesTheSameBytes() throws IOException {
        assertThat(zip("jdbc:postgresql://db/fpw")).isEqualTo(zip("jdbc:postgresql://db/fpw"));
    }
}
