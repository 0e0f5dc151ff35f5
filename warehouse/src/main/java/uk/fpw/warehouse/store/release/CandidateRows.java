package uk.fpw.warehouse.store.release;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Function;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.FileScanTask;
import org.apache.iceberg.Files;
import org.apache.iceberg.ManageSnapshots;
import org.apache.iceberg.OverwriteFiles;
import org.apache.iceberg.Schema;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.SnapshotSummary;
import org.apache.iceberg.Table;
import org.apache.iceberg.Transaction;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.data.parquet.GenericParquetReaders;
import org.apache.iceberg.data.parquet.GenericParquetWriter;
import org.apache.iceberg.io.CloseableIterable;
import org.apache.iceberg.io.DataWriter;
import org.apache.iceberg.io.InputFile;
import org.apache.iceberg.mapping.MappingUtil;
import org.apache.iceberg.parquet.Parquet;
import org.apache.iceberg.types.Conversions;
import org.apache.iceberg.types.Types;
import org.jspecify.annotations.Nullable;
import uk.fpw.model.Models;
import uk.fpw.warehouse.message.FigureChangeRequest.Base;
import uk.fpw.warehouse.message.MetricsResult.Added;
import uk.fpw.warehouse.message.MetricsResult.TableVersion;
import uk.fpw.warehouse.store.catalog.WarehouseCatalog;
import uk.fpw.warehouse.store.lock.LockGuard;

/**
 * Adds rows to a candidate that are computed after the Spark process has ended: a plain Parquet file becomes the
 * content of a table, or is appended to the rows of an earlier release. Like all tables of a candidate, they are not
 * visible before the release. A killed attempt leaves a snapshot that expires, and is repeated.
 */
public final class CandidateRows {

    private static final String WRITE_ID = "fpw.write-id";

    /** Business date of the release that added a row. */
    private static final String ADDED_ON = "new_as_at";

    private final WarehouseCatalog catalog;
    private final LockGuard guard;

    /** Rows for the tables of a catalog. The caller holds the lock. */
    public CandidateRows(WarehouseCatalog catalog, LockGuard guard) {
        this.catalog = catalog;
        this.guard = guard;
    }

    /**
     * Replaces the content of a table.
     *
     * @param name qualified name of a table that exists and is not partitioned, such as {@code mart.settling}
     * @param file a Parquet file with the columns of the table
     * @throws UncheckedIOException if the file cannot be read or the table cannot be written
     */
    public TableVersion replace(String name, Path file) {
        Table table = catalog.load(name);
        List<DataFile> rows = write(table, List.of(Files.localInput(file.toFile())), row -> "");
        guard.check();
        String writeId = commit(CandidateBranch.replaceAll(table), rows);
        return version(name, written(table, writeId), null);
    }

    /**
     * Appends rows to those of an earlier release. Existing files are kept, except that the files of a month are merged
     * after its end. Months that no release shows any more are removed.
     *
     * @param name qualified name of one of {@link Models#history}
     * @param file a Parquet file with the columns of the table and rows of the business date only
     * @param base rows of the earlier release
     * @throws UncheckedIOException if a file cannot be read or the table cannot be written
     */
    public TableVersion add(String name, Path file, Base base, LocalDate businessDate) {
        Table table = catalog.load(name);
        Snapshot before = table.snapshot(base.snapshotId());
        LocalDate since = Models.historySince(businessDate);
        List<DataFile> leaving = new ArrayList<>();
        List<DataFile> rewritten = new ArrayList<>();
        choose(table, before, since, YearMonth.from(businessDate), leaving, rewritten);
        List<DataFile> rows = write(table, List.of(Files.localInput(file.toFile())), CandidateRows::month);
        Added added = new Added(rows.stream().mapToLong(DataFile::recordCount).sum(), base.from());
        rows.addAll(write(
                table,
                rewritten.stream()
                        .map(one -> table.io().newInputFile(one.location()))
                        .toList(),
                row -> addedOn(row).isBefore(since) ? null : month(row)));
        leaving.addAll(rewritten);
        if (rows.isEmpty() && leaving.isEmpty()) {
            return version(name, before, added);
        }
        guard.check();
        Transaction transaction = table.newTransaction();
        ManageSnapshots branch = transaction.manageSnapshots();
        if (table.refs().containsKey(CandidateBranch.NAME)) {
            branch.replaceBranch(CandidateBranch.NAME, before.snapshotId()).commit();
        } else {
            branch.createBranch(CandidateBranch.NAME, before.snapshotId()).commit();
        }
        OverwriteFiles overwrite = transaction.newOverwrite().toBranch(CandidateBranch.NAME);
        leaving.forEach(overwrite::deleteFile);
        String writeId = commit(overwrite, rows);
        transaction.commitTransaction();
        return version(name, written(table, writeId), added);
    }

    private static String commit(OverwriteFiles overwrite, List<DataFile> rows) {
        String writeId = UUID.randomUUID().toString();
        rows.forEach(overwrite::addFile);
        overwrite.set(WRITE_ID, writeId);
        overwrite.commit();
        return writeId;
    }

    private static Snapshot written(Table table, String writeId) {
        table.refresh();
        for (Snapshot snapshot : CandidateBranch.history(table)) {
            if (writeId.equals(snapshot.summary().get(WRITE_ID))) {
                return snapshot;
            }
        }
        throw new IllegalStateException(
                table.name() + " has no snapshot of this run although it was just written; run again");
    }

    private static TableVersion version(String name, Snapshot snapshot, @Nullable Added added) {
        String count = snapshot.summary().get(SnapshotSummary.TOTAL_RECORDS_PROP);
        return new TableVersion(name, snapshot.snapshotId(), Long.parseLong(count), null, added);
    }

    /**
     * Selects files of an earlier snapshot to remove or rewrite.
     *
     * @param month month of the candidate
     * @param leaving receives files whose rows no release shows any more
     * @param rewritten receives files of a past month with several files, and files of several months, as written by an
     *     earlier version; all files if a column was added to the table since, because releases are read from files
     *     alone
     */
    private static void choose(
            Table table,
            Snapshot before,
            LocalDate since,
            YearMonth month,
            List<DataFile> leaving,
            List<DataFile> rewritten) {
        boolean hasOtherColumns =
                !Objects.equals(before.schemaId(), table.schema().schemaId());
        SortedMap<YearMonth, List<DataFile>> ended = new TreeMap<>();
        try (CloseableIterable<FileScanTask> tasks = table.newScan()
                .useSnapshot(before.snapshotId())
                .includeColumnStats()
                .planFiles()) {
            for (FileScanTask task : tasks) {
                DataFile file = task.file();
                LocalDate first = bound(table, file.lowerBounds());
                LocalDate last = bound(table, file.upperBounds());
                if (last.isBefore(since)) {
                    leaving.add(file);
                } else if (hasOtherColumns || !YearMonth.from(first).equals(YearMonth.from(last))) {
                    rewritten.add(file);
                } else if (YearMonth.from(last).isBefore(month)) {
                    ended.computeIfAbsent(YearMonth.from(last), none -> new ArrayList<>())
                            .add(file);
                }
            }
        } catch (IOException failed) {
            throw new UncheckedIOException("cannot list the files of " + table.name(), failed);
        }
        ended.values().stream().filter(files -> files.size() > 1).forEach(rewritten::addAll);
    }

    private static LocalDate bound(Table table, Map<Integer, ByteBuffer> bounds) {
        int id = table.schema().findField(ADDED_ON).fieldId();
        Integer days = Conversions.fromByteBuffer(Types.DateType.get(), Objects.requireNonNull(bounds.get(id)));
        return LocalDate.ofEpochDay(days);
    }

    private static LocalDate addedOn(Record row) {
        return (LocalDate) row.getField(ADDED_ON);
    }

    private static String month(Record row) {
        return YearMonth.from(addedOn(row)) + "-";
    }

    /**
     * Copies rows to one file per name that the function returns; rows with null are left out. Columns are found by
     * name if the files were written by another program without the table's field ids.
     */
    private static List<DataFile> write(Table table, List<InputFile> files, Function<Record, @Nullable String> fileOf) {
        Schema schema = table.schema();
        SortedMap<String, DataWriter<Record>> writers = new TreeMap<>();
        try {
            try {
                for (InputFile file : files) {
                    try (CloseableIterable<Record> rows = Parquet.read(file)
                            .project(schema)
                            .withNameMapping(MappingUtil.create(schema))
                            .createReaderFunc(type -> GenericParquetReaders.buildReader(schema, type))
                            .build()) {
                        for (Record row : rows) {
                            String name = fileOf.apply(row);
                            if (name != null) {
                                writers.computeIfAbsent(name, first -> writer(table, first))
                                        .write(row);
                            }
                        }
                    }
                }
            } finally {
                for (DataWriter<Record> writer : writers.values()) {
                    writer.close();
                }
            }
        } catch (IOException failed) {
            throw new UncheckedIOException("cannot write a file of " + table.name(), failed);
        }
        List<DataFile> written = new ArrayList<>();
        writers.values().forEach(writer -> written.add(writer.toDataFile()));
        return written;
    }

    private static DataWriter<Record> writer(Table table, String name) {
        String location = table.locationProvider().newDataLocation(name + UUID.randomUUID() + ".parquet");
        try {
            return Parquet.writeData(table.io().newOutputFile(location))
                    .forTable(table)
                    .withSpec(table.spec())
                    .createWriterFunc(type -> GenericParquetWriter.create(table.schema(), type))
                    .build();
        } catch (IOException failed) {
            throw new UncheckedIOException("cannot write " + location, failed);
        }
    }
}
