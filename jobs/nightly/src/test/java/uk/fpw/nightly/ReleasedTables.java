package uk.fpw.nightly;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.iceberg.FileFormat;
import org.apache.iceberg.OverwriteFiles;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.Schema;
import org.apache.iceberg.Table;
import org.apache.iceberg.data.GenericFileWriterFactory;
import org.apache.iceberg.data.GenericRecord;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.encryption.EncryptedFiles;
import org.apache.iceberg.expressions.Expressions;
import org.apache.iceberg.io.DataWriter;
import org.apache.iceberg.types.Type;
import org.apache.iceberg.types.Types;
import org.jspecify.annotations.Nullable;
import org.springframework.jdbc.core.JdbcTemplate;
import uk.fpw.layout.ReleaseFile;
import uk.fpw.layout.ReleaseId;
import uk.fpw.model.Model;
import uk.fpw.model.Models;
import uk.fpw.warehouse.catalog.WarehouseCatalog;
import uk.fpw.warehouse.release.ReleaseFiles;

/** Releases of a warehouse whose tables hold the rows that a test gives; columns that a row does not give are null. */
final class ReleasedTables {

    private final Path warehouse;
    private final JdbcTemplate jdbc;
    private final WarehouseCatalog catalog;

    ReleasedTables(Path warehouse, JdbcTemplate jdbc, WarehouseCatalog catalog) {
        this.warehouse = warehouse;
        this.jdbc = jdbc;
        this.catalog = catalog;
    }

    /** Makes a release of these tables, which replaces another one and becomes the current one. */
    void release(ReleaseId id, @Nullable ReleaseId replaced, Map<String, List<Map<String, Object>>> tables) {
        LocalDate day = id.businessDate();
        Instant releasedAt = day.plusDays(1).atTime(4, 0).toInstant(ZoneOffset.UTC);
        jdbc.update(
                "insert into ops.release (release_id, run_id, business_date, released_at, software_version, "
                        + "force_digest, digest) values (?, ?, ?, ?, '1', 'f', 'd')",
                id.value(),
                day + "-20160201T040000-0a1b",
                day,
                releasedAt.atOffset(ZoneOffset.UTC));
        tables.forEach((table, rows) -> jdbc.update(
                "insert into ops.release_table (release_id, table_name, snapshot_id, row_count, digest) values "
                        + "(?, ?, ?, ?, 'd')",
                id.value(),
                table,
                overwrite(id, table, rows),
                rows.size()));
        jdbc.update(
                "insert into ops.release_step (release_id, replaced_release_id, figure_count, changed_count) values "
                        + "(?, ?, 0, 0)",
                id.value(),
                replaced == null ? null : replaced.value());
        jdbc.update("delete from ops.current_release");
        jdbc.update("insert into ops.current_release (release_id) values (?)", id.value());
        ReleaseFiles.write(
                warehouse,
                new ReleaseFile(
                        new ReleaseFile.Made(id, day, releasedAt),
                        new ReleaseFile.Owner("test_force", "Test force", ZoneId.of("Europe/London")),
                        new ReleaseFile.Versions("1", "f", null, "d"),
                        List.of(),
                        List.of()));
    }

    private long overwrite(ReleaseId id, String name, List<Map<String, Object>> rows) {
        Model model = Models.find(name).orElseThrow();
        Table found = catalog.find(name);
        Table table =
                found != null ? found : catalog.create(name, schema(model), PartitionSpec.unpartitioned(), Map.of());
        OverwriteFiles overwrite = table.newOverwrite().overwriteByRowFilter(Expressions.alwaysTrue());
        if (!rows.isEmpty()) {
            DataWriter<Record> writer = new GenericFileWriterFactory.Builder(table)
                    .dataFileFormat(FileFormat.PARQUET)
                    .dataSchema(table.schema())
                    .build()
                    .newDataWriter(
                            EncryptedFiles.plainAsEncryptedOutput(table.io()
                                    .newOutputFile(table.locationProvider()
                                            .newDataLocation(id + "-" + model.name() + ".parquet"))),
                            table.spec(),
                            null);
            try (writer) {
                for (Map<String, Object> row : rows) {
                    Record written = GenericRecord.create(table.schema());
                    row.forEach(written::setField);
                    writer.write(written);
                }
            } catch (IOException failed) {
                throw new UncheckedIOException(failed);
            }
            overwrite.addFile(writer.toDataFile());
        }
        overwrite.commit();
        return table.currentSnapshot().snapshotId();
    }

    private static Schema schema(Model model) {
        List<Types.NestedField> fields = new ArrayList<>();
        for (Model.Column column : model.columns()) {
            int id = fields.size() + 1;
            Type type =
                    switch (column.type()) {
                        case TEXT -> Types.StringType.get();
                        case BIGINT -> Types.LongType.get();
                        case INT -> Types.IntegerType.get();
                        case DOUBLE -> Types.DoubleType.get();
                        case BOOLEAN -> Types.BooleanType.get();
                        case DATE -> Types.DateType.get();
                        case TIMESTAMP -> Types.TimestampType.withZone();
                        case MAP ->
                            Types.MapType.ofRequired(
                                    1000 + id, 2000 + id, Types.StringType.get(), Types.StringType.get());
                    };
            fields.add(Types.NestedField.optional(id, column.name(), type));
        }
        return new Schema(fields);
    }
}
