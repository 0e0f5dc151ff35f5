package uk.fpw.ingest.extract;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Logs the progress of reading every ten seconds. */
final class ReadProgress {

    private static final Logger LOG = LoggerFactory.getLogger(ReadProgress.class);
    private static final long EVERY_NANOS = 10_000_000_000L;

    private final String what;
    private long rows;
    private long reportedAt = System.nanoTime();

    ReadProgress(String what) {
        this.what = what;
    }

    /** Adds rows that were read. Thread-safe. */
    synchronized void add(int more) {
        rows += more;
        if (System.nanoTime() - reportedAt >= EVERY_NANOS) {
            reportedAt = System.nanoTime();
            LOG.info("{}: {} rows so far", what, String.format("%,d", rows));
        }
    }
}
