package uk.fpw.publish;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.ToIntFunction;
import org.apache.iceberg.FileFormat;
import org.apache.iceberg.OverwriteFiles;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.Schema;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.Table;
import org.apache.iceberg.data.GenericFileWriterFactory;
import org.apache.iceberg.data.GenericRecord;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.encryption.EncryptedFiles;
import org.apache.iceberg.expressions.Expressions;
import org.apache.iceberg.io.DataWriter;
import org.apache.iceberg.relocated.com.google.common.util.concurrent.MoreExecutors;
import org.jspecify.annotations.Nullable;
import uk.fpw.model.Model;
import uk.fpw.warehouse.force.Force;
import uk.fpw.warehouse.force.feed.Delivery;
import uk.fpw.warehouse.force.feed.Feed;
import uk.fpw.warehouse.force.feed.Origin;
import uk.fpw.warehouse.message.MetricsResult;
import uk.fpw.warehouse.store.catalog.WarehouseCatalog;
import uk.fpw.warehouse.store.release.CandidateBranch;
import uk.fpw.warehouse.testing.ModelRows;
import uk.fpw.warehouse.testing.TestDatabase;
import uk.fpw.warehouse.testing.TestLimits;

/**
 * A force, with one feed unless others are given, and candidates for it whose tables contain made-up rows of the
 * models' types.
 */
final class ExampleCandidates {

    /** Tables with rows in a small candidate. */
    private static final Set<String> FILLED = Set.of("core.spell", "mart.dim_date", "mart.queue_daily");

    private ExampleCandidates() {}

    static Force force(Path warehouse) {
        return force(warehouse, TestDatabase.embedded(warehouse));
    }

    /** A feed of files with that name. */
    static Feed feed(String name, String file, @Nullable Delivery delivery) {
        return new Feed(
                name,
                "town",
                "Requests.",
                new Feed.Input(
                        "drop",
                        new Origin.DroppedFile(file, new Origin.Format("csv", Map.of()), Set.of(), delivery),
                        Feed.Extract.FULL),
                new Feed.Rows(List.of(), List.of("id"), Set.of(), "id", null),
                TestLimits.of(1, 0.01, 1, 1));
    }

    static Force force(Path warehouse, TestDatabase database) {
        return force(warehouse, database, feed("requests", "requests.csv", null));
    }

    static Force force(Path warehouse, TestDatabase database, Feed... feeds) {
        return new Force(
                Path.of("/force"),
                new Force.Identity(
                        "town",
                        "The Town",
                        ZoneId.of("America/New_York"),
                        new Force.Storage(warehouse, database.url(), database.user(), ""),
                        7),
                new Force.Sources(List.of(), List.of(feeds), List.of()),
                new Force.Meaning(
                        List.of(),
                        List.of(),
                        List.of(),
                        List.of(),
                        List.of(),
                        List.of(),
                        List.of(),
                        Force.Background.NONE),
                "force-digest");
    }

    /**
     * Overwrites every table and returns the result, as the Spark process does.
     *
     * @param models the tables
     * @param days rows of mart.queue_daily, in {@code files} files; core.exclusion and core.ahead have none, every
     *     other table two
     */
    static MetricsResult candidate(
            WarehouseCatalog catalog,
            List<Model> models,
            String releaseId,
            LocalDate businessDate,
            int days,
            int files) {
        return candidate(
                catalog,
                models,
                releaseId,
                businessDate,
                files,
                table -> List.of("core.exclusion", "core.ahead").contains(table) ? 0 : rows(table, days));
    }

    /**
     * A candidate with rows in few tables, for tests that do not depend on their content; the other tables are
     * written once.
     */
    static MetricsResult smallCandidate(
            WarehouseCatalog catalog, List<Model> models, String releaseId, LocalDate businessDate, int days) {
        return candidate(
                catalog, models, releaseId, businessDate, 1, table -> FILLED.contains(table) ? rows(table, days) : 0);
    }

    private static int rows(String table, int days) {
        return table.equals("mart.queue_daily") ? days : 2;
    }

    private static MetricsResult candidate(
            WarehouseCatalog catalog,
            List<Model> models,
            String releaseId,
            LocalDate businessDate,
            int files,
            ToIntFunction<String> rowsOf) {
        List<MetricsResult.TableVersion> tables = new ArrayList<>();
        for (Model model : models) {
            int rows = rowsOf.applyAsInt(model.table());
            tables.add(new MetricsResult.TableVersion(
                    model.table(),
                    overwrite(catalog, model, releaseId, businessDate, rows, files),
                    rows,
                    model.name() + "-" + rows));
        }
        return audited(MetricsResult.computed(
                tables,
                List.of(new MetricsResult.FeedAccount("requests", 7, 7, List.of())),
                List.of(new MetricsResult.FeedCoverage("requests", businessDate.toString())),
                List.of(new MetricsResult.QualityResult("core.spell", "GRAIN", "stop", 0, "spell_id is not unique")),
                List.of()));
    }

    /** The result after an audit without findings. */
    static MetricsResult audited(MetricsResult result) {
        return new MetricsResult(
                result.tables(),
                result.accounts(),
                result.coverage(),
                result.quality(),
                result.changes(),
                result.excluded(),
                result.errors(),
                result.failure(),
                result.failureCode(),
                result.timings(),
                result.comparedWith(),
                result.figureChanges(),
                true);
    }

    private static long overwrite(
            WarehouseCatalog catalog, Model model, String releaseId, LocalDate businessDate, int rows, int files) {
        Table found = catalog.find(model.table());
        Snapshot head = found == null ? null : CandidateBranch.head(found);
        if (rows == 0 && head != null && "0".equals(head.summary().get("total-records"))) {
            return head.snapshotId();
        }
        Table table = found != null
                ? found
                : catalog.create(model.table(), schema(model), PartitionSpec.unpartitioned(), Map.of());
        // in this thread: with Iceberg's own pool, a commit polls every ten milliseconds
        OverwriteFiles overwrite = table.newOverwrite()
                .toBranch(CandidateBranch.NAME)
                .overwriteByRowFilter(Expressions.alwaysTrue())
                .scanManifestsWith(MoreExecutors.newDirectExecutorService());
        int parts = rows < files ? Math.min(rows, 1) : files;
        for (int part = 0; part < parts; part++) {
            String name = releaseId + "-" + model.name() + "-" + part + ".parquet";
            var output = EncryptedFiles.plainAsEncryptedOutput(
                    table.io().newOutputFile(table.locationProvider().newDataLocation(name)));
            DataWriter<Record> writer = new GenericFileWriterFactory.Builder(table)
                    .dataFileFormat(FileFormat.PARQUET)
                    .dataSchema(table.schema())
                    .build()
                    .newDataWriter(output, table.spec(), null);
            try (writer) {
                for (int i = part; i < rows; i += parts) {
                    writer.write(row(model, table.schema(), releaseId, businessDate, i));
                }
            } catch (IOException failed) {
                throw new UncheckedIOException(failed);
            }
            overwrite.addFile(writer.toDataFile());
        }
        overwrite.commit();
        return Objects.requireNonNull(CandidateBranch.head(table)).snapshotId();
    }

    /** Row number {@code i} of a table, which is part of its key; days go back from the business date. */
    static Record row(Model model, Schema schema, String releaseId, LocalDate businessDate, int i) {
        Record row = GenericRecord.create(schema);
        for (Model.Column column : model.columns()) {
            row.setField(column.name(), value(column, releaseId, businessDate, i));
        }
        return row;
    }

    /** Name of the column and a number, as long as the column allows. */
    private static String text(Model.Column column, String number) {
        int longest = column.length() == 0 ? Integer.MAX_VALUE : column.length() - number.length();
        return column.name().substring(0, Math.min(column.name().length(), longest)) + number;
    }

    /** Nullable columns are null in the first row. */
    private static @Nullable Object value(Model.Column column, String releaseId, LocalDate businessDate, int i) {
        if (column.nullable() && i == 0) {
            return null;
        }
        return switch (column.type()) {
            case TEXT ->
                column.name().equals("release_id")
                        ? releaseId
                        : column.name().equals("financial_year") ? "2015/16" : text(column, " " + i);
            case BIGINT -> (long) i;
            case INT -> i;
            case DOUBLE -> i + 0.1;
            case BOOLEAN -> i % 2 == 0;
            case DATE -> businessDate.minusDays(i);
            case TIMESTAMP -> OffsetDateTime.of(businessDate.atStartOfDay(), ZoneOffset.UTC);
            case MAP -> Map.of("type", "pothole");
        };
    }

    static Schema schema(Model model) {
        return ModelRows.schema(model, Model.Column::nullable);
    }
}
