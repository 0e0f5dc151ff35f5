package uk.fpw.layout.site;

import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * What the latest runs did, for operators: without messages of errors, keys or values of rows.
 *
 * @param readAt when it was read; null if nothing is known. All times are in the force's zone
 * @param zone that zone, such as {@code Europe/London}
 * @param runs runs of the newest nights, newest first, then failures before these
 * @param slow phases of the newest night that took far longer than usual
 * @param failedNotices channels by which notices do not reach everybody
 * @param feeds the latest load of each feed
 * @param limits how near these loads and the current release came to their limits, nearest first
 * @param limitsUnavailable why some or all limits are unknown; null if those that are set are known
 */
public record RunRecords(
        @Nullable LocalDateTime readAt,
        String zone,
        List<Run> runs,
        List<Slow> slow,
        List<FailedNotices> failedNotices,
        List<Feed> feeds,
        List<Limit> limits,
        @Nullable String limitsUnavailable) {

    /** How the page writes times. */
    public static final DateTimeFormatter MINUTE = DateTimeFormatter.ofPattern("d MMM yyyy, HH:mm", Locale.UK);

    public static final RunRecords NONE =
            new RunRecords(null, "UTC", List.of(), List.of(), List.of(), List.of(), List.of(), null);

    public RunRecords {
        runs = List.copyOf(runs);
        slow = List.copyOf(slow);
        failedNotices = List.copyOf(failedNotices);
        feeds = List.copyOf(feeds);
        limits = List.copyOf(limits);
    }

    /**
     * One attempt.
     *
     * @param status such as {@code released}, {@code failed} or {@code terminated}
     * @param exitCode null while it runs, or if it was killed
     * @param releaseId its release or candidate; null for loads without one
     * @param seconds wall time; null as {@code exitCode}
     * @param reason why it did not end well, in plain words; null if it did
     * @param remedy what the operator does then; null if nothing
     * @param phases its phases so far, in order; empty if they are not recorded, or no longer
     */
    public record Run(
            LocalDate businessDate,
            String status,
            @Nullable Integer exitCode,
            @Nullable String releaseId,
            @Nullable LocalDateTime startedAt,
            @Nullable Double seconds,
            @Nullable String reason,
            @Nullable String remedy,
            List<Phase> phases) {
        public Run {
            phases = List.copyOf(phases);
        }
    }

    /**
     * A phase of a run.
     *
     * @param phase such as {@code load_feeds}
     * @param seconds wall time; null while it runs, or if it was killed
     */
    public record Phase(String phase, @Nullable Double seconds) {}

    /**
     * A phase that took far longer than usual.
     *
     * @param usual median of earlier nights
     */
    public record Slow(String phase, double seconds, double usual) {}

    /**
     * A channel by which notices do not reach everybody.
     *
     * @param what what failed, in a sentence without addresses
     * @param remedy what the operator does then
     */
    public record FailedNotices(String what, String remedy) {}

    /**
     * The latest load of a feed beside its earlier ones.
     *
     * @param status such as {@code loaded} or {@code failed}
     * @param finishedAt null while it runs, or if it was killed
     * @param usual medians of its earlier loads; all unknown without one
     * @param usualOf number of these
     */
    public record Feed(
            String feed,
            LocalDate businessDate,
            String status,
            @Nullable LocalDateTime finishedAt,
            Rows rows,
            Rows usual,
            int usualOf) {}

    /**
     * Rows of a load; a count that was not taken is null.
     *
     * @param loaded new or changed ones
     * @param changed of these, those that were current before
     */
    public record Rows(
            @Nullable Long received,
            @Nullable Long loaded,
            @Nullable Long changed,
            @Nullable Long deleted,
            @Nullable Long refused,
            @Nullable Long held) {

        public static final Rows UNKNOWN = new Rows(null, null, null, null, null, null);
    }

    /**
     * How near a load or release came to a limit.
     *
     * @param subject feed or queue
     * @param ratio 1 at the limit, more beyond it
     */
    public record Limit(String subject, String limit, long count, double allowed, double ratio) {}
}
