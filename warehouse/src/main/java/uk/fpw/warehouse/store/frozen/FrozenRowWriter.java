package uk.fpw.warehouse.store.frozen;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.UUID;
import org.apache.iceberg.FileFormat;
import org.apache.iceberg.OverwriteFiles;
import org.apache.iceberg.PartitionKey;
import org.apache.iceberg.PartitionSpec;
import org.apache.iceberg.Table;
import org.apache.iceberg.data.GenericFileWriterFactory;
import org.apache.iceberg.data.GenericRecord;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.encryption.EncryptedFiles;
import org.apache.iceberg.expressions.Expression;
import org.apache.iceberg.expressions.Expressions;
import org.apache.iceberg.io.DataWriter;
import org.jspecify.annotations.Nullable;
import uk.fpw.model.FrozenTables;
import uk.fpw.model.Models;
import uk.fpw.warehouse.force.Force;
import uk.fpw.warehouse.store.catalog.WarehouseCatalog;
import uk.fpw.warehouse.store.ledger.Release;
import uk.fpw.warehouse.store.lock.LockGuard;
import uk.fpw.warehouse.store.release.ReleaseTableReader;

/**
 * Keeps the rows of a release about periods that cannot be computed again once items are removed, in
 * {@link FrozenRowTable}. To be called before the items go; until then nothing reads the added rows. They are added in
 * one commit, and a repeated call replaces those of an earlier one after which no items were removed.
 */
public final class FrozenRowWriter {

    /** The business date of the release is at least as many years after the day before which items go. */
    private static final int FEWEST_YEARS = 2;

    private final WarehouseCatalog catalog;
    private final LockGuard guard;

    /** Rows for the table of a catalog. The caller holds the lock. */
    public FrozenRowWriter(WarehouseCatalog catalog, LockGuard guard) {
        this.catalog = catalog;
        this.guard = guard;
    }

    /**
     * Adds rows of the current release. Rows that releases copy already are not touched.
     *
     * @param before by feed, the day before which items that were closed have been removed already; without feeds of
     *     which none were
     * @param retainedFrom by feed, the day before which items that were closed are to be removed, or have been; without
     *     feeds of which none are
     * @return number of added rows
     * @throws IllegalArgumentException if such a day is less than two years before the business date of the release, so
     *     that a period, such as a financial year, had not ended
     * @throws uk.fpw.warehouse.failure.FpwException with {@code UNAVAILABLE} if the release cannot be read
     */
    public long write(
            Force force, Release current, Map<String, LocalDate> before, Map<String, LocalDate> retainedFrom) {
        retainedFrom.forEach((feed, day) -> {
            if (day.plusYears(FEWEST_YEARS).isAfter(current.businessDate())) {
                throw new IllegalArgumentException("feed " + feed + ": items that were closed before " + day
                        + " cannot be removed yet: not all periods of release " + current.releaseId() + " had ended");
            }
        });
        Map<String, LocalDate> copied = FrozenRowTable.to(force, before);
        Map<String, LocalDate> to = FrozenRowTable.to(force, retainedFrom);
        if (to.isEmpty()) {
            return 0;
        }
        Added added = new Added(current, table(), to, new FrozenRowTable(catalog).from(copied));
        new TreeMap<>(FrozenTables.STARTS).forEach(added::read);
        return added.commit(copied);
    }

    private Table table() {
        guard.check();
        Table table = catalog.find(FrozenRowTable.NAME);
        return table != null
                ? table
                : catalog.create(
                        FrozenRowTable.NAME,
                        FrozenRowTable.SCHEMA,
                        PartitionSpec.builderFor(FrozenRowTable.SCHEMA)
                                .identity(FrozenRowTable.QUEUE)
                                .build(),
                        Map.of());
    }

    /** The rows to be added, in a file for each queue. */
    private final class Added {

        private final Release release;
        private final Table table;
        private final Map<String, LocalDate> to;
        private final Map<FrozenRowTable.Version, LocalDate> from;
        private final LocalDate latest;
        private final Map<String, DataWriter<Record>> files = new TreeMap<>();
        private long count;

        /**
         * @param to by queue, first day of the periods that are not added
         * @param from by queue and version, first day of those that are; without versions of which all earlier ones are
         */
        Added(Release release, Table table, Map<String, LocalDate> to, Map<FrozenRowTable.Version, LocalDate> from) {
            this.release = release;
            this.table = table;
            this.to = to;
            this.from = from;
            this.latest = to.values().stream().max(LocalDate::compareTo).orElseThrow();
        }

        /** Adds the rows of a table. */
        void read(String mart, String start) {
            if (release.table(mart) != null) {
                new ReleaseTableReader(catalog)
                        .forEach(
                                release,
                                mart,
                                Models.find(mart).orElseThrow().columnNames(),
                                Expressions.lessThan(start, latest.toString()),
                                row -> add(mart, (LocalDate) Objects.requireNonNull(row.get(start), start), row));
            }
        }

        private void add(String mart, LocalDate start, Map<String, @Nullable Object> row) {
            String queue = text(row, FrozenRowTable.QUEUE);
            int version = (Integer) Objects.requireNonNull(row.get(FrozenRowTable.QUEUE_VERSION), queue);
            LocalDate end = to.get(queue);
            LocalDate begin = from.get(new FrozenRowTable.Version(queue, version));
            if (end == null || !start.isBefore(end) || (begin != null && start.isBefore(begin))) {
                return;
            }
            Map<String, String> values = new HashMap<>();
            row.forEach((column, value) -> {
                if (value != null
                        && !FrozenRowTable.STATED_ANEW.contains(column)
                        && FrozenRowTable.SCHEMA.findField(column) == null) {
                    values.put(column, value.toString());
                }
            });
            Record record = GenericRecord.create(FrozenRowTable.SCHEMA);
            record.setField(FrozenRowTable.TABLE, mart);
            record.setField(FrozenRowTable.QUEUE, queue);
            record.setField(FrozenRowTable.QUEUE_VERSION, version);
            record.setField(FrozenRowTable.SLICE, text(row, FrozenRowTable.SLICE));
            record.setField(FrozenRowTable.SLICE_VALUE, text(row, FrozenRowTable.SLICE_VALUE));
            record.setField(FrozenRowTable.PERIOD_START, start);
            record.setField(FrozenRowTable.FROZEN_TO, end);
            record.setField(FrozenRowTable.RELEASE_ID, release.releaseId().value());
            record.setField(FrozenRowTable.VALUES, values);
            files.computeIfAbsent(queue, first -> file(record)).write(record);
            count++;
        }

        private DataWriter<Record> file(Record first) {
            PartitionKey partition = new PartitionKey(table.spec(), table.schema());
            partition.partition(first);
            String location =
                    table.locationProvider().newDataLocation(table.spec(), partition, UUID.randomUUID() + ".parquet");
            return new GenericFileWriterFactory.Builder(table)
                    .dataFileFormat(FileFormat.PARQUET)
                    .dataSchema(table.schema())
                    .build()
                    .newDataWriter(
                            EncryptedFiles.plainAsEncryptedOutput(table.io().newOutputFile(location)),
                            table.spec(),
                            partition);
        }

        /**
         * Commits them, in place of those of an earlier call that no release copies.
         *
         * @param copied by queue, up to which day rows are copied already
         * @return their number
         */
        long commit(Map<String, LocalDate> copied) {
            Expression replaced = Expressions.alwaysFalse();
            for (String queue : to.keySet()) {
                LocalDate own = copied.get(queue);
                replaced = Expressions.or(
                        replaced,
                        Expressions.and(
                                Expressions.equal(FrozenRowTable.QUEUE, queue),
                                own == null
                                        ? Expressions.alwaysTrue()
                                        : Expressions.greaterThan(FrozenRowTable.FROZEN_TO, own.toString())));
            }
            OverwriteFiles overwrite = table.newOverwrite().overwriteByRowFilter(replaced);
            for (DataWriter<Record> file : files.values()) {
                try {
                    file.close();
                } catch (IOException failed) {
                    throw new UncheckedIOException("cannot write a file of " + FrozenRowTable.NAME, failed);
                }
                overwrite.addFile(file.toDataFile());
            }
            guard.check();
            overwrite.commit();
            return count;
        }
    }

    /** A text; {@code all} for the slice of a table without slices. */
    private static String text(Map<String, @Nullable Object> row, String column) {
        return String.valueOf(row.getOrDefault(column, "all"));
    }
}
