package uk.fpw.ingest.extract;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Arrays;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;
import uk.fpw.ingest.row.RowParser;
import uk.fpw.ingest.source.SourceRow;
import uk.fpw.text.Plural;
import uk.fpw.text.Sha256;
import uk.fpw.warehouse.failure.FpwException;
import uk.fpw.warehouse.force.feed.Feed;
import uk.fpw.warehouse.store.ledger.feed.RetentionLedger;
import uk.fpw.warehouse.store.load.CurrentTable;
import uk.fpw.warehouse.store.load.key.KeyHash;
import uk.fpw.warehouse.store.load.row.FeedTables;
import uk.fpw.warehouse.store.load.row.RowVersion;

/**
 * The rows of a feed that are kept out because their items were closed before the day from which on rows are retained.
 * Such rows were removed from the warehouse, while their source still sends them. A row that is current is loaded: it
 * was not removed. So is one that is now closed later, or no longer. Thread-safe.
 *
 * <p>Uses 8 bytes per current row, once an extract has a row that was closed before that day.
 */
final class ClosedEarlier {

    private final RetentionLedger.Horizon horizon;
    private final int position;
    private final CurrentTable current;
    private final AtomicLong keptOut = new AtomicLong();
    private final AtomicLong sum = new AtomicLong();
    private long @Nullable [] currentKeys;

    private ClosedEarlier(RetentionLedger.Horizon horizon, int position, CurrentTable current) {
        this.horizon = horizon;
        this.position = position;
        this.current = current;
    }

    /**
     * The rows of a feed.
     *
     * @param current its current rows, which do not change until its load is committed
     * @throws FpwException with {@code CONFIGURATION} if the feed no longer has the column with the day of closing
     */
    static ClosedEarlier of(Feed feed, RetentionLedger.Horizon horizon, CurrentTable current) {
        int position = feed.columns().stream().map(Feed.Column::name).toList().indexOf(horizon.closedColumn());
        if (position < 0) {
            throw FpwException.configuration("feeds/" + feed.name() + ".yml: there is no column '"
                    + horizon.closedColumn() + "': rows that were closed by it before " + horizon.retainedFrom()
                    + " were removed, and would be loaded again; add it");
        }
        return new ClosedEarlier(horizon, position, current);
    }

    /** Whether a row is kept out. */
    boolean isKeptOut(SourceRow row, RowParser parser) {
        Object closed = parser.value(row, position);
        LocalDate closedOn = closed instanceof Instant time
                ? LocalDate.ofInstant(time, horizon.zone())
                : closed instanceof LocalDate day ? day : null;
        if (closedOn == null || !closedOn.isBefore(horizon.retainedFrom())) {
            return false;
        }
        String key = parser.key(row);
        if (key == null || Arrays.binarySearch(currentKeys(), KeyHash.of(key)) >= 0) {
            return false;
        }
        keptOut.incrementAndGet();
        sum.addAndGet(hash(key, parser.read(row, key).version()));
        return true;
    }

    /** Equal for equal rows in each process, unlike a {@link KeyHash}. */
    private static long hash(String key, @Nullable RowVersion version) {
        return ByteBuffer.wrap(Sha256.of(key + '\0' + (version == null ? "" : version.rowHash())))
                .getLong();
    }

    /** The kept-out rows of a full extract that has been read. */
    RetentionLedger.Sent sent(LoadContext load) {
        return new RetentionLedger.Sent(load.sourceDate(), keptOut.get(), sum.get(), load.keyFingerprint());
    }

    /**
     * Whether a full extract has other rows of this kind than the last one, without saying which.
     *
     * @param last what the last full extract had; null if there was none since rows were removed last
     * @return null if they are the same, or it is not known
     */
    @Nullable
    String correctionsNote(RetentionLedger.@Nullable Sent last, RetentionLedger.Sent now) {
        if (last == null
                || !last.on().isBefore(now.on())
                || !Objects.equals(last.keyFingerprint(), now.keyFingerprint())
                || (last.count() == now.count() && last.sum() == now.sum())) {
            return null;
        }
        return "the rows that were closed before " + horizon.retainedFrom()
                + " and removed after their time (fpw retain) are not those that the source sent for " + last.on()
                + " (" + Plural.of(last.count(), "row") + " then, " + now.count()
                + " now): some were corrected, deleted or added; they stay kept out";
    }

    /** What a source that sends changes only has sent of such rows; null if nothing. */
    @Nullable
    String changesNote() {
        long count = keptOut.get();
        return count == 0
                ? null
                : Plural.of(count, "change") + " of rows that were closed before " + horizon.retainedFrom()
                        + (count == 1 ? " is" : " are")
                        + " not loaded, since these rows were removed after their time (fpw retain)";
    }

    /** Hashes of the keys of the current rows, in order. */
    private synchronized long[] currentKeys() {
        long[] keys = currentKeys;
        if (keys == null) {
            long[] read = new long[Math.toIntExact(current.rowCount())];
            int[] count = new int[1];
            current.rows()
                    .forEachValue(FeedTables.KEY, (place, key) -> read[count[0]++] = KeyHash.of(String.valueOf(key)));
            Arrays.sort(read);
            keys = read;
            currentKeys = keys;
        }
        return keys;
    }
}
