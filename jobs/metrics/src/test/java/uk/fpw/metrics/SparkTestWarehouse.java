package uk.fpw.metrics;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;

import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.iceberg.FileScanTask;
import org.apache.iceberg.io.CloseableIterable;
import org.apache.iceberg.spark.Spark3Util;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.analysis.NoSuchTableException;
import org.apache.spark.sql.catalyst.parser.ParseException;
import org.jspecify.annotations.Nullable;
import uk.fpw.audit.CandidateAudit;
import uk.fpw.layout.ReleaseId;
import uk.fpw.layout.RunId;
import uk.fpw.metrics.account.FeedAccounts;
import uk.fpw.metrics.example.CoreViews;
import uk.fpw.model.Models;
import uk.fpw.warehouse.force.Coverage;
import uk.fpw.warehouse.force.DefinedRows;
import uk.fpw.warehouse.force.Force;
import uk.fpw.warehouse.force.ForceFolder;
import uk.fpw.warehouse.force.feed.Feed;
import uk.fpw.warehouse.message.AuditRequest;
import uk.fpw.warehouse.message.MetricsRequest;
import uk.fpw.warehouse.message.MetricsResult;
import uk.fpw.warehouse.message.SourceRows;
import uk.fpw.warehouse.message.VersionChange;
import uk.fpw.warehouse.store.catalog.CatalogSettings;
import uk.fpw.warehouse.store.catalog.WarehouseJdbcCatalog;
import uk.fpw.warehouse.store.release.CandidateBranch;
import uk.fpw.warehouse.store.schema.Migrations;

/** A warehouse for the Spark session of a test JVM, into which tests put current rows without an ingest. */
final class SparkTestWarehouse {

    private static final Path FOLDER = Path.of("target", "warehouse").toAbsolutePath();

    private static final String URL = "jdbc:h2:file:" + FOLDER.resolve("fpw")
            + ";MODE=PostgreSQL;DATABASE_TO_LOWER=TRUE;DEFAULT_NULL_ORDERING=HIGH;AUTO_SERVER=TRUE";

    private static final class Once {
        private static final SparkTestWarehouse INSTANCE = create();
    }

    private final SparkSession spark;
    private MetricsRequest.Released released = MetricsRequest.Released.NOTHING;

    private SparkTestWarehouse(SparkSession spark) {
        this.spark = spark;
    }

    static SparkTestWarehouse instance() {
        return Once.INSTANCE;
    }

    SparkSession spark() {
        return spark;
    }

    /** A force folder of the test resources. */
    static Force force(String folder) {
        return ForceFolder.read(Path.of("src", "test", "resources", folder).toAbsolutePath());
    }

    /**
     * Puts rows into branch {@code current} of {@code raw.<feed>}, as a load would: the declared columns in order,
     * key and item as text. The key of a row without one is its first column.
     */
    void load(Feed feed, Dataset<Row> rows) {
        String key =
                feed.isKeyedByRow() ? feed.columns().get(0).name() : feed.key().get(0);
        Dataset<Row> stamped = rows.withColumn("_key", col(key).cast("string"))
                .withColumn("_item", col(feed.item()).cast("string"))
                .withColumn("_op", lit("upsert"));
        String table = "fpw.raw." + feed.name();
        spark.sql("create namespace if not exists fpw.raw");
        stamped.writeTo(table)
                .using("iceberg")
                .tableProperty("format-version", "3")
                .createOrReplace();
        spark.sql("alter table " + table + " create or replace branch current");
    }

    /**
     * A CSV file of the test resources, with instants such as {@code 2024-01-15T10:00:00Z}; any other text becomes
     * null.
     */
    Dataset<Row> csv(Feed feed, String file) {
        Dataset<Row> text = spark.read()
                .option("header", "true")
                .csv(Path.of("src", "test", "resources", file).toString());
        return text.select(feed.columns().stream()
                        .map(column -> switch (column.type()) {
                            case WHOLE -> col(column.from()).cast("bigint");
                            case INSTANT -> col(column.from()).try_cast("timestamp");
                            default -> col(column.from());
                        })
                        .toArray(Column[]::new))
                .toDF(feed.columns().stream().map(Feed.Column::name).toArray(String[]::new));
    }

    MetricsResult compute(Force force, LocalDate businessDate, String releaseId) {
        return compute(force, Coverage.whole(force, businessDate), releaseId);
    }

    MetricsResult compute(Force force, Coverage coverage, String releaseId) {
        return compute(force, coverage, Map.of(), releaseId);
    }

    MetricsResult compute(Force force, Coverage coverage, Map<String, VersionChange> versionChanges, String releaseId) {
        MetricsResult result = task(MetricsRequest.Task.COMPUTE, force, coverage, versionChanges, Map.of(), releaseId)
                .run(spark, force);
        return audited(result, force, coverage, releaseId);
    }

    /** Adds what the audit finds in the candidate's files. */
    private MetricsResult audited(MetricsResult result, Force force, Coverage coverage, String releaseId) {
        if (result.tables().isEmpty()) {
            return result;
        }
        AuditRequest request = new AuditRequest(
                ReleaseId.of(releaseId),
                force.zone().getId(),
                DefinedRows.texts(DefinedRows.of(force, coverage)),
                result.tables().stream()
                        .map(table -> new AuditRequest.Table(
                                table.table(),
                                Models.find(table.table()).orElseThrow().columnNames(),
                                files(table)))
                        .toList(),
                AuditRequest.EVERY_SERIES,
                null,
                null,
                null,
                SourceRows.NONE,
                FOLDER.resolve("audit").toString(),
                FOLDER.resolve("audit.json").toString());
        return result.with(CandidateAudit.of(request, null));
    }

    private List<String> files(MetricsResult.TableVersion version) {
        List<String> files = new ArrayList<>();
        try (CloseableIterable<FileScanTask> tasks = Spark3Util.loadIcebergTable(
                        spark, CatalogSettings.NAME + "." + version.table())
                .newScan()
                .useSnapshot(version.snapshotId())
                .planFiles()) {
            for (FileScanTask task : tasks) {
                String file = task.file().location();
                files.add(file.startsWith("file:") ? Path.of(URI.create(file)).toString() : file);
            }
        } catch (NoSuchTableException | ParseException failed) {
            throw new IllegalStateException(failed);
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
        return files;
    }

    /** Computes a candidate in several tasks, as for many rows. */
    MetricsResult computeSpread(Force force, LocalDate businessDate, String releaseId) {
        String partitions = "spark.sql.shuffle.partitions";
        spark.conf().set(partitions, "3");
        Coverage coverage = Coverage.whole(force, businessDate);
        MetricsResult result = task(
                        MetricsRequest.Task.COMPUTE, force, coverage, Map.of(), Map.of(partitions, "3"), releaseId)
                .run(spark, force);
        return audited(result, force, coverage, releaseId);
    }

    /**
     * Computes only the tables of core, from the few rows in the feeds, as views under their simple names, such as
     * {@code spell}. Nothing is written.
     */
    FeedAccounts core(Force force, LocalDate businessDate) {
        return FeedAccounts.of(
                force,
                CoreViews.register(
                        spark,
                        force,
                        Coverage.whole(force, businessDate),
                        feed -> spark.read()
                                .option("branch", "current")
                                .table(CatalogSettings.NAME + ".raw." + feed.name())
                                .coalesce(1),
                        0));
    }

    MetricsResult check(Force force) {
        return task(MetricsRequest.Task.CHECK, force, Coverage.whole(force, LocalDate.EPOCH), Map.of(), Map.of(), null)
                .run(spark, force);
    }

    private MetricsTask task(
            MetricsRequest.Task task,
            Force force,
            Coverage coverage,
            Map<String, VersionChange> versionChanges,
            Map<String, String> settings,
            @Nullable String releaseId) {
        MetricsRequest request = new MetricsRequest(
                task,
                force.folder(),
                coverage.businessDate(),
                releaseId == null ? null : ReleaseId.of(releaseId),
                RunId.of("2025-01-15-20250116T040000-0a1b"),
                new MetricsRequest.Storage(FOLDER, null, 0, new MetricsRequest.Database(URL, "sa", "")),
                new MetricsRequest.Inputs(
                        coverage.completeTo(),
                        versionChanges,
                        Map.of(),
                        Map.of(),
                        coverage.settledAfterDays(),
                        released,
                        coverage.retainedFrom(),
                        coverage.frozen()),
                settings,
                FOLDER.resolve("result.json"));
        return new MetricsTask(
                request,
                new MetricsProgress(
                        new PrintStream(OutputStream.nullOutputStream(), true, StandardCharsets.UTF_8),
                        System::nanoTime));
    }

    /** Rows of a query of what was computed last, released or not, as texts, with values separated by a bar. */
    List<String> rows(String sql) {
        String computed = sql.replaceAll("\\bfpw\\.(core|mart)\\.\\w+", "$0.branch_" + CandidateBranch.NAME);
        return spark.sql(computed).collectAsList().stream()
                .map(row -> Stream.iterate(0, i -> i < row.size(), i -> i + 1)
                        .map(i -> String.valueOf(row.get(i)))
                        .reduce((left, right) -> left + "|" + right)
                        .orElse(""))
                .toList();
    }

    private static SparkTestWarehouse create() {
        delete(FOLDER);
        Migrations.written(URL).dataSource(URL, "sa", "").load().migrate();
        SparkSession spark = TestSpark.session();
        String catalog = "spark.sql.catalog." + CatalogSettings.NAME;
        spark.conf().set(catalog, "org.apache.iceberg.spark.SparkCatalog");
        spark.conf().set(catalog + ".catalog-impl", WarehouseJdbcCatalog.class.getName());
        spark.conf().set(catalog + ".cache-enabled", "false");
        CatalogSettings.properties(URL, "sa", "", FOLDER.resolve("data"))
                .forEach((name, value) -> spark.conf().set(catalog + "." + name, value));
        return new SparkTestWarehouse(spark);
    }

    private static void delete(Path folder) {
        if (!Files.exists(folder)) {
            return;
        }
        try (Stream<Path> files = Files.walk(folder)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        } catch (IOException failed) {
            throw new UncheckedIOException(failed);
        }
    }
}
