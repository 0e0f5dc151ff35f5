package uk.fpw.ingest;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Says every ten seconds how far a reading has come. */
final class Progress {

    private static final Logger LOG = LoggerFactory.getLogger(Progress.class);
    private static final long EVERY_NANOS = 10_000_000_000L;
    private static final int LOOK_EVERY_ROWS = 1000;

    private final String what;
    private long rows;
    private long saidAt = System.nanoTime();

    Progress(String what) {
        this.what = what;
    }

    void row() {
        rows++;
        if (rows % LOOK_EVERY_ROWS == 0 && System.nanoTime() - saidAt >= EVERY_NANOS) {
            saidAt = System.nanoTime();
            LOG.info("{}: {} rows so far", what, String.format("%,d", rows));
        }
    }
}
