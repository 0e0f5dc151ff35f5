package uk.fpw.metrics;

import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.duckdb.DuckDBDriver;
import org.jspecify.annotations.Nullable;
import uk.fpw.audit.CandidateAudit;
import uk.fpw.layout.ReleaseId;
import uk.fpw.layout.RunId;
import uk.fpw.metrics.lifecycle.ItemTimeline;
import uk.fpw.metrics.model.IcebergTableWriter;
import uk.fpw.metrics.plan.SparkTuning;
import uk.fpw.metrics.staging.InputRows;
import uk.fpw.model.Models;
import uk.fpw.warehouse.force.Coverage;
import uk.fpw.warehouse.force.DefinedRows;
import uk.fpw.warehouse.force.Force;
import uk.fpw.warehouse.force.queue.Queue;
import uk.fpw.warehouse.message.AuditRequest;
import uk.fpw.warehouse.message.MetricsRequest;
import uk.fpw.warehouse.message.MetricsResult;
import uk.fpw.warehouse.message.SourceRows;
import uk.fpw.warehouse.testing.BenchTable;

/**
 * Follows and counts items with two events each over eleven years and three slices; then DuckDB computes the
 * comparable part from the same rows; then come the audit, and the audit of the next day, on which one item in a
 * hundred has changed. Started by {@code bench/run metrics}. Compare the ratios, not the seconds.
 */
final class PassBenchmark {

    private static final LocalDate AS_OF = LocalDate.of(2015, 12, 31);

    private static final String PEER = "DuckDB, the comparable part of it";

    private PassBenchmark() {}

    /** {@code PassBenchmark ITEMS [--json FILE]}. */
    public static void main(String[] arguments) throws Exception {
        long items = Long.parseLong(arguments[0]);
        Force force = ItemTimeline.force(List.of(queue()));
        SparkTestWarehouse warehouse = SparkTestWarehouse.instance();
        SparkSession spark = warehouse.spark();
        Path staged = Path.of("target", "bench-" + items).toAbsolutePath();
        SparkTuning.configure(spark, Map.of(), 2 * items);
        staged(spark, items).write().mode("overwrite").parquet(staged.toString());

        BenchTable table = new BenchTable(String.format(Locale.ROOT, "%,d items", items));
        List<AuditRequest.Table> tables = new ArrayList<>();
        table.time(
                "items followed, series counted, all tables written",
                () -> count(spark, force, input(spark, staged), items, AS_OF, tables));
        table.time(PEER, () -> peer(staged));
        table.time("audit, counted again", () -> audit(force, AS_OF, staged, tables, null));

        Path later = staged.resolveSibling("bench-later-" + items);
        ChangedItems changed = ChangedItems.write(spark, staged, later);
        LocalDate next = AS_OF.plusDays(1);
        List<AuditRequest.Table> changedTables = new ArrayList<>();
        count(spark, force, input(spark, later), items, next, changedTables);
        table.time(
                "the next day, 1 % of the items changed: audit alone",
                () -> audit(force, next, staged, changedTables, null));
        table.time(
                "the same, and why counts and waits of the past changed",
                () -> audit(force, next, staged, changedTables, changed.request(force, AS_OF, tables)));
        table.print(PEER, List.of(arguments));
    }

    private static Queue queue() {
        Queue plain = ItemTimeline.queue(
                "waiting", null, List.of("received"), List.of(), List.of(new Queue.Exit("examined", "examined", true)));
        return new Queue(
                plain.name(),
                plain.version(),
                plain.title(),
                plain.description(),
                plain.itemKind(),
                plain.itemUnit(),
                plain.enters(),
                plain.reEnters(),
                plain.leaves(),
                List.of("kind", "priority", "station"),
                plain.cross(),
                plain.observedFrom(),
                plain.earliestEntry(),
                plain.provisionalDays(),
                List.of(30, 90, 180, 365),
                plain.parent(),
                plain.variantOf(),
                plain.isInPublications(),
                plain.service(),
                plain.primary(),
                plain.better(),
                plain.mattersFrom(),
                plain.standards(),
                plain.comparisons(),
                plain.limits());
    }

    /**
     * Two rows per item: received on some day of eleven years, examined up to 400 days later; a tenth is still
     * waiting.
     */
    private static Dataset<Row> staged(SparkSession spark, long items) {
        return spark.range(items)
                .selectExpr(
                        "id",
                        "date_add(date'2005-01-01', cast(pmod(xxhash64(id, 1), 4017) as int)) as entered_on",
                        "cast(pow(pmod(xxhash64(id, 2), 1000) / 1000.0, 3) * 400 as int) as wait",
                        "map('kind', concat('kind ', pmod(xxhash64(id, 3), 6)), 'priority', "
                                + "element_at(array('high', 'usual', 'low'), cast(pmod(xxhash64(id, 4), 3) "
                                + "as int) + 1), 'station', concat('station ', pmod(xxhash64(id, 5), 12))) "
                                + "as attributes")
                .selectExpr(
                        "concat('unit:', id) as item_key",
                        "'unit' as source",
                        "'device' as item_kind",
                        "concat('unit:c', id div 3) as contributor_key",
                        "explode(if(pmod(xxhash64(id, 6), 10) = 0, array(struct('received' as event, entered_on as "
                                + "occurred_on)), array(struct('received' as event, entered_on as "
                                + "occurred_on), struct('examined' as event, date_add(entered_on, wait) as "
                                + "occurred_on)))) as happened",
                        "attributes")
                .selectExpr(
                        "item_key",
                        "source",
                        "item_kind",
                        "contributor_key",
                        "happened.event",
                        "happened.occurred_on",
                        "cast(null as timestamp) as occurred_at",
                        "0L as event_order",
                        "attributes",
                        "'devices' as staging",
                        "cast(null as string) as problem");
    }

    /** The rows as {@link InputRows}. */
    private static Dataset<Row> input(SparkSession spark, Path staged) {
        return spark.read()
                .parquet(staged.toString())
                .selectExpr(
                        "item_key",
                        InputRows.EVENT + " as kind",
                        "0 as origin",
                        "array(contributor_key, event, attributes['kind'], attributes['priority'], "
                                + "attributes['station']) as texts",
                        "array(cast(unix_date(occurred_on) as bigint), null, 0L) as numbers");
    }

    private static void count(
            SparkSession spark,
            Force force,
            Dataset<Row> input,
            long items,
            LocalDate asOf,
            List<AuditRequest.Table> tables) {
        MetricsRequest request = new MetricsRequest(
                MetricsRequest.Task.COMPUTE,
                force.folder(),
                asOf,
                ReleaseId.of(asOf, 1),
                RunId.of(asOf, Instant.EPOCH, 0),
                new MetricsRequest.Storage(Path.of("target"), null, 0, new MetricsRequest.Database("", "", "")),
                MetricsRequest.Inputs.NONE,
                Map.of(),
                Path.of("target", "bench.json"));
        IcebergTableWriter writer = new IcebergTableWriter(spark, () -> {}, Map.of("fpw.release-id", "bench"));
        MetricsProgress silent = new MetricsProgress(
                new PrintStream(OutputStream.nullOutputStream(), true, StandardCharsets.UTF_8), System::nanoTime);
        try (OutputTables counted = new OutputTables(spark, force, request, 2 * items, writer, silent)) {
            counted.followItems(input);
            for (MetricsResult.TableVersion table : counted.commit()) {
                tables.add(new AuditRequest.Table(
                        table.table(),
                        Models.find(table.table()).orElseThrow().columnNames(),
                        files(spark, table.table(), table.snapshotId())));
            }
        }
    }

    private static List<String> files(SparkSession spark, String table, long snapshotId) {
        return spark
                .sql("select file_path from fpw." + table + ".files version as of " + snapshotId)
                .collectAsList()
                .stream()
                .map(row -> row.getString(0))
                .map(file ->
                        file.startsWith("file:") ? Path.of(URI.create(file)).toString() : file)
                .toList();
    }

    private static void peer(Path staged) throws Exception {
        try (Connection duckDb = new DuckDBDriver().connect("jdbc:duckdb:", new Properties());
                Statement statement = duckDb.createStatement();
                InputStream sql = Objects.requireNonNull(PassBenchmark.class.getResourceAsStream("/bench/peer.sql"))) {
            statement.execute("create view staged as select * from read_parquet('" + staged + "/*.parquet')");
            for (String one : new String(sql.readAllBytes(), StandardCharsets.UTF_8).split(";\n", -1)) {
                if (!one.isBlank()) {
                    statement.execute(one);
                }
            }
        }
    }

    private static void audit(
            Force force,
            LocalDate asOf,
            Path staged,
            List<AuditRequest.Table> tables,
            AuditRequest.@Nullable EarlierReleases earlier) {
        CandidateAudit.of(
                        new AuditRequest(
                                ReleaseId.of(asOf, 1),
                                force.zone().getId(),
                                DefinedRows.texts(DefinedRows.of(force, new Coverage(asOf, Map.of()))),
                                tables,
                                AuditRequest.OF_A_RUN,
                                null,
                                earlier,
                                null,
                                SourceRows.NONE,
                                staged.resolveSibling("bench-scratch").toString(),
                                staged.resolveSibling("bench-audit.json").toString()),
                        "4GB")
                .quality()
                .stream()
                .filter(test -> test.failedCount() > 0 && test.severity().equals("stop"))
                .forEach(test -> System.out.println("FAILED " + test));
    }
}
