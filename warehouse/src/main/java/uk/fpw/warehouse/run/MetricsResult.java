package uk.fpw.warehouse.run;

import java.util.List;
import org.jspecify.annotations.Nullable;
import uk.fpw.warehouse.force.Mistake;

/**
 * What the Spark process answers.
 *
 * @param tables the candidate: every {@code core} and {@code mart} table with the snapshot that was written
 * @param accounts current = used + excluded, per feed
 * @param coverage how far each feed of the force was known when the candidate was computed
 * @param quality every test of every model, passed or not
 * @param mistakes what is wrong with the force folder (staging SQL, rules, queues); no candidate then
 * @param failure what went wrong otherwise, in one sentence; null if nothing did
 * @param timings where the seconds went, in order
 */
public record MetricsResult(
        List<TableVersion> tables,
        List<FeedAccount> accounts,
        List<FeedCoverage> coverage,
        List<QualityResult> quality,
        List<Mistake> mistakes,
        @Nullable String failure,
        List<Timing> timings) {

    /**
     * One table of the candidate.
     *
     * @param table name such as {@code mart.queue_daily}
     * @param snapshotId Iceberg snapshot; -1 for a table without any
     * @param rowCount rows in the snapshot
     * @param digest SHA-256 (hex) of the sorted rows without {@code release_id} and clock times
     */
    public record TableVersion(String table, long snapshotId, long rowCount, String digest) {}

    /**
     * Where the current rows of a feed went.
     *
     * @param currentCount rows in {@code current}
     * @param usedCount rows whose item is in core
     * @param excluded rows left out, by reason code; the counts add up to {@code currentCount - usedCount}
     */
    public record FeedAccount(String feed, long currentCount, long usedCount, List<Excluded> excluded) {}

    /**
     * How far a feed was known.
     *
     * @param completeTo latest business date of a complete load, like {@code 2016-01-12}; null if it was never loaded
     */
    public record FeedCoverage(String feed, @Nullable String completeTo) {}

    /** Rows left out by one rule or for one reason. */
    public record Excluded(String code, long rowCount) {}

    /**
     * One test of one model or feed.
     *
     * @param table model or feed that was tested
     * @param code name of the test
     * @param severity {@code stop} or {@code warning}
     * @param failedCount rows that failed; 0 for a test that passed
     * @param message what a failure means, with an example that holds nothing personal
     */
    public record QualityResult(String table, String code, String severity, long failedCount, String message) {}

    /** Wall time of one part of the work, in milliseconds. */
    public record Timing(String part, long millis) {}
}
