package uk.fpw.warehouse.store.frozen;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import org.apache.iceberg.FileFormat;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.Schema;
import org.apache.iceberg.Table;
import org.apache.iceberg.data.GenericFileWriterFactory;
import org.apache.iceberg.data.GenericRecord;
import org.apache.iceberg.data.IcebergGenerics;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.encryption.EncryptedFiles;
import org.apache.iceberg.expressions.Expressions;
import org.apache.iceberg.io.CloseableIterable;
import org.apache.iceberg.io.DataWriter;
import org.apache.iceberg.types.Types;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import uk.fpw.layout.ReleaseId;
import uk.fpw.layout.RunId;
import uk.fpw.warehouse.force.Force;
import uk.fpw.warehouse.force.ForceFolder;
import uk.fpw.warehouse.force.FrozenQueue;
import uk.fpw.warehouse.store.catalog.WarehouseCatalog;
import uk.fpw.warehouse.store.ledger.Release;
import uk.fpw.warehouse.testing.TestDatabase;

class FrozenRowWriterIT {

    private static final String DAYS = "mart.queue_daily";
    private static final Schema SCHEMA = new Schema(
            Types.NestedField.optional(1, "force", Types.StringType.get()),
            Types.NestedField.optional(2, "queue", Types.StringType.get()),
            Types.NestedField.optional(3, "queue_version", Types.IntegerType.get()),
            Types.NestedField.optional(4, "slice", Types.StringType.get()),
            Types.NestedField.optional(5, "slice_value", Types.StringType.get()),
            Types.NestedField.optional(6, "day", Types.DateType.get()),
            Types.NestedField.optional(7, "left_count", Types.LongType.get()),
            Types.NestedField.optional(8, "is_partial", Types.BooleanType.get()),
            Types.NestedField.optional(9, "past_standard_count", Types.LongType.get()),
            Types.NestedField.optional(10, "release_id", Types.StringType.get()));

    @TempDir
    private Path folder;

    private final Force force = ForceFolder.read(Path.of("../examples/boston-311"));
    private WarehouseCatalog catalog;
    private FrozenRowWriter writer;

    @BeforeEach
    void open() throws Exception {
        TestDatabase database = TestDatabase.embedded(folder);
        database.baseline();
        catalog = WarehouseCatalog.open(database.url(), database.user(), database.password(), folder);
        writer = new FrozenRowWriter(catalog, () -> {});
    }

    @AfterEach
    void close() {
        catalog.close();
    }

    @Test
    void rowsOfPeriodsThatAreNotComputedAgainAreKeptOnceAndThoseThatAreCopiedNeverChange() throws IOException {
        String queue = force.queues().get(0).name();
        int version = force.queues().get(0).version();
        Map<String, LocalDate> first = Map.of("requests", LocalDate.of(2016, 1, 1)); // computed again from May
        Map<String, LocalDate> second = Map.of("requests", LocalDate.of(2016, 2, 1)); // from June
        Release one = release(
                "2019-01-31.1",
                row(queue, version, "all", "all", "2016-04-30", 1),
                row(queue, version, "department", "Works", "2016-03-01", 2),
                row(queue, version, "all", "all", "2016-05-01", 3),
                row("another", 1, "all", "all", "2016-04-30", 9));

        assertThat(writer.write(force, one, Map.of(), first)).isEqualTo(2);
        List<String> ofOne = List.of(
                queue + " all all 2016-04-30 to 2016-05-01 of 2019-01-31.1: {day=2016-04-30, is_partial=false,"
                        + " left_count=1}",
                queue + " department Works 2016-03-01 to 2016-05-01 of 2019-01-31.1: {day=2016-03-01,"
                        + " is_partial=false, left_count=2}");
        assertThat(rows()).isEqualTo(ofOne);
        // nothing has been removed yet
        assertThat(new FrozenRowTable(catalog).queues(force, Map.of())).isEmpty();
        assertThat(new FrozenRowTable(catalog).queues(force, first))
                .containsExactly(Map.entry(
                        queue,
                        new FrozenQueue(
                                LocalDate.of(2016, 3, 1),
                                LocalDate.of(2016, 5, 1),
                                "2019-01-31.1",
                                List.of(
                                        new FrozenQueue.Series("all", "all"),
                                        new FrozenQueue.Series("department", "Works")))));
        // done again
        assertThat(writer.write(force, one, first, first)).isZero();
        assertThat(rows()).isEqualTo(ofOne);

        // two attempts, between which a day was corrected; what is copied stays
        writer.write(force, release("2019-02-28.1", row(queue, version, "all", "all", "2016-05-31", 4)), first, second);
        Release corrected = release(
                "2019-03-01.1",
                row(queue, version, "all", "all", "2016-04-30", 7),
                row(queue, version, "all", "all", "2016-05-31", 5));
        assertThat(new FrozenRowTable(catalog).queues(force, first).get(queue))
                .extracting(FrozenQueue::to)
                .isEqualTo(LocalDate.of(2016, 5, 1));
        assertThat(writer.write(force, corrected, first, second)).isEqualTo(1);

        List<String> ofBoth = new ArrayList<>(ofOne);
        ofBoth.add(
                1,
                queue + " all all 2016-05-31 to 2016-06-01 of 2019-03-01.1: {day=2016-05-31, is_partial=false,"
                        + " left_count=5}");
        assertThat(rows()).isEqualTo(ofBoth);
        assertThat(new FrozenRowTable(catalog).queues(force, second).get(queue))
                .extracting(FrozenQueue::to, FrozenQueue::releaseId)
                .containsExactly(LocalDate.of(2016, 6, 1), "2019-03-01.1");
        // computed again from the same day on, but of another version nothing was kept before
        assertThat(writer.write(
                        force,
                        release("2019-04-01.1", row(queue, version + 1, "all", "all", "2016-02-01", 6)),
                        second,
                        Map.of("requests", LocalDate.of(2016, 3, 1))))
                .isEqualTo(1);
        assertThat(rows()).containsAll(ofBoth).hasSize(4);
    }

    @Test
    void periodsThatHaveNotEndedAreNotKept() throws IOException {
        Release release = release("2017-12-31.1");

        assertThatThrownBy(() -> writer.write(force, release, Map.of(), Map.of("requests", LocalDate.of(2016, 1, 1))))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("feed requests: items that were closed before 2016-01-01 cannot be removed yet: not all "
                        + "periods of release 2017-12-31.1 had ended");
    }

    private static Record row(String queue, int version, String slice, String value, String day, long left) {
        Record row = GenericRecord.create(SCHEMA);
        row.setField("force", "boston");
        row.setField("queue", queue);
        row.setField("queue_version", version);
        row.setField("slice", slice);
        row.setField("slice_value", value);
        row.setField("day", LocalDate.parse(day));
        row.setField("left_count", left);
        row.setField("is_partial", false);
        row.setField("release_id", "any");
        return row;
    }

    /** A release with these days. */
    private Release release(String id, Record... rows) throws IOException {
        Table table = catalog.find(DAYS);
        if (table == null) {
            table = catalog.create(DAYS, SCHEMA, PartitionSpec.unpartitioned(), Map.of());
        }
        DataWriter<Record> writer = writer(table, id);
        try (writer) {
            for (Record row : rows) {
                writer.write(row);
            }
        }
        table.newOverwrite()
                .overwriteByRowFilter(Expressions.alwaysTrue())
                .addFile(writer.toDataFile())
                .commit();
        ReleaseId releaseId = ReleaseId.of(id);
        return new Release(
                releaseId,
                RunId.of("2019-01-31-20190201T040000-0a1b"),
                LocalDate.parse(id.substring(0, 10)),
                Instant.EPOCH,
                "1",
                "",
                null,
                "",
                null,
                List.of(new Release.Table(DAYS, table.currentSnapshot().snapshotId(), rows.length, "")),
                List.of());
    }

    private static DataWriter<Record> writer(Table table, String name) {
        String location = table.locationProvider().newDataLocation(name + ".parquet");
        return new GenericFileWriterFactory.Builder(table)
                .dataFileFormat(FileFormat.PARQUET)
                .dataSchema(table.schema())
                .build()
                .newDataWriter(
                        EncryptedFiles.plainAsEncryptedOutput(table.io().newOutputFile(location)), table.spec(), null);
    }

    private List<String> rows() throws IOException {
        List<String> rows = new ArrayList<>();
        try (CloseableIterable<Record> all =
                IcebergGenerics.read(catalog.load(FrozenRowTable.NAME)).build()) {
            for (Record row : all) {
                assertThat(row.getField(FrozenRowTable.TABLE)).isEqualTo(DAYS);
                rows.add(row.getField(FrozenRowTable.QUEUE) + " " + row.getField(FrozenRowTable.SLICE) + " "
                        + row.getField(FrozenRowTable.SLICE_VALUE) + " " + row.getField(FrozenRowTable.PERIOD_START)
                        + " to " + row.getField(FrozenRowTable.FROZEN_TO) + " of "
                        + row.getField(FrozenRowTable.RELEASE_ID) + ": {"
                        + String.join(
                                ", ",
                                new TreeSet<>(((Map<?, ?>) row.getField(FrozenRowTable.VALUES))
                                        .entrySet().stream()
                                                .map(Object::toString)
                                                .toList()))
                        + "}");
            }
        }
        rows.sort(null);
        return rows;
    }
}
