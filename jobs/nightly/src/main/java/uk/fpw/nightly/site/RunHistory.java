package uk.fpw.nightly.site;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;
import uk.fpw.layout.site.RunRecords;
import uk.fpw.nightly.measure.FailedChannel;
import uk.fpw.nightly.measure.LimitUses;
import uk.fpw.nightly.measure.Median;
import uk.fpw.nightly.measure.PhaseTimes;
import uk.fpw.warehouse.failure.ExitCode;
import uk.fpw.warehouse.store.ledger.RunLedger;
import uk.fpw.warehouse.store.ledger.RunPhases;
import uk.fpw.warehouse.store.ledger.feed.LoadStatus;
import uk.fpw.warehouse.store.lock.WarehouseLock;

/** What the page of runs shows: the same figures as {@code fpw status}, without messages of errors. */
record RunHistory(DataSource dataSource, Clock clock, ZoneId zone) {

    private static final int NIGHTS = 14;

    /** A scheduler may repeat a failing night every few minutes. */
    private static final int MOST = 40;

    private static final int FAILURES = 5;

    /** Enough for the usual times of the oldest night shown, among loads of single feeds. */
    private static final int READ = 200;

    private static final int USUAL_OF = 14;

    /** As recorded now. */
    RunRecords read(LimitUses limits) {
        boolean isRunning = isRunning();
        List<RunLedger.Run> all = new RunLedger(dataSource, clock).latest(READ);
        PhaseTimes times = PhaseTimes.read(dataSource, all);
        return new RunRecords(
                local(clock.instant()),
                zone.getId(),
                shown(all).stream()
                        .map(run -> run(run, times.of(run.runId()), isRunning))
                        .toList(),
                all.stream()
                        .filter(run -> run.releaseId() != null)
                        .findFirst()
                        .map(run -> times.slow(run.runId()).stream()
                                .map(one -> new RunRecords.Slow(one.phase(), one.seconds(), one.usual()))
                                .toList())
                        .orElse(List.of()),
                FailedChannel.read(dataSource, clock.instant()).stream()
                        .map(one -> new RunRecords.FailedNotices(
                                one.describe(RunRecords.MINUTE, zone), FailedChannel.REMEDY))
                        .toList(),
                feeds(isRunning),
                limits.uses().stream()
                        .map(use -> new RunRecords.Limit(
                                use.subject(), use.limit(), use.count(), use.allowed(), use.ratio()))
                        .sorted(Comparator.comparingDouble(RunRecords.Limit::ratio)
                                .reversed())
                        .toList(),
                limits.unavailable());
    }

    private boolean isRunning() {
        try (Connection connection = dataSource.getConnection()) {
            WarehouseLock.Holding held = WarehouseLock.holding(connection);
            return held != null && !held.hasEnded();
        } catch (SQLException unknown) {
            return false;
        }
    }

    /** The runs of the newest nights, then the latest failures before these. */
    static List<RunLedger.Run> shown(List<RunLedger.Run> newestFirst) {
        Set<LocalDate> nights = new HashSet<>();
        List<RunLedger.Run> shown = new ArrayList<>();
        int failures = 0;
        for (RunLedger.Run run : newestFirst) {
            boolean isNew = nights.size() < NIGHTS || nights.contains(run.businessDate());
            if (isNew && shown.size() < MOST) {
                nights.add(run.businessDate());
                shown.add(run);
            } else if (List.of("failed", "abandoned").contains(run.status()) && failures < FAILURES) {
                failures++;
                shown.add(run);
            }
        }
        return shown;
    }

    private RunRecords.Run run(RunLedger.Run run, List<RunPhases.Phase> phases, boolean isRunning) {
        Integer code = run.exitCode();
        String status = statusOf(run.status(), isRunning);
        ExitCode known = code == null ? null : ExitCode.of(code);
        boolean isKilled = List.of("terminated", "abandoned").contains(status);
        String remedy = isKilled
                ? ExitCode.STOPPED_BY_TERM.remedy()
                : known == null || known.remedy().isEmpty() ? null : known.remedy();
        return new RunRecords.Run(
                run.businessDate(),
                status,
                code,
                run.releaseId() == null ? null : run.releaseId().value(),
                local(run.startedAt()),
                run.startedAt() == null || run.finishedAt() == null
                        ? null
                        : Duration.between(run.startedAt(), run.finishedAt()).toMillis() / 1000.0,
                isKilled ? "its process was killed, or the machine went down" : LatestOperations.reason(code),
                remedy,
                phases.stream()
                        .map(phase -> new RunRecords.Phase(phase.phase(), phase.seconds()))
                        .toList());
    }

    /** What is recorded as running while nothing runs was terminated. */
    private static String statusOf(String recorded, boolean isRunning) {
        return recorded.equals("running") && !isRunning ? "terminated" : recorded;
    }

    private List<RunRecords.Feed> feeds(boolean isRunning) {
        LoadStatus loads = new LoadStatus(dataSource);
        Map<String, List<LoadStatus.LatestLoad>> earlier =
                loads.loaded(USUAL_OF + 1).stream().collect(Collectors.groupingBy(LoadStatus.LatestLoad::feed));
        return loads.latest().stream()
                .map(load -> feed(load, earlier.getOrDefault(load.feed(), List.of()), isRunning))
                .toList();
    }

    private RunRecords.Feed feed(LoadStatus.LatestLoad load, List<LoadStatus.LatestLoad> loaded, boolean isRunning) {
        List<RunRecords.Rows> before = loaded.stream()
                .filter(one -> !one.loadId().equals(load.loadId()))
                .limit(USUAL_OF)
                .map(RunHistory::rows)
                .toList();
        return new RunRecords.Feed(
                load.feed(),
                load.businessDate(),
                statusOf(load.status(), isRunning),
                local(load.finishedAt()),
                rows(load),
                new RunRecords.Rows(
                        usual(before, RunRecords.Rows::received),
                        usual(before, RunRecords.Rows::loaded),
                        usual(before, RunRecords.Rows::changed),
                        usual(before, RunRecords.Rows::deleted),
                        usual(before, RunRecords.Rows::refused),
                        usual(before, RunRecords.Rows::held)),
                before.size());
    }

    private static RunRecords.Rows rows(LoadStatus.LatestLoad load) {
        return new RunRecords.Rows(
                load.received(), load.loaded(), load.changed(), load.deleted(), load.refused(), load.held());
    }

    private static @Nullable Long usual(List<RunRecords.Rows> rows, Function<RunRecords.Rows, @Nullable Long> count) {
        List<Long> counts = rows.stream().map(count).filter(Objects::nonNull).toList();
        return counts.isEmpty() ? null : Math.round(Median.of(counts));
    }

    private @Nullable LocalDateTime local(@Nullable Instant time) {
        return time == null ? null : LocalDateTime.ofInstant(time, zone).withNano(0);
    }
}
