package uk.fpw.nightly.site;

import java.time.Duration;
import java.util.Locale;
import uk.fpw.warehouse.store.ledger.Release;

/**
 * The most time and memory that the program that makes pages may take, derived from what it reads. A program that takes
 * longer hangs.
 *
 * <p>44 queues with 300 values of an attribute over ten years (62 million rows) took 38 seconds of one processor, and a
 * heap of 128 MB was enough; 11 queues (0.2 million rows) took 9 seconds, and 40 MB were enough. The limits are
 * more than ten times that time and four times that heap, for machines that are slower or busy.
 *
 * @param queues queues and stages, each of which has a page
 * @param rows rows of the tables that pages are made of, which are queues times periods times values of attributes
 */
record PageLimits(long queues, long rows) {

    private static final Duration LEAST = Duration.ofMinutes(3);
    private static final Duration OF_QUEUE = Duration.ofSeconds(5);
    private static final long ROWS_OF_SECOND = 1_000_000;

    private static final long LEAST_MEGABYTES = 512;
    private static final long MEGABYTES_OF_ALL = 128;
    private static final long MEGABYTES_OF_QUEUE = 8;

    /** The limits for a release. */
    static PageLimits of(Release release) {
        long queues = 0;
        long rows = 0;
        for (Release.Table table : release.tables()) {
            if (table.name().equals("mart.dim_queue")) {
                queues = table.rowCount();
            }
            if (table.name().startsWith("mart.")) {
                rows += table.rowCount();
            }
        }
        return new PageLimits(queues, rows);
    }

    /** 3 minutes, 5 seconds for each queue and 1 second for each million rows. */
    Duration time() {
        return LEAST.plus(OF_QUEUE.multipliedBy(queues)).plusSeconds(rows / ROWS_OF_SECOND);
    }

    /** 128 MB and 8 MB for each queue, but at least 512 MB, as an option of its JVM. */
    String heap() {
        return "-Xmx" + Math.max(LEAST_MEGABYTES, MEGABYTES_OF_ALL + MEGABYTES_OF_QUEUE * queues) + "m";
    }

    /** What they are derived from, in words. */
    String words() {
        return String.format(Locale.ROOT, "the most for %,d queues and %,d rows", queues, rows);
    }
}
