package uk.fpw.warehouse.store.load;

import java.util.List;
import org.apache.iceberg.DataFile;
import org.apache.iceberg.Table;
import uk.fpw.warehouse.force.feed.Feed;
import uk.fpw.warehouse.store.load.current.BucketDigests;
import uk.fpw.warehouse.store.load.key.KeyBucket;
import uk.fpw.warehouse.store.load.row.LoadMetadata;
import uk.fpw.warehouse.store.load.row.RowFiles;
import uk.fpw.warehouse.store.load.row.RowVersion;
import uk.fpw.warehouse.store.load.row.VersionRecord;

/**
 * Writes new and changed rows of one load to data files, which are not visible before {@link RawAppend#commit}. Not
 * thread-safe.
 */
public final class RawWriter {

    private final Feed feed;
    private final VersionRecord record;
    private final RowFiles rows;
    private final BucketDigests digests;
    private final long rowsBefore;
    private long lastRow;

    RawWriter(Table table, Feed feed, LoadMetadata metadata, long rowsBefore) {
        this.feed = feed;
        this.record = new VersionRecord(table.schema(), feed, metadata);
        this.rows = new RowFiles(table, metadata.loadId());
        this.digests = new BucketDigests(feed);
        this.rowsBefore = rowsBefore;
        this.lastRow = rowsBefore;
    }

    /**
     * Writes one version that is not a deletion.
     *
     * @param number 1-based position in the extract; versions may come in any order
     */
    public void add(RowVersion version, long number) {
        String rowHash = version.rowHash();
        if (rowHash == null) {
            throw new IllegalArgumentException("a version with a deleted row is not written here");
        }
        long sequence = rowsBefore + number;
        lastRow = Math.max(lastRow, sequence);
        int bucket = KeyBucket.of(feed, version.key());
        digests.add(bucket, version.key(), rowHash);
        rows.write(record.of(version, sequence, bucket));
    }

    /** Largest {@code _seq} used. */
    long lastRow() {
        return lastRow;
    }

    /** Digests of the rows written. */
    BucketDigests digests() {
        return digests;
    }

    List<DataFile> finish() {
        return rows.finish();
    }

    void abandon() {
        rows.abandon();
    }
}
