package uk.fpw.warehouse.load;

import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import org.apache.iceberg.AppendFiles;
import org.apache.iceberg.ContentFile;
import org.apache.iceberg.Table;
import org.apache.iceberg.data.GenericRecord;
import org.apache.iceberg.data.Record;
import org.apache.iceberg.exceptions.CleanableFailure;
import org.jspecify.annotations.Nullable;
import uk.fpw.warehouse.force.Feed;
import uk.fpw.warehouse.lock.LockGuard;
import uk.fpw.warehouse.run.NightFailure;

/**
 * One load on its way to {@code raw}. Closing it without a commit deletes the data files that it wrote, as far as that can be done; a process that is killed leaves
 * them behind, where no table refers to them.
 */
public final class RawAppend implements AutoCloseable {

    private final Table table;
    private final Feed feed;
    private final LockGuard guard;
    private final LoadStamp stamp;
    private final OffsetDateTime loadedAt;
    private final PartitionedRows rows;
    private final List<String> withdrawn;
    private final long rowsBefore;
    private long lastRow;
    private boolean closed;

    /**
     * Begins to write.
     *
     * @param withdrawn ids of every load of the feed that was taken back, carried on in the record of this one
     */
    RawAppend(Table table, Feed feed, LockGuard guard, LoadStamp stamp, long lastRow, List<String> withdrawn) {
        this.table = table;
        this.feed = feed;
        this.guard = guard;
        this.stamp = stamp;
        this.loadedAt = stamp.loadedAt().truncatedTo(ChronoUnit.MICROS).atOffset(ZoneOffset.UTC);
        this.rows = new PartitionedRows(table, stamp.loadId());
        this.rowsBefore = lastRow;
        this.lastRow = lastRow;
        this.withdrawn = withdrawn;
    }

    /** Writes one version, after those that were written before. */
    public void add(RowVersion version) {
        write(version, lastRow + 1);
    }

    /**
     * Writes one version at its place in the extract, in which order versions need not come.
     *
     * @param number place in the extract, from 1
     */
    public void add(RowVersion version, long number) {
        write(version, rowsBefore + number);
    }

    private void write(RowVersion version, long sequence) {
        Record row = GenericRecord.create(table.schema());
        List<Feed.Column> columns = feed.columns();
        for (int index = 0; index < version.values().size(); index++) {
            Object value = version.values().get(index);
            if (value != null) {
                row.setField(columns.get(index).name(), stored(value));
            }
        }
        lastRow = Math.max(lastRow, sequence);
        row.setField(FeedTables.KEY, version.key());
        row.setField(FeedTables.ITEM, version.item());
        row.setField(FeedTables.OP, version.isDeleted() ? RowVersion.DELETE : RowVersion.UPSERT);
        row.setField(FeedTables.SEQ, sequence);
        row.setField(FeedTables.LOAD_ID, stamp.loadId());
        row.setField(FeedTables.KNOWN_ON, stamp.businessDate());
        row.setField(FeedTables.LOADED_AT, loadedAt);
        setUnlessNull(row, FeedTables.ROW_HASH, version.rowHash());
        setUnlessNull(row, FeedTables.LINE, version.line());
        setUnlessNull(row, FeedTables.FLAGS, version.flags());
        rows.write(row);
    }

    /**
     * Makes the load visible, with its record. This is the commit of record: after it the load has happened.
     *
     * @param watermark up to where changes are known; null if they are not found by a cursor
     * @return the load as {@code raw} records it
     */
    public Load commit(LoadCounts counts, @Nullable Watermark watermark) {
        return commit(counts, null, HeldKeys.none(), watermark, null);
    }

    /**
     * The same, with all that is known of the load.
     *
     * @param changes what it does to the rows known before; null if that is not known
     * @param held current rows that the whole source did not have and that are not deleted yet
     * @param reconciled when the feed was last compared with the whole of its source; null if never, or if it is no feed of changes in a database
     */
    public Load commit(
            LoadCounts counts,
            @Nullable RowChanges changes,
            HeldKeys held,
            @Nullable Watermark watermark,
            @Nullable LastReconcile reconciled) {
        List<? extends ContentFile<?>> files = rows.finish();
        try {
            AppendFiles append = table.newAppend();
            rows.dataFiles().forEach(append::appendFile);
            Map<String, String> summary =
                    Load.summary(feed.name(), stamp, counts, changes, held, watermark, reconciled, lastRow);
            Withdrawal.carry(withdrawn, summary);
            summary.forEach(append::set);
            Load load = Load.of(Commits.commit(table, append, guard, Load.LOAD_ID, stamp.loadId()));
            closed = true;
            if (load == null) {
                throw new IllegalStateException("load " + stamp.loadId() + " has no record");
            }
            return load;
        } catch (RuntimeException failure) {
            if (!closed && (failure instanceof CleanableFailure || failure instanceof NightFailure)) {
                PartitionedRows.delete(table, files);
            }
            closed = true;
            throw failure;
        }
    }

    /** Gives up, unless the load was committed. */
    @Override
    public void close() {
        if (!closed) {
            closed = true;
            rows.abandon();
        }
    }

    private static void setUnlessNull(Record row, String field, @Nullable Object value) {
        if (value != null) {
            row.setField(field, value);
        }
    }

    private static Object stored(Object value) {
        return value instanceof Instant instant ? instant.atOffset(ZoneOffset.UTC) : value;
    }
}
