package uk.fpw.nightly.cli.status;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import uk.fpw.layout.ReleasedFeed;
import uk.fpw.nightly.measure.FailedChannel;
import uk.fpw.nightly.measure.PhaseTimes;
import uk.fpw.warehouse.message.MetricsResult.FeedAccount;
import uk.fpw.warehouse.store.ledger.Release;
import uk.fpw.warehouse.store.ledger.RunLedger;
import uk.fpw.warehouse.store.ledger.RunPhases;
import uk.fpw.warehouse.store.ledger.feed.LoadStatus;
import uk.fpw.warehouse.store.limit.LimitUse;

/** The state of a warehouse as metrics for Prometheus: numbers only, no names but those of feeds and queues. */
final class StatusMetrics {

    private final StatusReport report;
    private final PrometheusText text;

    StatusMetrics(StatusReport report) {
        this.report = report;
        this.text = new PrometheusText(report.force().code());
    }

    /** The text, see {@code docs/operator.md} for the metrics. */
    String text() {
        text.gauge("fpw_status_timestamp_seconds", "When this was read, in seconds since 1970.")
                .sample(report.readAt().getEpochSecond());
        release();
        run();
        loads();
        accounts();
        text.gauge("fpw_phase_seconds", "Wall time of each phase of the latest run that has ended.");
        for (RunPhases.Phase phase : report.measures().phases()) {
            text.sample(Map.of("phase", phase.phase()), phase.seconds());
        }
        text.gauge("fpw_slow_phase_usual_seconds", "Usual time of each phase of that run that took far longer.");
        for (PhaseTimes.Slow slow : report.measures().slow()) {
            text.sample(Map.of("phase", slow.phase()), slow.usual());
        }
        text.gauge("fpw_failed_notices", "Notices of a channel that did not reach everybody, since it last worked.");
        for (FailedChannel failed : report.failedChannels()) {
            text.sample(
                    Map.of("channel", failed.failures().channel()),
                    failed.failures().count());
        }
        text.gauge(
                "fpw_limit_ratio",
                "How near the latest load of a feed, or the current release of a queue, came to a limit: 1 at it.");
        for (LimitUse use : report.measures().limits().uses()) {
            text.sample(labels("subject", use.subject(), "limit", use.limit()), use.ratio());
        }
        if (report.deadline() != null) {
            text.gauge("fpw_deadline_missed", "1 if the deadline that was asked about was missed, otherwise 0.")
                    .sample(report.isMissed() ? 1 : 0);
        }
        return text.toString();
    }

    private void release() {
        Release release = report.release();
        text.gauge("fpw_release_age_seconds", "Time since the current release was created; absent if there is none.")
                .sample(release == null ? null : ageOf(release.releasedAt()));
        text.gauge("fpw_release_data_age_seconds", "Time since the end of the last day that the release counts.")
                .sample(release == null ? null : ageOf(release.businessDate()));
        text.gauge(
                "fpw_feed_data_age_seconds",
                "Time since the end of the last day up to which the current release knows a feed.");
        if (release != null) {
            for (ReleasedFeed feed : release.feeds()) {
                text.sample(Map.of("feed", feed.name()), ageOf(feed.completeTo()));
            }
        }
    }

    private void run() {
        text.gauge("fpw_run_in_progress", "1 while a run holds the lock of the warehouse, otherwise 0.")
                .sample(report.isRunning() ? 1 : 0);
        RunLedger.Run ended = report.runs().stream()
                .filter(run -> run.exitCode() != null && run.finishedAt() != null)
                .findFirst()
                .orElse(null);
        text.gauge("fpw_run_exit_code", "Exit code of the latest run that has ended.")
                .sample(ended == null ? null : ended.exitCode());
        text.gauge("fpw_run_age_seconds", "Time since that run ended.")
                .sample(ended == null || ended.finishedAt() == null ? null : ageOf(ended.finishedAt()));
        text.gauge("fpw_run_seconds", "Wall time of that run.")
                .sample(
                        ended == null || ended.startedAt() == null || ended.finishedAt() == null
                                ? null
                                : seconds(Duration.between(ended.startedAt(), ended.finishedAt())));
    }

    private void loads() {
        text.gauge("fpw_feed_load_age_seconds", "Time since the latest load of a feed ended.");
        for (LoadStatus.LatestLoad load : report.loads()) {
            Instant ended = load.finishedAt();
            text.sample(Map.of("feed", load.feed()), ended == null ? null : ageOf(ended));
        }
        text.gauge("fpw_feed_loaded", "1 if the latest load of a feed ended as loaded, otherwise 0.");
        for (LoadStatus.LatestLoad load : report.loads()) {
            text.sample(Map.of("feed", load.feed()), load.status().equals("loaded") ? 1 : 0);
        }
        text.gauge("fpw_feed_load_rows", "Rows of the latest load of a feed, by what became of them.");
        for (LoadStatus.LatestLoad load : report.loads()) {
            Map<String, @Nullable Long> rows = new LinkedHashMap<>();
            rows.put("received", load.received());
            rows.put("loaded", load.loaded());
            rows.put("unchanged", load.unchanged());
            rows.put("repeated", load.repeated());
            rows.put("superseded", load.superseded());
            rows.put("refused", load.refused());
            rows.put("kept_out", load.keptOut());
            rows.put("deleted", load.deleted());
            rows.put("held", load.held());
            rows.forEach((became, count) -> text.sample(labels("feed", load.feed(), "rows", became), count));
        }
    }

    private void accounts() {
        text.gauge("fpw_feed_rows", "Current rows of a feed in the latest computation, by what became of them.");
        List<FeedAccount> accounts =
                report.accounts().stream().map(account -> account.rows()).toList();
        for (FeedAccount rows : accounts) {
            text.sample(labels("feed", rows.feed(), "rows", "used"), rows.usedCount())
                    .sample(labels("feed", rows.feed(), "rows", "excluded"), rows.rowsExcluded())
                    .sample(labels("feed", rows.feed(), "rows", "ahead"), rows.aheadCount())
                    .sample(
                            labels("feed", rows.feed(), "rows", "out_of_scope"),
                            rows.outOfScope().rowCount());
        }
    }

    private static Map<String, String> labels(String first, String value, String second, String other) {
        Map<String, String> labels = new LinkedHashMap<>();
        labels.put(first, value);
        labels.put(second, other);
        return labels;
    }

    private double ageOf(LocalDate day) {
        return ageOf(day.plusDays(1).atStartOfDay(report.force().zone()).toInstant());
    }

    private double ageOf(Instant moment) {
        return seconds(Duration.between(moment, report.readAt()));
    }

    private static double seconds(Duration time) {
        return time.toMillis() / 1000.0;
    }
}
