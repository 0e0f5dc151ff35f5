package uk.fpw.nightly.bi;

import com.fasterxml.jackson.core.JsonGenerator;
import com.fasterxml.jackson.databind.ObjectWriter;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import uk.fpw.nightly.bi.SupersetCharts.Declared;
import uk.fpw.text.Plural;
import uk.fpw.warehouse.force.Force;
import uk.fpw.warehouse.force.queue.Queue;

/**
 * A ZIP that Superset imports on its page of dashboards: the database without a password, a dataset of each view of
 * {@code bi}, and a dashboard for each kind of item that waits. Its files are JSON, which is YAML too.
 */
public final class SupersetFile {

    /** What Superset shows of a password that it has, and takes for one that it has to ask for. */
    private static final String NO_PASSWORD = "XXXXXXXXXX";

    private static final String POSTGRESQL = "jdbc:postgresql://";
    private static final String FOLDER = "fpw/";
    private static final ObjectWriter JSON = JsonMapper.builder()
            .disable(JsonGenerator.Feature.AUTO_CLOSE_TARGET)
            .build()
            .writerWithDefaultPrettyPrinter();

    private final Force force;
    private final SupersetIds ids;

    /** The file of a force whose warehouse is on PostgreSQL. */
    public SupersetFile(Force force) {
        this.force = force;
        this.ids = new SupersetIds(force.code());
    }

    /** Whether Superset can read the warehouse: whether its database is PostgreSQL. */
    public static boolean isPossible(Force force) {
        return force.storage().jdbcUrl().startsWith(POSTGRESQL);
    }

    /** Writes the ZIP. It depends on nothing but the force folder: the same folder makes the same bytes. */
    public void write(OutputStream out) throws IOException {
        try (ZipOutputStream zip = new ZipOutputStream(out)) {
            for (Map.Entry<String, Object> file : files().entrySet()) {
                ZipEntry entry = new ZipEntry(FOLDER + file.getKey());
                entry.setLastModifiedTime(FileTime.from(Instant.EPOCH));
                zip.putNextEntry(entry);
                JSON.writeValue(zip, file.getValue());
                zip.closeEntry();
            }
        }
    }

    private SortedMap<String, Object> files() {
        SortedMap<String, Object> files = new TreeMap<>();
        files.put(
                "metadata.yaml",
                Map.of("version", "1.0.0", "type", "Dashboard", "timestamp", "1970-01-01T00:00:00+00:00"));
        files.put("databases/warehouse.yaml", database());
        SupersetDatasets datasets = new SupersetDatasets(ids);
        SupersetDatasets.views()
                .forEach(view -> files.put("datasets/warehouse/" + view.name() + ".yaml", datasets.dataset(view)));
        SupersetCharts charts = new SupersetCharts(ids);
        for (String kind : new TreeSet<>(wholes().map(Queue::itemKind).toList())) {
            List<Declared> declared = SupersetCharts.declared().stream()
                    .filter(chart -> hasRows(chart.view(), kind))
                    .toList();
            int number = 0;
            for (Declared chart : declared) {
                number++;
                files.put("charts/" + kind + "_" + number + ".yaml", charts.chart(chart, kind));
            }
            files.put(
                    "dashboards/" + kind + ".yaml",
                    new SupersetDashboards(ids).dashboard(kind, force.name() + ": " + Plural.of(kind), declared));
        }
        return files;
    }

    /** Whether the force folder declares what a view has rows of: a chart without any would say nothing. */
    private boolean hasRows(String view, String kind) {
        List<Queue> queues = force.queues().stream()
                .filter(queue -> queue.itemKind().equals(kind))
                .toList();
        Set<String> names = queues.stream().map(Queue::name).collect(Collectors.toSet());
        return switch (view) {
            case "bi.flows_by_slice" ->
                wholes().anyMatch(queue ->
                        names.contains(queue.name()) && !queue.allSlices().isEmpty());
            case "bi.standards" ->
                queues.stream().anyMatch(queue -> !queue.standards().isEmpty());
            case "bi.staff" -> force.capacities().stream().anyMatch(capacity -> names.contains(capacity.queue()));
            case "bi.changes" ->
                names.stream().anyMatch(name -> !force.changes().of(name).isEmpty());
            case "bi.grades" -> !force.gradings().isEmpty();
            case "bi.recommendations" -> !force.recommendations().isEmpty();
            default -> true;
        };
    }

    /** The queues that are neither a stage nor a variant of another. */
    private Stream<Queue> wholes() {
        return force.queues().stream().filter(queue -> queue.parent() == null && queue.variantOf() == null);
    }

    private Map<String, Object> database() {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("database_name", force.name() + ", warehouse");
        fields.put("sqlalchemy_uri", address());
        fields.put("expose_in_sqllab", false);
        fields.put("allow_ctas", false);
        fields.put("allow_cvas", false);
        fields.put("allow_dml", false);
        fields.put("allow_csv_upload", false);
        fields.put("extra", Map.of("allows_virtual_table_explore", false));
        fields.put("uuid", ids.database());
        fields.put("version", "1.0.0");
        return fields;
    }

    /** The first of several hosts, since Superset knows one. Of the settings, only how the server is verified. */
    private String address() {
        String[] parts =
                force.storage().jdbcUrl().substring(POSTGRESQL.length()).split("\\?", 2);
        String[] hostAndName = parts[0].split("/", 2);
        String settings = parts.length == 1
                ? ""
                : Stream.of(parts[1].split("&"))
                        .filter(setting -> setting.startsWith("sslmode="))
                        .map(setting -> "?" + setting)
                        .findFirst()
                        .orElse("");
        return "postgresql+psycopg2://superset:" + NO_PASSWORD + "@"
                + hostAndName[0].split(",", 2)[0] + "/" + hostAndName[1] + settings;
    }
}
