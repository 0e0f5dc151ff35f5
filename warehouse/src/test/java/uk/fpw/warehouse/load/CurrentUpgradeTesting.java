package uk.fpw.warehouse.load;

import static uk.fpw.warehouse.load.LoadTesting.add;
import static uk.fpw.warehouse.load.LoadTesting.feed;
import static uk.fpw.warehouse.load.LoadTesting.row;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.apache.iceberg.AppendFiles;
import org.apache.iceberg.FileFormat;
import org.apache.iceberg.PartitionKey;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.Schema;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.Table;
import org.apache.iceberg.catalog.Namespace;
import org.apache.iceberg.catalog.SupportsNamespaces;
import org.apache.iceberg.data.GenericFileWriterFactory;
import org.apache.iceberg.data.GenericRecord;
import org.apache.iceberg.data.InternalRecordWrapper;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.io.OutputFileFactory;
import org.apache.iceberg.io.RollingDataWriter;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import uk.fpw.warehouse.catalog.WarehouseCatalog;
import uk.fpw.warehouse.force.feed.Feed;
import uk.fpw.warehouse.lock.LockGuard;
import uk.fpw.warehouse.testing.FeedBranch;
import uk.fpw.warehouse.testing.Replacing;
import uk.fpw.warehouse.testing.TestDatabase;

/**
 * A warehouse whose current rows are in a table of their own, as the version before branches left it: {@code raw} by
 * month in Iceberg's format 2.
 */
abstract class CurrentUpgradeTesting {

    static final LockGuard HELD = () -> {};
    static final Clock CLOCK = Clock.fixed(Instant.parse("2024-06-01T01:00:00Z"), ZoneOffset.UTC);
    static final LocalDate APRIL_29 = LocalDate.of(2024, 4, 29);

    /**
     * A changed twice, B deleted and there again, C deleted by a load that was withdrawn, D deleted, E changed by the
     * load that the old table of current rows lacks.
     */
    static final List<String> CURRENT =
            List.of("A 2 load-2 5", "B 4 load-4 11", "C 1 load-1 3", "E 5 load-5 13", "G 5 load-5 14");

    @TempDir
    Path folder;

    Path warehouse;
    final Feed feed = feed();
    TestDatabase database;
    WarehouseCatalog catalog;
    long lastRow;

    /** The database of the warehouse in that folder. */
    TestDatabase database(Path warehouse) {
        return TestDatabase.embedded(warehouse);
    }

    @BeforeEach
    void oldWarehouse() throws Exception {
        folder = folder.toRealPath();
        warehouse = folder.resolve("first/kent");
        database = database(warehouse);
        database.migrate(
                "V0001__create_iceberg_catalog",
                "V0002__create_ops",
                "V0007__add_watermark",
                "V0011__release_without_a_feed",
                "V0015__withdraw",
                "V0016__count_empty_and_held_keys",
                "V0030__count_repeated_rows",
                "V0017__add_reconcile",
                "V0047__count_superseded_rows");
        open();
        Schema columns = FeedTables.schema(feed);
        Schema old = new Schema(columns.columns().subList(0, columns.columns().size() - 1));
        Table raw = catalog.create(
                "raw.devices",
                old,
                PartitionSpec.builderFor(old).month("_known_on").build(),
                Map.of());
        ((SupportsNamespaces) catalog.iceberg()).createNamespace(Namespace.of("current"));
        catalog.create(
                "current.devices",
                old,
                PartitionSpec.builderFor(old).bucket("_key", 4).build(),
                Map.of());
        append(raw, 1, row("A", 1), row("B", 1), row("C", 1), row("D", 1));
        append(raw, 2, row("A", 2), RowVersion.deleted("B", "B"), row("E", 2));
        append(raw, 3, row("A", 3), RowVersion.deleted("C", "C"), row("F", 3));
        withdraw(raw, "load-3", "load-2");
        append(raw, 4, row("B", 4), RowVersion.deleted("D", "D"));
        append(raw, 5, row("E", 5), row("G", 5));
    }

    @AfterEach
    void close() {
        if (catalog != null) { // no Docker, nothing was opened
            catalog.close();
        }
    }

    final void open() {
        catalog = WarehouseCatalog.open(database.url(), database.user(), database.password(), warehouse);
    }

    /** As the version before wrote a load. */
    void append(Table raw, int night, RowVersion... versions) throws IOException {
        LoadMetadata metadata = metadata(night);
        Map<PartitionKey, RollingDataWriter<Record>> writers = new LinkedHashMap<>();
        PartitionKey partition = new PartitionKey(raw.spec(), raw.schema());
        InternalRecordWrapper wrapper = new InternalRecordWrapper(raw.schema().asStruct());
        OutputFileFactory files = OutputFileFactory.builderFor(raw, 0, 0)
                .format(FileFormat.PARQUET)
                .operationId(metadata.loadId())
                .build();
        for (RowVersion version : versions) {
            Record row = GenericRecord.create(raw.schema());
            for (int index = 0; index < version.values().size(); index++) {
                row.set(index, version.values().get(index));
            }
            row.setField("_key", version.key());
            row.setField("_item", version.item());
            row.setField("_row_hash", version.rowHash());
            row.setField("_op", version.isDeleted() ? "delete" : "upsert");
            row.setField("_seq", ++lastRow);
            row.setField("_load_id", metadata.loadId());
            row.setField("_known_on", metadata.businessDate());
            row.setField("_loaded_at", OffsetDateTime.ofInstant(metadata.loadedAt(), ZoneOffset.UTC));
            partition.partition(wrapper.wrap(row));
            writers.computeIfAbsent(
                            partition.copy(),
                            own -> new RollingDataWriter<>(
                                    new GenericFileWriterFactory.Builder(raw)
                                            .dataFileFormat(FileFormat.PARQUET)
                                            .dataSchema(raw.schema())
                                            .build(),
                                    files,
                                    raw.io(),
                                    Long.MAX_VALUE,
                                    raw.spec(),
                                    own))
                    .write(row);
        }
        AppendFiles append = raw.newAppend();
        for (RollingDataWriter<Record> writer : writers.values()) {
            writer.close();
            writer.result().dataFiles().forEach(append::appendFile);
        }
        Map<String, String> summary =
                Load.summary("devices", metadata, counts(versions), null, HeldKeys.none(), null, null, lastRow);
        Withdrawal.carry(LoadRecords.withdrawn(raw), summary);
        summary.forEach(append::set);
        append.commit();
    }

    void withdraw(Table raw, String loadId, String restored) {
        AppendFiles nothing = raw.newFastAppend();
        Withdrawal.summary(
                        recorded(raw, loadId),
                        recorded(raw, restored),
                        "wrong file",
                        "fpw",
                        CLOCK.instant(),
                        List.of(loadId),
                        lastRow)
                .forEach(nothing::set);
        nothing.commit();
    }

    static Withdrawal.Recorded recorded(Table raw, String loadId) {
        Snapshot found = null;
        for (Snapshot snapshot : raw.snapshots()) {
            if (loadId.equals(snapshot.summary().get(Load.LOAD_ID))) {
                found = snapshot;
            }
        }
        return Withdrawal.Recorded.of(Objects.requireNonNull(found));
    }

    static void load(RawTable raw, int night, RowVersion... versions) {
        try (RawAppend append = raw.append(metadata(night))) {
            add(append, versions);
            Replacing.commit(append, counts(versions), null);
        }
    }

    static LoadMetadata metadata(int night) {
        LocalDate date = APRIL_29.plusDays(night);
        return new LoadMetadata("load-" + night, date, date, CLOCK.instant(), "devices.csv", "d".repeat(64), null);
    }

    static LoadCounts counts(RowVersion... versions) {
        long deleted = Stream.of(versions).filter(RowVersion::isDeleted).count();
        return new LoadCounts(versions.length - deleted, versions.length - deleted, 0, 0, deleted, 0);
    }

    List<String> rows(String table) {
        return FeedBranch.rows(catalog, table).stream()
                .map(row -> row.getField("_key") + " " + row.getField("n") + " " + row.getField("_load_id") + " "
                        + row.getField("_seq"))
                .sorted()
                .toList();
    }
}
