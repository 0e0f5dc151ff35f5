package uk.fpw.ingest.source;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * A reader with a read-ahead thread, so that decompression and parsing run in parallel with processing. Only for
 * sources without a cursor, since a cursor needs the last row read. Failures are thrown after the rows before them.
 */
public final class ReadAheadRows implements SourceRows {

    private static final int BATCH_ROWS = 100;
    private static final int BATCHES = 8;
    private static final long POLL_MILLIS = 100;

    private final SourceRows rows;
    private final BlockingQueue<Batch> ahead = new ArrayBlockingQueue<>(BATCHES);
    private final Thread thread;
    private volatile boolean isEnded;
    private Queue<SourceRow> taken = new ArrayDeque<>();
    private @Nullable Batch last;

    /**
     * Consecutive rows.
     *
     * @param isLast whether these are the last rows
     * @param failure failure after these rows; null if there was none
     */
    private record Batch(
            List<SourceRow> rows, boolean isLast, @Nullable Throwable failure) {}

    private ReadAheadRows(SourceRows rows) {
        this.rows = rows;
        this.thread = new Thread(this::readAhead, "read-ahead");
        thread.setDaemon(true);
    }

    /** Starts reading ahead. */
    public static SourceRows of(SourceRows rows) {
        ReadAheadRows ahead = new ReadAheadRows(rows);
        ahead.thread.start();
        return ahead;
    }

    @Override
    public @Nullable SourceRow next() {
        while (taken.isEmpty()) {
            Batch before = last;
            if (before != null) {
                rethrow(before.failure());
                return null;
            }
            Batch batch = take();
            taken = new ArrayDeque<>(batch.rows());
            last = batch.isLast() ? batch : null;
        }
        return taken.poll();
    }

    @Override
    public int width() {
        return rows.width();
    }

    @Override
    public List<String> cellColumns() {
        return rows.cellColumns();
    }

    @Override
    public String digest() {
        return rows.digest();
    }

    @Override
    public void cancel() {
        rows.cancel();
    }

    @Override
    public void close() {
        isEnded = true;
        if (last == null) {
            rows.cancel();
        }
        Closing.await(thread);
        rows.close();
    }

    private void readAhead() {
        Throwable failure = null;
        List<SourceRow> batch = new ArrayList<>(BATCH_ROWS);
        try {
            for (SourceRow row = rows.next(); row != null && !isEnded; row = rows.next()) {
                batch.add(row);
                if (batch.size() == BATCH_ROWS) {
                    put(new Batch(batch, false, null));
                    batch = new ArrayList<>(BATCH_ROWS);
                }
            }
        } catch (RuntimeException | Error failed) {
            failure = failed;
        }
        put(new Batch(batch, true, failure));
    }

    /** Waits for space, unless rows are no longer consumed. */
    private void put(Batch batch) {
        boolean isThere = false;
        while (!isThere && !isEnded) {
            try {
                isThere = ahead.offer(batch, POLL_MILLIS, TimeUnit.MILLISECONDS);
            } catch (InterruptedException nobodyDoesThat) {
                throw new IllegalStateException("the reading was interrupted", nobodyDoesThat);
            }
        }
    }

    private Batch take() {
        try {
            Batch batch = ahead.poll(POLL_MILLIS, TimeUnit.MILLISECONDS);
            while (batch == null) {
                // The last element may have been added meanwhile.
                boolean isOver = !thread.isAlive();
                batch = ahead.poll(isOver ? 0 : POLL_MILLIS, TimeUnit.MILLISECONDS);
                if (batch == null && isOver) {
                    throw new IllegalStateException("the read-ahead thread ended before the source");
                }
            }
            return batch;
        } catch (InterruptedException interrupted) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("the reading was interrupted", interrupted);
        }
    }

    private static void rethrow(@Nullable Throwable failure) {
        if (failure instanceof Error error) {
            throw error;
        }
        if (failure != null) {
            throw (RuntimeException) failure;
        }
    }
}
