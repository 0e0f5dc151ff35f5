package uk.fpw.warehouse.store.load.current;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import org.apache.iceberg.FileScanTask;
import org.apache.iceberg.Snapshot;
import org.apache.iceberg.Table;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.expressions.Expressions;
import org.jspecify.annotations.Nullable;
import uk.fpw.warehouse.failure.FpwException;
import uk.fpw.warehouse.store.load.key.IndexMemory;
import uk.fpw.warehouse.store.load.key.KeyBucket;
import uk.fpw.warehouse.store.load.key.KeyIndex;
import uk.fpw.warehouse.store.load.key.RowLocation;
import uk.fpw.warehouse.store.load.row.DeletionVectors;
import uk.fpw.warehouse.store.load.row.FeedTables;
import uk.fpw.warehouse.store.load.row.LoadFiles;
import uk.fpw.warehouse.store.load.row.RowPositions;
import uk.fpw.warehouse.store.load.row.RowVersion;

/**
 * Finds the rows of main that are not current: those that are not the latest of their key among the valid loads, and
 * deletions. Reads only keys and stamp columns. If the keys do not fit into memory, it processes parts of them with one
 * pass each.
 */
public final class CurrentRebuild {

    private final Table table;
    private final Set<String> withdrawn;
    private final LoadFiles ofWithdrawn;
    private final IndexMemory memory;

    /**
     * A rebuild from a snapshot of main. Files written by withdrawn loads are not read, as they may be damaged.
     *
     * @param withdrawn ids of withdrawn loads
     */
    public CurrentRebuild(Table table, Collection<String> withdrawn, IndexMemory memory) {
        this.table = table;
        this.withdrawn = Set.copyOf(withdrawn);
        this.ofWithdrawn = new LoadFiles(this.withdrawn);
        this.memory = memory;
    }

    /** The keys whose checksum ends with certain bits. */
    private record Part(long value, int bits) {

        boolean holds(String key) {
            return (KeyBucket.checksum(key) & ((1L << bits) - 1)) == value;
        }

        boolean isDivisible() {
            return bits < KeyBucket.CHECKSUM_BITS;
        }

        Part half(long bit) {
            return new Part(value | bit << bits, bits + 1);
        }
    }

    /**
     * Marks the rows that are not current.
     *
     * @param head the snapshot; null if there are no rows
     * @param without locations of files that are removed from main
     * @throws FpwException with {@code CONFIGURATION} if not even the keys of a single checksum fit into memory
     */
    public DeletionVectors superseded(@Nullable Snapshot head, String operation, Set<String> without) {
        DeletionVectors superseded = new DeletionVectors(table, operation);
        try {
            if (head != null) {
                List<FileScanTask> files = new ArrayList<>();
                for (FileScanTask file : RowPositions.files(table.newScan().useSnapshot(head.snapshotId()))) {
                    if (ofWithdrawn.contain(file)) {
                        if (!without.contains(file.file().location())) {
                            markAll(file, superseded);
                        }
                    } else {
                        files.add(file);
                    }
                }
                Deque<Part> parts = new ArrayDeque<>(List.of(new Part(0, 0)));
                while (!parts.isEmpty()) {
                    Part part = parts.pop();
                    if (!mark(files, part, superseded)) {
                        parts.push(part.half(1));
                        parts.push(part.half(0));
                    }
                }
            }
            superseded.finish();
            return superseded;
        } catch (IOException failed) {
            throw CurrentBranch.unreadable(table, failed);
        }
    }

    private static void markAll(FileScanTask file, DeletionVectors superseded) {
        for (long position = 0; position < file.file().recordCount(); position++) {
            superseded.mark(file, position);
        }
    }

    /** Marks the rows of a part; false if its keys do not fit. Rows marked so far are correct in either case. */
    private boolean mark(List<FileScanTask> files, Part part, DeletionVectors superseded) throws IOException {
        KeyIndex latest = new KeyIndex(memory, 0);
        try {
            RowPositions rows =
                    new RowPositions(table, FeedTables.KEY, FeedTables.SEQ, FeedTables.OP, FeedTables.LOAD_ID);
            boolean[] isFull = new boolean[1];
            for (int number = 0; number < files.size() && !isFull[0]; number++) {
                FileScanTask file = files.get(number);
                int fileNumber = number;
                rows.forEach(file, Expressions.alwaysTrue(), (row, position) -> {
                    String key = String.valueOf(row.getField(FeedTables.KEY));
                    if (isFull[0] || !part.holds(key)) {
                        return;
                    }
                    boolean counts = !withdrawn.contains(String.valueOf(row.getField(FeedTables.LOAD_ID)));
                    if (!counts || RowVersion.DELETE.equals(row.getField(FeedTables.OP))) {
                        superseded.mark(file, position);
                    }
                    if (counts
                            && !compare(
                                    latest,
                                    key,
                                    sequence(row),
                                    RowLocation.of(fileNumber, position),
                                    files,
                                    superseded)) {
                        if (!part.isDivisible()) {
                            latest.reserve(latest.size() + 1L); // Fails with a message about the required memory.
                        }
                        isFull[0] = true;
                    }
                });
            }
            return !isFull[0];
        } finally {
            latest.release();
        }
    }

    /** Marks the earlier of two versions of a key; false if the key does not fit. */
    private static boolean compare(
            KeyIndex latest,
            String key,
            long sequence,
            long place,
            List<FileScanTask> files,
            DeletionVectors superseded) {
        int known = latest.find(key);
        if (known < 0) {
            return latest.putIfItFits(key, sequence, place);
        }
        boolean isLater = sequence > latest.first(known);
        long earlier = isLater ? latest.second(known) : place;
        superseded.mark(files.get(RowLocation.file(earlier)), RowLocation.position(earlier));
        if (isLater) {
            latest.put(key, sequence, place);
        }
        return true;
    }

    private static long sequence(Record row) {
        if (row.getField(FeedTables.SEQ) instanceof Long sequence) {
            return sequence;
        }
        throw new IllegalStateException("a row of raw has no " + FeedTables.SEQ);
    }
}
