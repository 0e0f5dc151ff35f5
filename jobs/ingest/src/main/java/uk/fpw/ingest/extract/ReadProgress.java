package uk.fpw.ingest.extract;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Says every ten seconds how far a reading has come. */
final class ReadProgress {

    private static final Logger LOG = LoggerFactory.getLogger(ReadProgress.class);
    private static final long EVERY_NANOS = 10_000_000_000L;

    private final String what;
    private long rows;
    private long reportedAt = System.nanoTime();

    ReadProgress(String what) {
        this.what = what;
    }

    /** Counts rows that were read, in whichever thread. */
    synchronized void add(int more) {
        rows += more;
        if (System.nanoTime() - reportedAt >= EVERY_NANOS) {
            reportedAt = System.nanoTime();
            LOG.info("{}: {} rows so far", what, String.format("%,d", rows));
        }
    }
}
